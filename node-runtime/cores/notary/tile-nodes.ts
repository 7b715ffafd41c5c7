import type { Sha256 } from '#kit/sha256'
import { hashBytes, isSame, nodeHash } from './receipt/merkle.ts'
import { hashAt, perTile } from './rows.ts'

/** A tile has the leaves of a tree so high. */
export const tileHeight = 8

/** Those of the upper levels of ten million records, and the leaves that were asked for last: a megabyte. */
const tilesMax = 64

/**
 * What full tiles add up to inside, which takes as long as all the rest of a proof. A tile is known by all of its bytes:
 * one that is changed afterwards is another one, so nothing has to be forgotten.
 */
export class TileNodes {
  /** The one that was asked for last stands last. */
  readonly #tiles = new Map<string, FullTile>()

  /** `row`: of a full tile, as it stands now. */
  tile(key: string, row: Uint8Array, sha256: Sha256): FullTile {
    const known = this.#tiles.get(key)
    this.#tiles.delete(key)
    const tile = known?.is(row) === true ? known : new FullTile(row.slice(), sha256)
    this.#tiles.set(key, tile)
    const [oldest] = this.#tiles.keys()
    if (this.#tiles.size > tilesMax && oldest !== undefined) this.#tiles.delete(oldest)
    return tile
  }
}

/** Adds up what is asked for, once. */
export class FullTile {
  readonly #row: Uint8Array
  readonly #sha256: Sha256
  /** Those of height 1 from left to right, then those of height 2, and so on, without the top. */
  readonly #nodes = new Uint8Array((perTile - 2) * hashBytes)
  readonly #isAdded = new Uint8Array(perTile - 2)
  readonly #pair = new Uint8Array(1 + 2 * hashBytes)

  constructor(row: Uint8Array, sha256: Sha256) {
    this.#row = row
    this.#sha256 = sha256
  }

  is(row: Uint8Array): boolean {
    return isSame(this.#row, row)
  }

  /** The subtree of that height whose leaves begin at this one. */
  node(height: number, first: number): Uint8Array {
    if (height === 0) return hashAt(this.#row, first)
    const at = perTile - 2 ** (tileHeight + 1 - height) + first / 2 ** height
    const node = hashAt(this.#nodes, at)
    if (this.#isAdded[at] === 1) return node
    const [left, right] = [this.node(height - 1, first), this.node(height - 1, first + 2 ** (height - 1))]
    node.set(nodeHash(this.#sha256, left, right, this.#pair))
    this.#isAdded[at] = 1
    return node
  }
}
