import { historiesAreLinearizable } from '../../properties/raft/histories-are-linearizable.ts'
import { Registers } from '../../subjects/raft/registers.ts'
import type { RaftBug } from './raft-bug.ts'
import { method } from './replaced.ts'

/** The index is right and the value is not: what was written once only is not seen. */
export const overlooksFirstWrites: RaftBug = {
  name: 'overlooks-first-writes',
  property: historiesAreLinearizable.name,
  rules: [
    method(
      Registers,
      'get',
      (right) =>
        function (this: Registers, key) {
          const row = right.call(this, key)
          return row.count === 1 ? { ...row, last: 0 } : row
        },
    ),
  ],
}
