import { agreement } from '../../properties/raft/agreement.ts'
import { spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** Drops what leaders of older terms say as so much weather. A node that is ahead of its group never gets back in. */
export const leavesOldLeadersUntold: RaftBug = {
  name: 'leaves-old-leaders-untold',
  property: agreement.name,
  parts: spoilt(() => ({
    input: (input, { term }) => {
      if (input.kind !== 'message' || input.message.term >= term) return input
      const { kind } = input.message
      return kind === 'heartbeat' || kind === 'append' || kind === 'commit' || kind === 'snapshot-chunk' ? null : input
    },
  })),
}
