import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** In one life of a disk. Who begins anew is somebody else. */
export const termsNeverGoBack: Always<RaftWords> = {
  name: 'terms never go back',
  start() {
    const termOf = new Map<string, { incarnation: number; term: number }>()
    return (moment) => {
      const ledger = ledgerOf(moment)
      for (const { id, incarnation, term } of ledger.newViews) {
        const before = termOf.get(id)
        if (before === undefined || before.incarnation !== incarnation) termOf.set(id, { incarnation, term })
        else if (term < before.term && !ledger.hasForgotten(id)) return `${id} went from term ${before.term} to ${term}`
        else before.term = term
      }
      return null
    }
  },
}
