import type { SnapshotId } from '#cores/raft/messages'
import { stateIsWhatWasApplied } from '../../properties/raft/state-is-what-was-applied.ts'
import { hearing, spoilt } from './core-with-bug.ts'
import type { RaftBug } from './raft-bug.ts'

/** A chunk is a chunk: it does not look at which snapshot it belongs to. */
export const mixesTransfers: RaftBug = {
  name: 'mixes-transfers',
  property: stateIsWhatWasApplied.name,
  parts: spoilt(({ restored }) => {
    let underway: SnapshotId | null = restored.incoming?.snapshot ?? null
    return {
      input: hearing('snapshot-chunk', (chunk) => {
        if (chunk.number === 0 || underway === null) underway = chunk.snapshot
        return { ...chunk, snapshot: underway }
      }),
    }
  }),
}
