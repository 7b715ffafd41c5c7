import { committedByAMajority } from '../../properties/raft/committed-by-a-majority.ts'
import type { RaftBug } from './raft-bug.ts'

/** Where the leader's own word makes a majority it is given before anything is on the disk. */
export const keepsAfterAnswering: RaftBug = {
  name: 'keeps-after-answering',
  property: committedByAMajority.name,
  parts: { order: ['apply', 'answer', 'keep', 'note', 'send'] },
}
