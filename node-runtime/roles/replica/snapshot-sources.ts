import type { Chunk, ChunkOrder, SnapshotId } from '#cores/raft/messages'
import type { NodeId } from '#kit/ids'
import type { Store, StoreTx } from '#ports/store'
import { stateSpace } from './generations.ts'
import { SnapshotSource } from './snapshot-source.ts'
import type { StateCache } from './state-cache.ts'

/** A peer that orders nothing for so long is not sent to any more. */
export const sourceIdleTicksMax = 400

interface Served {
  readonly source: SnapshotSource
  idleTicks: number
}

/** Snapshots that are being read for peers, one for each. */
export class SnapshotSources {
  readonly #store: Store
  readonly #served = new Map<NodeId, Served>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Peers will need everything after this once they have their snapshots; null: none is on its way. */
  get oldestIndex(): number | null {
    let oldest: number | null = null
    for (const { source } of this.#served.values()) {
      const { index } = source.snapshot.end
      oldest = Math.min(oldest ?? index, index)
    }
    return oldest
  }

  tick(): void {
    for (const [peer, served] of this.#served) {
      served.idleTicks += 1
      if (served.idleTicks > sourceIdleTicksMax) this.#served.delete(peer)
    }
  }

  /** null: that snapshot is not to be had any more. */
  chunk(
    { to, transfer, number }: ChunkOrder,
    state: StateCache,
  ): { readonly snapshot: SnapshotId; readonly chunk: Chunk } | null {
    const known = this.#served.get(to)
    if (known?.source.snapshot.transfer !== transfer) {
      if (number !== 0) return null
      const source = new SnapshotSource(this.#store, state, { ...state.durable, transfer })
      this.#served.set(to, { source, idleTicks: 0 })
    }
    const served = this.#served.get(to)
    const chunk = served?.source.chunk(number) ?? null
    if (served === undefined || chunk === null) return null
    served.idleTicks = 0
    return { snapshot: served.source.snapshot, chunk }
  }

  /** A row is about to change on the disk. Who has not sent it yet gets it as it was. */
  beforeFlush(tx: StoreTx, state: StateCache, row: { readonly space: string; readonly key: string }): void {
    const { space, key } = row
    for (const [peer, { source }] of this.#served) {
      if (!source.needs(space, key)) continue
      source.keep(space, key, tx.get(stateSpace(state.generation, space), key))
      if (source.isTooHeavy) this.#served.delete(peer)
    }
  }

  giveUp(): void {
    this.#served.clear()
  }
}
