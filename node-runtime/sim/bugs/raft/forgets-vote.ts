import { oneVotePerTerm } from '../../properties/raft/one-vote-per-term.ts'
import type { RaftBug } from './raft-bug.ts'

export const forgetsVote: RaftBug = {
  name: 'forgets-vote',
  property: oneVotePerTerm.name,
  parts: {
    restore: (found) => {
      const { restored } = found
      return { ...found, restored: { ...restored, hard: { ...restored.hard, votedFor: null } } }
    },
  },
}
