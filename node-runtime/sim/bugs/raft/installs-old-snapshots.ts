import { appliedInOrder } from '../../properties/raft/applied-in-order.ts'
import { messagesIn, spoilt } from './core-with-bug.ts'
import { nothingKept, type RaftBug } from './raft-bug.ts'

/** Puts a late snapshot in the place of what it has, however far that goes. */
export const installsOldSnapshots: RaftBug = {
  name: 'installs-old-snapshots',
  property: appliedInOrder.name,
  parts: spoilt(({ core }) => ({
    output(output, inputs) {
      const { base, commitIndex } = core.view
      const late = messagesIn(inputs, 'snapshot-chunk').find(({ message }) => {
        const { end } = message.snapshot
        return message.number === 0 && message.isLast && end.index <= commitIndex && end.index >= base.index
      })
      if (late === undefined || output.persist !== null) return output
      const { snapshot, number, isLast, bytes } = late.message
      return { ...output, persist: { ...nothingKept, chunks: [{ snapshot, chunk: { number, isLast, bytes } }] } }
    },
  })),
}
