import { RaftLog } from '#cores/raft/log'
import { logMatching } from '../../properties/raft/log-matching.ts'
import type { RaftBug } from './raft-bug.ts'
import { method } from './replaced.ts'

/** Does not look at what stands before an append, as long as something does. */
export const appendsBlindly: RaftBug = {
  name: 'appends-blindly',
  property: logMatching.name,
  rules: [
    method(
      RaftLog,
      'has',
      () =>
        function (this: RaftLog, { index }) {
          return index <= this.last.index
        },
    ),
  ],
}
