import type { NodeId } from '#kit/ids'
import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/**
 * What an earlier term left behind may still be overwritten though a majority has it (figure 8 of the paper). It takes
 * three reigns, each cut short in the right moment, to lose something by that, so the rule itself is asked for.
 */
export const ownTermsCommit: Always<RaftWords> = {
  name: 'a leader commits what ends in its own term',
  start() {
    const before = new Map<NodeId, { readonly term: number; readonly commitIndex: number }>()
    return (moment) => {
      const ledger = ledgerOf(moment)
      for (const { id, role, term, commitIndex } of ledger.newViews) {
        const known = before.get(id)
        if (role !== 'leader') {
          if (known !== undefined) before.delete(id)
          continue
        }
        if (known?.commitIndex === commitIndex && known.term === term) continue
        before.set(id, { term, commitIndex })
        // What it took for committed when it was elected, it had been told.
        if (known?.term !== term) continue
        const endTerm = ledger.log(id)?.termAt(commitIndex) ?? term
        if (endTerm !== term)
          return `${id} leads term ${term} and commits up to entry ${commitIndex} of term ${endTerm}`
      }
      return null
    }
  },
}
