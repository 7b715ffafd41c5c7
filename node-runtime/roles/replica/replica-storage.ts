import type { Entry } from '#cores/raft/entry'
import type { Chunk, ChunkOrder, Persist, ReadLog, Restored, SnapshotId } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { StateMachine } from '#kit/state-machine'
import type { Store, StoreTx } from '#ports/store'
import type { AppliedOutcome } from './sessions.ts'

/** How a node begins whose disk has nothing of the group's yet. */
export interface Founding {
  readonly self: NodeId
  /** 1: as one of the founders, if it is named there. Any other: it asks to be taken in. */
  readonly incarnation: number
  readonly founders: readonly NodeId[]
}

/**
 * Everything a replica keeps: promises, log, state and sessions, on one store. Whatever a transaction threw in which
 * `perform` took part, this object is dead afterwards, and another one is opened from what is on the disk.
 */
export class ReplicaStorage {
  /** Throws StoreFailure: what is on the disk cannot be the node's own, or could not be founded. */
  static open(_store: Store, _machine: StateMachine, _founding: Founding): ReplicaStorage {
    throw new Error('not yet')
  }

  /** As it stands on the disk, which may be another than in the founding. */
  get incarnation(): number {
    throw new Error('not yet')
  }

  /** For the core, once: it is large, and nobody else should hold on to it. */
  takeRestored(): Restored {
    throw new Error('not yet')
  }

  readonly readLog: ReadLog = () => []

  get appliedIndex(): number {
    return 0
  }

  /** The state on disk is the one after this entry. */
  get durableIndex(): number {
    return 0
  }

  /** A `perform` should come soon, even with nothing to persist. */
  get isWorkDue(): boolean {
    return false
  }

  /** What the core should be told to compact to now; null: nothing. */
  get compactTo(): number | null {
    return null
  }

  /** When the longest idle session was last heard of, by entry time; null: there is none. An `expire` is worth it then. */
  get longestIdleAtMs(): number | null {
    return null
  }

  tick(): void {}

  /** Everything that is to be written now, in the caller's transaction. */
  perform(_tx: StoreTx, _persist: Persist | null): void {}

  /** The transaction of `perform` has returned. */
  performed(): void {}

  /** The next entry, in order. */
  apply(_entry: Entry): AppliedOutcome {
    throw new Error('not yet')
  }

  query(_bytes: Uint8Array): Uint8Array {
    throw new Error('not yet')
  }

  /** Outside of transactions. null: that snapshot is not to be had any more. */
  chunk(_order: ChunkOrder): { readonly snapshot: SnapshotId; readonly chunk: Chunk } | null {
    return null
  }
}

/** Asked of a chunk from a peer before the core hears of it: `perform` takes it for granted. */
export function isSoundChunk(_bytes: Uint8Array): boolean {
  return false
}
