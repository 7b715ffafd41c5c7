import type { Always } from '../../subject.ts'
import type { EveryoneWords } from '../../subjects/everyone/words.ts'

/** What a server takes stands behind all that it took before, whichever life it lives, as long as it has its disk. */
export const clocksRise: Always<EveryoneWords> = {
  name: 'clocks of a server rise',
  start() {
    const last = new Map<string, number>()
    return ({ notes }) => {
      for (const { node, note } of notes) {
        if (note.kind === 'disk-lost') last.delete(node)
        if (note.kind !== 'answered' || !note.isFirst) continue
        // Answers to new names wait: they come after those of what was taken later.
        if (note.operation.kind === 'channel' || note.operation.kind === 'login') continue
        const before = last.get(node) ?? 0
        const { clock } = note.operation
        if (clock <= before) return `${node} gave the clock ${clock} after ${before}.`
        last.set(node, clock)
      }
      return null
    }
  },
}
