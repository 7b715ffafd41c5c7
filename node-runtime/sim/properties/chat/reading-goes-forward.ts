import type { Always } from '../../subject.ts'
import type { ChatWords } from '../../subjects/chat/words.ts'

/** How far somebody has read never goes back along the log, at no server, and never past what there is. */
export const readingGoesForward: Always<ChatWords> = {
  name: 'read positions never go back',
  start() {
    /** By user: how far it was at which entry, as seen anywhere. */
    const furthest = new Map<string, { readonly index: number; readonly number: number }>()
    return ({ notes }) => {
      for (const { node, note } of notes) {
        if (note.kind !== 'holds') continue
        for (const { user, readNumber } of note.marks) {
          const known = furthest.get(user) ?? { index: 0, number: 0 }
          const { appliedIndex: index } = note
          if (index >= known.index && readNumber < known.number) {
            return `${node}: ${user} had read up to ${known.number}, and later up to ${readNumber}`
          }
          if (index >= known.index) furthest.set(user, { index, number: readNumber })
        }
      }
      return null
    }
  },
}
