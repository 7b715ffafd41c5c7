import { RaftLog } from '#cores/raft/log'
import { Replication } from '#cores/raft/replication'
import { ownTermsCommit } from '../../properties/raft/own-terms-commit.ts'
import type { RaftBug } from './raft-bug.ts'
import { method } from './replaced.ts'

let isCommitting = false

/** What a majority has is committed, whoever proposed it: figure 8 of the paper. */
export const commitsOldTerms: RaftBug = {
  name: 'commits-old-terms',
  property: ownTermsCommit.name,
  rules: [
    method(
      Replication,
      'advanceCommit',
      (right) =>
        function (this: Replication) {
          isCommitting = true
          right.call(this)
          isCommitting = false
        },
    ),
    // While it commits, every entry is of the leader's own term, as the last one is.
    method(
      RaftLog,
      'termAt',
      (right) =>
        function (this: RaftLog, index) {
          return isCommitting ? this.last.term : right.call(this, index)
        },
    ),
  ],
}
