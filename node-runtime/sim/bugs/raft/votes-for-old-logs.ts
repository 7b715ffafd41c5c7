import { RaftLog } from '#cores/raft/log'
import { leaderCompleteness } from '../../properties/raft/leader-completeness.ts'
import type { RaftBug } from './raft-bug.ts'
import { method } from './replaced.ts'

/** Asks no candidate how far its log goes. */
export const votesForOldLogs: RaftBug = {
  name: 'votes-for-old-logs',
  property: leaderCompleteness.name,
  rules: [method(RaftLog, 'isNewerThan', () => () => false)],
}
