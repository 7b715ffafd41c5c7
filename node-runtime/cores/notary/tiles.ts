import type { Sha256 } from '#kit/sha256'
import type { StateTx, StateView } from '#kit/state-machine'
import type { Peaks } from './peaks.ts'
import { emptyRoot, hashBytes, nodeHash } from './receipt/merkle.ts'
import { hashAt, perTile, rowKey, spaces } from './rows.ts'
import { TailRow } from './tail-row.ts'
import { type FullTile, TileNodes, tileHeight } from './tile-nodes.ts'

export function tileKey(level: number): (tile: number) => string {
  return (tile) => `${level}/${rowKey(tile)}`
}

/** The tree as it grows: leaves into tiles, and the root of each full tile into the tile above. */
export class GrowingTree {
  readonly #state: StateTx
  readonly #peaks: Peaks
  /** One a level, from the leaves up. */
  readonly #tails: TailRow[] = []

  constructor(state: StateTx, peaks: Peaks) {
    this.#state = state
    this.#peaks = peaks
  }

  get peaks(): readonly Uint8Array[] {
    return this.#peaks.all
  }

  add(leafHash: Uint8Array): void {
    const before = this.#peaks.size
    keep(this.#tail(0, before), leafHash)
    this.#peaks.add(leafHash, (height, hash) => {
      if (height % tileHeight === 0) keep(this.#tail(height / tileHeight, before), hash)
    })
  }

  finish(): void {
    for (const tail of this.#tails) tail?.finish()
  }

  #tail(level: number, size: number): TailRow {
    const known = this.#tails[level]
    if (known !== undefined) return known
    const count = Math.floor(size / perTile ** level)
    const tail = new TailRow({ state: this.#state, space: spaces.tiles, keyOf: tileKey(level), perRow: perTile, count })
    this.#tails[level] = tail
    return tail
  }
}

function keep(tail: TailRow, hash: Uint8Array): void {
  tail.writer.rest(hash)
  tail.added()
}

/** The stored tree, as large as any size up to the present one. Rows are read once. */
export class StoredTree {
  readonly #sha256: Sha256
  readonly #state: StateView
  readonly #nodes: TileNodes
  readonly #rows = new Map<string, Uint8Array>()
  readonly #full = new Map<string, FullTile>()

  constructor(sha256: Sha256, state: StateView, nodes = new TileNodes()) {
    this.#sha256 = sha256
    this.#state = state
    this.#nodes = nodes
  }

  leaf(index: number): Uint8Array | null {
    return this.complete(0, index)
  }

  /** Of a subtree that is complete, by its height and its place in that height. null: not all of it is there. */
  complete(height: number, place: number): Uint8Array | null {
    const level = Math.floor(height / tileHeight)
    const above = height % tileHeight
    const first = place * 2 ** above
    const tile = Math.floor(first / perTile)
    const row = this.row(level, tile)
    const from = first % perTile
    if (row === null || row.length < (from + 2 ** above) * hashBytes) return null
    if (above === 0) return hashAt(row, from)
    if (row.length === perTile * hashBytes) return this.#inFull(tileKey(level)(tile), row).node(above, from)
    let hashes = Array.from({ length: 2 ** above }, (_, at) => hashAt(row, from + at))
    while (hashes.length > 1) hashes = this.#pairs(hashes)
    return hashes[0] ?? null
  }

  /** As it stands in a tile. null: it should, and is not there. undefined: no tile keeps subtrees of this height. */
  kept(height: number, place: number): Uint8Array | null | undefined {
    return height % tileHeight === 0 ? this.complete(height, place) : undefined
  }

  /** Of the leaves from an index on, as RFC 6962 splits them. `from` stands where such a split can begin. */
  range(from: number, to: number): Uint8Array | null {
    if (from === to) return emptyRoot(this.#sha256)
    let height = 0
    while (2 ** (height + 1) <= to - from) height += 1
    const split = 2 ** height
    const left = this.complete(height, from / split)
    if (left === null || split === to - from) return left
    const right = this.range(from + split, to)
    return right === null ? null : nodeHash(this.#sha256, left, right)
  }

  row(level: number, tile: number): Uint8Array | null {
    const key = tileKey(level)(tile)
    const known = this.#rows.get(key)
    if (known !== undefined) return known
    const row = this.#state.get(spaces.tiles, key)
    if (row !== null) this.#rows.set(key, row)
    return row
  }

  #inFull(key: string, row: Uint8Array): FullTile {
    const known = this.#full.get(key) ?? this.#nodes.tile(key, row, this.#sha256)
    this.#full.set(key, known)
    return known
  }

  #pairs(hashes: readonly Uint8Array[]): Uint8Array[] {
    const parents: Uint8Array[] = []
    for (let at = 0; at + 1 < hashes.length; at += 2) {
      const [left, right] = [hashes[at], hashes[at + 1]]
      if (left !== undefined && right !== undefined) parents.push(nodeHash(this.#sha256, left, right))
    }
    return parents
  }
}
