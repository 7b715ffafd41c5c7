import type { Chunk, SnapshotId } from '#cores/raft/messages'
import { assert } from '#kit/assert'
import type { Store, StoreRow } from '#ports/store'
import { type Generation, stateSpace } from './generations.ts'
import { byKey, merged } from './merged-rows.ts'
import { type RowValue, rowsOf, weightOf } from './recent-rows.ts'
import { type ChunkRow, encodeChunk } from './snapshot-chunk.ts'

export const snapshotLimits = {
  /** A chunk ends with the row that reaches this. */
  chunkBytesMax: 256 * 1024,
  /** Rows that changed before they were sent are kept as they were, up to this; over it the snapshot is given up. */
  imageBytesMax: 16 * 1024 * 1024,
  rowsPerReadMax: 512,
} as const

/**
 * The state after one entry, read from the disk piece by piece while it goes on changing there.
 *
 * 1. Rows up to the place that was read have been sent; what happens to them no longer matters.
 * 2. Of every row behind it that a flush has touched since the beginning, `images` holds what it was then.
 */
export class SnapshotSource {
  readonly snapshot: SnapshotId
  readonly #store: Store
  readonly #generation: Generation
  readonly #spaces: readonly string[]
  readonly #images = new Map<string, Map<string, RowValue>>()
  #imageBytes = 0
  /** The space that is read now, by its place in the list, and the lowest key in it that was not read. */
  #space = 0
  #from = ''
  #last: Chunk | null = null
  /** About what a row weighs, so that no more is read than a chunk needs. */
  #rowBytes = 16 * 1024

  constructor(
    store: Store,
    state: { readonly generation: Generation; readonly spaces: readonly string[] },
    snapshot: SnapshotId,
  ) {
    this.snapshot = snapshot
    this.#store = store
    this.#generation = state.generation
    this.#spaces = state.spaces
  }

  get isTooHeavy(): boolean {
    return this.#imageBytes > snapshotLimits.imageBytesMax
  }

  /** The one after the last or the last again; null: any other. */
  chunk(number: number): Chunk | null {
    if (this.#last?.number === number) return this.#last
    if (number !== (this.#last?.number ?? -1) + 1 || this.#last?.isLast === true) return null
    const bytes = encodeChunk(this.#readRows())
    this.#forgetSent()
    this.#last = { number, isLast: this.#space === this.#spaces.length, bytes }
    return this.#last
  }

  /** True: this row is still to be sent, and must be kept as it is before it changes. */
  needs(space: string, key: string): boolean {
    return !this.#isSent(space, key) && this.#images.get(space)?.has(key) !== true
  }

  keep(space: string, key: string, value: RowValue): void {
    assert(this.needs(space, key), `${key} of ${space} is kept once`)
    rowsOf(this.#images, space).set(key, value)
    this.#imageBytes += weightOf(key, value)
  }

  #readRows(): readonly ChunkRow[] {
    const rows: ChunkRow[] = []
    let bytes = 0
    for (let space = this.#spaces[this.#space]; space !== undefined; space = this.#spaces[this.#space]) {
      bytes = this.#readSpace(space, rows, bytes)
      if (bytes >= snapshotLimits.chunkBytesMax) return rows
      this.#space += 1
      this.#from = ''
    }
    return rows
  }

  /** Adds rows of one space until the chunk is full or the space has no more. Gives back what the chunk weighs now. */
  #readSpace(space: string, rows: ChunkRow[], bytesBefore: number): number {
    let bytes = bytesBefore
    for (;;) {
      const limit = Math.min(
        snapshotLimits.rowsPerReadMax,
        Math.ceil((snapshotLimits.chunkBytesMax - bytes) / this.#rowBytes),
      )
      const kept = this.#store.view().scan(stateSpace(this.#generation, space), { from: this.#from, limit })
      const last = kept.length < limit ? null : (kept.at(-1)?.key ?? null)
      for (const { key, value } of this.#asTheyWere(space, kept, last)) {
        rows.push({ space, key, value })
        bytes += weightOf(key, value)
        this.#from = after(key)
        if (bytes >= snapshotLimits.chunkBytesMax) break
      }
      if (rows.length > 0) this.#rowBytes = Math.ceil(bytes / rows.length)
      if (last === null || bytes >= snapshotLimits.chunkBytesMax) return bytes
      this.#from = after(last)
    }
  }

  /** Rows up to the last one that was read; null: to the end of the space. */
  #asTheyWere(space: string, kept: readonly StoreRow[], last: string | null): readonly StoreRow[] {
    const images = [...(this.#images.get(space) ?? [])]
    const inRange = images.filter(([key]) => key >= this.#from && (last === null || key <= last))
    return merged(kept, inRange.sort(byKey), Number.POSITIVE_INFINITY)
  }

  /** What was sent need not be kept. */
  #forgetSent(): void {
    for (const [space, images] of this.#images) {
      for (const [key, value] of images) {
        if (this.#isSent(space, key)) {
          images.delete(key)
          this.#imageBytes -= weightOf(key, value)
        }
      }
    }
  }

  #isSent(space: string, key: string): boolean {
    const place = this.#spaces.indexOf(space)
    return place < this.#space || (place === this.#space && key < this.#from)
  }
}

/** The lowest key above this one. */
function after(key: string): string {
  return `${key}\0`
}
