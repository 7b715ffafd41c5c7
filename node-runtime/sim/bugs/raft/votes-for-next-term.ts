import { noComplaints } from '../../properties/raft/no-complaints.ts'
import { saying, spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Puts a term on its votes for which nobody has asked. */
export const votesForNextTerm: RaftBug = {
  name: 'votes-for-next-term',
  property: noComplaints.name,
  parts: spoilt(() => ({ output: saying('vote', (vote) => ({ ...vote, term: vote.term + 1 })) })),
}
