import type { Always } from '../../subject.ts'
import type { ChatWords } from '../../subjects/chat/words.ts'

/** Numbers of a feed follow one another, and positions of all feeds together, at each server and at each moment. */
export const feedsHaveNoGaps: Always<ChatWords> = {
  name: 'feeds have no gaps',
  start() {
    const lastOf = new Map<string, number>()
    const positionOf = new Map<string, number>()
    return ({ notes }) => {
      for (const { node, note } of notes) {
        if (note.kind !== 'holds') continue
        if (note.isAnew) forget(node, lastOf)
        for (const { feed, number } of note.events) {
          const last = lastOf.get(`${node} ${feed}`) ?? 0
          if (number !== last + 1) return `${node} has event ${number} of ${feed} after ${last}`
          lastOf.set(`${node} ${feed}`, number)
        }
        const before = note.isAnew ? 0 : (positionOf.get(node) ?? 0)
        const positions = note.events.map(({ position }) => position).sort((one, other) => one - other)
        const wrong = positions.findIndex((position, at) => position !== before + at + 1)
        if (wrong >= 0) return `${node} has position ${positions[wrong]} where ${before + wrong + 1} is due`
        positionOf.set(node, before + positions.length)
        if (note.position !== before + positions.length) return `${node} counts ${note.position} events and has others`
      }
      return null
    }
  },
}

function forget(node: string, lastOf: Map<string, number>): void {
  for (const key of lastOf.keys()) if (key.startsWith(`${node} `)) lastOf.delete(key)
}
