import type { ChunkOrder, RaftInput, SnapshotId } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { AppliedState } from './applied-state.ts'
import { encodeRegisters, type Register } from './registers.ts'

export interface SnapshotSizes {
  readonly rowsPerChunk: number
  readonly snapshotAgeMax: number
}

type Found = Extract<RaftInput, { kind: 'chunk' }>['found']

/** What a leader sends to those who lack too much: one snapshot a peer, as the state was when its transfer began. */
export class Snapshots {
  readonly #sizes: SnapshotSizes
  readonly #underway = new Map<NodeId, { readonly snapshot: SnapshotId; readonly rows: readonly Register[] }>()

  constructor(sizes: SnapshotSizes) {
    this.#sizes = sizes
  }

  /** null: not to be had any more. */
  chunk({ to, transfer, number }: ChunkOrder, state: AppliedState): Found {
    const { snapshotAgeMax } = this.#sizes
    // Not the same for all transfers, so that one may have fewer chunks than the one before it.
    const rowsPerChunk = this.#sizes.rowsPerChunk + (transfer % 3)
    if (number === 0 && this.#underway.get(to)?.snapshot.transfer !== transfer)
      this.#underway.set(to, { snapshot: { ...state.base, transfer }, rows: state.registers.rows })
    const underway = this.#underway.get(to)
    if (underway === undefined || underway.snapshot.transfer !== transfer) return null
    const { snapshot, rows } = underway
    if (state.index - snapshot.end.index > snapshotAgeMax) {
      this.#underway.delete(to)
      return null
    }
    const from = number * rowsPerChunk
    const bytes = encodeRegisters(rows.slice(from, from + rowsPerChunk))
    return { snapshot, chunk: { number, isLast: from + rowsPerChunk >= rows.length, bytes } }
  }
}
