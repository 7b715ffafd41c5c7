import { MemberLog } from '#cores/raft/member-log'
import { votersOf } from '#cores/raft/membership'
import { committedByAMajority } from '../../properties/raft/committed-by-a-majority.ts'
import type { RaftBug } from './raft-bug.ts'
import { getter } from './replaced.ts'

/** Whoever belongs to the group has a say. */
export const countsLearners: RaftBug = {
  name: 'counts-learners',
  property: committedByAMajority.name,
  rules: [getter(MemberLog, 'voters', (log) => (votersOf(log.current).length > 0 ? log.current : []))],
}
