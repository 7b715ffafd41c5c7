import { Ballot } from '#cores/raft/quorum'
import { oneLeaderPerTerm } from '../../properties/raft/one-leader-per-term.ts'
import type { RaftBug } from './raft-bug.ts'
import { method } from './replaced.ts'

/** One vote fewer than a majority is enough for it: two of three refusals are needed to lose, one vote wins. */
export const majorityOffByOne: RaftBug = {
  name: 'majority-off-by-one',
  property: oneLeaderPerTerm.name,
  rules: [
    method(
      Ballot,
      'count',
      (count) =>
        (...vote) =>
          vote[1] ? 'won' : count(...vote),
    ),
  ],
}
