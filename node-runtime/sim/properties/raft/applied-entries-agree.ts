import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { isSameEntry, ledgerOf } from './knowledge/ledger.ts'

export const appliedEntriesAgree: Always<RaftWords> = {
  name: 'applied entries agree at each index',
  start() {
    return (moment) => {
      const ledger = ledgerOf(moment)
      for (const { node, note } of moment.notes) {
        if (note.kind !== 'applied') continue
        for (const entry of note.entries) {
          const first = ledger.committed(entry.index)
          if (first !== undefined && !isSameEntry(first, entry))
            return `${node} applies entry ${entry.index} of term ${entry.term}, and another one of term ${first.term} was applied`
        }
      }
      return null
    }
  },
}
