import type { NotaryStatus } from '#cores/notary/messages'
import { notaryLimits } from '#cores/notary/messages'
import { Peaks } from '#cores/notary/peaks'
import { hashBytes, isSame, verifyConsistency } from '#cores/notary/receipt/merkle'
import type { Sha256 } from '#kit/sha256'
import type { Look } from './proven.ts'
import type { TreePoint } from './witness.ts'

export interface BoundTreeParts {
  readonly look: Look
  readonly sha256: Sha256
  /** The newest root that a majority has co-signed; null: there is none. */
  readonly witnessed: TreePoint | null
}

export const boundTreeLimits = {
  /** The tiles of two million records. Of more, the one that was bound first is bound again when it is asked for. */
  sumsMax: 8_192,
} as const

const { tileWidth } = notaryLimits

/**
 * What was found to lead to the head, so that a tile's hashes are added up once and not for each read. Known by the sum of
 * its bytes and not by its place: a tile that is changed afterwards is another tile, and nothing has to be forgotten.
 */
export class BoundTiles {
  readonly #sums = new Map<string, Uint8Array>()
  #edge: Uint8Array | null = null

  hasTile(place: string, sum: Uint8Array): boolean {
    const known = this.#sums.get(place)
    return known !== undefined && isSame(known, sum)
  }

  addTile(place: string, sum: Uint8Array): void {
    const [oldest] = this.#sums.keys()
    if (this.#sums.size >= boundTreeLimits.sumsMax && oldest !== undefined) this.#sums.delete(oldest)
    this.#sums.set(place, sum)
  }

  hasEdge(sum: Uint8Array): boolean {
    return this.#edge !== null && isSame(this.#edge, sum)
  }

  setEdge(sum: Uint8Array): void {
    this.#edge = sum
  }
}

/** This peer's tree within one turn, as far as it can be held against its head, and its head against the witnesses. */
export class BoundTree {
  readonly #parts: BoundTreeParts
  readonly #known: BoundTiles
  readonly #status: NotaryStatus
  readonly #tiles = new Map<string, Uint8Array | null>()
  #isEdgeSound: boolean | null = null

  constructor(parts: BoundTreeParts, known: BoundTiles) {
    this.#parts = parts
    this.#known = known
    this.#status = parts.look({ kind: 'status' })
  }

  get size(): number {
    return this.#status.size
  }

  /** How many hashes a tile has by now. */
  widthOf(level: number, tile: number): number {
    return Math.max(0, Math.min(tileWidth, Math.floor(this.size / tileWidth ** level) - tile * tileWidth))
  }

  /** All hashes of a tile. null: they do not lead to the head. */
  tile(level: number, tile: number): Uint8Array | null {
    const place = `${level}/${tile}`
    const known = this.#tiles.get(place)
    if (known !== undefined) return known
    const bound = this.#boundTile(level, tile, place)
    this.#tiles.set(place, bound)
    return bound
  }

  /** Whether the tree had this root when it was so large. */
  isRoot(size: number, root: Uint8Array): boolean {
    const { look, sha256, witnessed } = this.#parts
    if (size > this.size) return false
    if (witnessed?.size === size) return isSame(root, witnessed.root)
    if (size === this.size) return isSame(root, this.#status.root) && this.#leadsToHead()
    const { hashes } = look({ kind: 'consistency', from: size, to: this.size })
    return hashes !== null && this.#leadsToHead() && this.#isBefore({ size, root }, hashes, sha256)
  }

  #boundTile(level: number, tile: number, place: string): Uint8Array | null {
    const { look, sha256 } = this.#parts
    const width = this.widthOf(level, tile)
    const { hashes } = look({ kind: 'tile', level, tile, width })
    if (hashes === null) return null
    if (width < tileWidth) return this.#leadsToHead() ? hashes : null
    const sum = sha256(hashes)
    if (this.#known.hasTile(place, sum)) return hashes
    const at = (tile % tileWidth) * hashBytes
    const above = this.tile(level + 1, Math.floor(tile / tileWidth))?.subarray(at, at + hashBytes)
    if (above === undefined || !isSame(above, this.#peaksOf(hashes).root())) return null
    this.#known.addTile(place, sum)
    return hashes
  }

  /** The tiles that are not full yet have all roots of complete subtrees, and those make the root that the head has. */
  #leadsToHead(): boolean {
    this.#isEdgeSound ??= this.#isEdge()
    return this.#isEdgeSound
  }

  #isEdge(): boolean {
    const { look, sha256, witnessed } = this.#parts
    const { root } = this.#status
    const rows: Uint8Array[] = []
    for (let level = 0; tileWidth ** level <= this.size; level += 1) {
      const tile = Math.floor(this.size / tileWidth ** (level + 1))
      const width = this.widthOf(level, tile)
      if (width === 0) continue
      const { hashes } = look({ kind: 'tile', level, tile, width })
      if (hashes === null) return false
      rows.unshift(hashes)
    }
    const sum = sha256(joined([root, witnessed?.root ?? nothing, ...rows]))
    if (this.#known.hasEdge(sum)) return true
    const peaks = rows.flatMap((row) => this.#peaksOf(row).all)
    if (!isSame(new Peaks(sha256, this.size, peaks).root(), root) || !this.#goesOnFrom(witnessed)) return false
    this.#known.setEdge(sum)
    return true
  }

  /** A peer that is behind its newest checkpoint has nothing yet to hold against it. */
  #goesOnFrom(witnessed: TreePoint | null): boolean {
    if (witnessed === null || witnessed.size > this.size) return true
    const { look, sha256 } = this.#parts
    const { hashes } = look({ kind: 'consistency', from: witnessed.size, to: this.size })
    return hashes !== null && this.#isBefore(witnessed, hashes, sha256)
  }

  #isBefore({ size: from, root: fromRoot }: TreePoint, hashes: readonly Uint8Array[], sha256: Sha256): boolean {
    const { size: to, root: toRoot } = this.#status
    return verifyConsistency({ sha256, from, to, fromRoot, toRoot, hashes })
  }

  #peaksOf(row: Uint8Array): Peaks {
    const peaks = new Peaks(this.#parts.sha256, 0, [])
    for (let at = 0; at < row.length; at += hashBytes) peaks.add(row.subarray(at, at + hashBytes), () => {})
    return peaks
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

const nothing = new Uint8Array(0)
