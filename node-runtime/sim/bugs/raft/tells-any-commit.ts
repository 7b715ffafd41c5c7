import { appliedEntriesAgree } from '../../properties/raft/applied-entries-agree.ts'
import { saying, spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Tells everybody what is committed, whether or not they have what it speaks of. */
export const tellsAnyCommit: RaftBug = {
  name: 'tells-any-commit',
  property: appliedEntriesAgree.name,
  parts: spoilt(({ core }) => ({
    output: (output) => saying('heartbeat', (beat) => ({ ...beat, commit: core.view.commitIndex }))(output),
  })),
}
