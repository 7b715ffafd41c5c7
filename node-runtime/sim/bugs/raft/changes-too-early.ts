import { Replication } from '#cores/raft/replication'
import { oneChangeAtATime } from '../../properties/raft/one-change-at-a-time.ts'
import type { RaftBug } from './raft-bug.ts'
import { getter } from './replaced.ts'

/** A leader changes the members before anything of its own term is committed: the bug of 2015. */
export const changesTooEarly: RaftBug = {
  name: 'changes-too-early',
  property: oneChangeAtATime.name,
  rules: [getter(Replication, 'hasCommittedInTerm', () => true)],
}
