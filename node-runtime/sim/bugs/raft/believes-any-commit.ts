import { Intake } from '#cores/raft/intake'
import { RaftLog } from '#cores/raft/log'
import { appliedEntriesAgree } from '../../properties/raft/applied-entries-agree.ts'
import { saying, spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'
import { method } from './replaced.ts'

let believed: number | null = null

/** A leader tells everybody what is committed, and they believe it of whatever stands in their own logs. */
export const believesAnyCommit: RaftBug = {
  name: 'believes-any-commit',
  property: appliedEntriesAgree.name,
  parts: spoilt(({ core }) => ({
    output: (output) => saying('heartbeat', (beat) => ({ ...beat, commit: core.view.commitIndex }))(output),
  })),
  rules: [
    method(
      Intake,
      'commitTo',
      (right) =>
        function (this: Intake, commit, term) {
          believed = term
          right.call(this, commit, term)
          believed = null
        },
    ),
    method(
      RaftLog,
      'termAt',
      (right) =>
        function (this: RaftLog, index) {
          return believed !== null && index <= this.last.index ? believed : right.call(this, index)
        },
    ),
  ],
}
