import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { nobodyComplains } from '../any/nobody-complains.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** Who has forgotten what it said may wonder at the answers. */
export const noComplaints: Always<RaftWords> = {
  name: nobodyComplains.name,
  start() {
    const check = nobodyComplains.start()
    return (moment) => {
      const ledger = ledgerOf(moment)
      return moment.anomalies.some(({ node }) => ledger.mayForget(node)) ? null : check(moment)
    }
  },
}
