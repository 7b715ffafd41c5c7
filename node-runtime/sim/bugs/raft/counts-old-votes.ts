import { leadersHaveAMajority } from '../../properties/raft/leaders-have-a-majority.ts'
import { hearing, spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Takes a vote of an earlier term for one of the present term. */
export const countsOldVotes: RaftBug = {
  name: 'counts-old-votes',
  property: leadersHaveAMajority.name,
  parts: spoilt(() => ({
    input: hearing('vote', (vote, { term }) => (vote.term < term ? { ...vote, term } : vote)),
  })),
}
