import { oneVotePerTerm } from '../../properties/election/one-vote-per-term.ts'
import type { ElectionBug } from './election-bug.ts'

export const forgetsVote: ElectionBug = {
  name: 'forgets-vote',
  property: oneVotePerTerm.name,
  parts: { restore: (hard) => hard && { ...hard, votedFor: null } },
}
