import type { ChunkOrder } from '#cores/raft/messages'
import { sameState } from '../../properties/raft/same-state.ts'
import { spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** A chunk that was lost is not sent again, and its transfer waits for ever. */
export const sendsChunksOnce: RaftBug = {
  name: 'sends-chunks-once',
  property: sameState.name,
  parts: spoilt(() => {
    const ordered = new Set<string>()
    const isNew = ({ to, transfer, number }: ChunkOrder): boolean => {
      const order = `${to} ${transfer} ${number}`
      if (ordered.has(order)) return false
      ordered.add(order)
      return true
    }
    return { output: (output) => ({ ...output, chunksWanted: output.chunksWanted.filter(isNew) }) }
  }),
}
