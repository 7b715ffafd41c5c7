import { MemberLog } from '#cores/raft/member-log'
import { oneChangeAtATime } from '../../properties/raft/one-change-at-a-time.ts'
import type { RaftBug } from './raft-bug.ts'
import { getter } from './replaced.ts'

/** Takes every change for committed as soon as it is made. */
export const twoChangesAtOnce: RaftBug = {
  name: 'two-changes-at-once',
  property: oneChangeAtATime.name,
  rules: [getter(MemberLog, 'index', () => 0)],
}
