import { Replication } from '#cores/raft/replication'
import { readsAreFresh } from '../../properties/raft/reads-are-fresh.ts'
import type { RaftBug } from './raft-bug.ts'
import { getter } from './replaced.ts'

/** A new leader takes for committed what it has heard of, and reads from there. */
export const readsBeforeOwnCommit: RaftBug = {
  name: 'reads-before-own-commit',
  property: readsAreFresh.name,
  rules: [getter(Replication, 'hasCommittedInTerm', () => true)],
}
