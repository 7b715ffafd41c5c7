import { type Membership, votersOf } from '#cores/raft/membership'
import type { LogEnd } from '#cores/raft/messages'
import { majorityOf } from '#cores/raft/quorum'
import type { Always } from '../../subject.ts'
import type { RaftWords } from '../../subjects/raft/words.ts'
import { type Ledger, ledgerOf } from './knowledge/ledger.ts'

/** What a leader takes for committed is on the disks of a majority of the voters, each in the life that is a member. */
export const committedByAMajority: Always<RaftWords> = {
  name: 'what is committed is on the disks of a majority',
  start: () => (moment) => {
    const ledger = ledgerOf(moment)
    for (const { node, note, inForce } of ledger.decisions) {
      if (note.kind !== 'applied') continue
      const { end } = note.state
      if (inForce.some((membership) => isOnAMajority(ledger, membership, end))) continue
      return `${node} takes entry ${end.index} of term ${end.term} for committed, and no majority has it`
    }
    return null
  },
}

function isOnAMajority(ledger: Ledger, membership: Membership, end: LogEnd): boolean {
  const voters = votersOf(membership)
  const count = voters.filter((voter) => ledger.hasHeld(voter, end)).length
  return count >= majorityOf(voters.length)
}
