import { votersOf } from '#cores/raft/membership'
import { majorityOf } from '#cores/raft/quorum'
import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** At no moment can a majority be found among the voters whose disks lack something that is committed. */
export const committedOutlives: Always<RaftWords> = {
  name: 'what is committed cannot be outvoted',
  start() {
    return (moment) => {
      const ledger = ledgerOf(moment)
      const last = ledger.committed(ledger.committedIndex)
      if (last === undefined) return null
      const voters = votersOf(ledger.members.membership)
      let lacking = 0
      for (const { node, incarnation } of voters) {
        // Who has forgotten it without knowing so is found out before it matters, or nothing is promised any more.
        const log = ledger.log(node)
        if (log?.incarnation === incarnation && !log.holds(last) && !ledger.hasForgotten(node)) lacking += 1
      }
      return lacking < majorityOf(voters.length)
        ? null
        : `${lacking} of ${voters.length} voters lack entry ${last.index}`
    }
  },
}
