import { oneVotePerTerm } from '../../properties/raft/one-vote-per-term.ts'
import type { RaftBug } from './raft-bug.ts'

export const keepsAfterSending: RaftBug = {
  name: 'keeps-after-sending',
  property: oneVotePerTerm.name,
  parts: { order: ['send', 'keep', 'note', 'apply', 'answer'] },
}
