import type { Always } from '../../subject.ts'
import { decodeWrite } from '../../subjects/raft/registers.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** A command is committed once or never; one that was refused never; one that was acknowledged where it was said. */
export const oneFateEach: Always<RaftWords> = {
  name: 'a command has one fate, and it is the one that was told',
  start() {
    const indexOf = new Map<number, number>()
    const refused = new Set<number>()
    return (moment) => {
      const ledger = ledgerOf(moment)
      for (const { index, kind, payload } of ledger.fresh) {
        if (kind !== 'command') continue
        const { op } = decodeWrite(payload)
        const earlier = indexOf.get(op)
        if (earlier !== undefined) return `command ${op} is committed as entry ${earlier} and as entry ${index}`
        if (refused.has(op)) return `command ${op} was refused and is committed as entry ${index}`
        indexOf.set(op, index)
      }
      for (const { node, note } of moment.notes) {
        if (note.kind === 'refused') {
          if (indexOf.has(note.op)) return `${node} refuses command ${note.op}, which is committed`
          refused.add(note.op)
        } else if (note.kind === 'acknowledged' && indexOf.get(note.op) !== note.end.index)
          return `${node} says that command ${note.op} is entry ${note.end.index}, and it is not`
      }
      return null
    }
  },
}
