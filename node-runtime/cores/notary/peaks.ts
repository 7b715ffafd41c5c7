import type { Sha256 } from '#kit/sha256'
import { emptyRoot, hashBytes, nodeHash } from './receipt/merkle.ts'

/** The roots of the complete subtrees of a growing tree: as many as its size has ones in binary, largest first. */
export class Peaks {
  readonly #sha256: Sha256
  #size: number
  readonly #peaks: Uint8Array[]
  /** One for all: what is so long lies outside of the engine's heap, and takes as long to get as to hash. */
  readonly #pair = new Uint8Array(1 + 2 * hashBytes)

  constructor(sha256: Sha256, size: number, peaks: readonly Uint8Array[]) {
    this.#sha256 = sha256
    this.#size = size
    this.#peaks = peaks.slice()
  }

  get size(): number {
    return this.#size
  }

  get all(): readonly Uint8Array[] {
    return this.#peaks
  }

  /** Tells of each complete subtree that this leaf ends, from the smallest on, but not of the leaf itself. */
  add(leafHash: Uint8Array, completed: (height: number, hash: Uint8Array) => void): void {
    let hash = leafHash
    let height = 0
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = this.#peaks.pop()
      if (left === undefined) break
      hash = nodeHash(this.#sha256, left, hash, this.#pair)
      height += 1
      completed(height, hash)
    }
    this.#peaks.push(hash)
    this.#size += 1
  }

  root(): Uint8Array {
    const last = this.#peaks.at(-1)
    if (last === undefined) return emptyRoot(this.#sha256)
    return this.#peaks.slice(0, -1).reduceRight((right, left) => nodeHash(this.#sha256, left, right), last)
  }
}

/** How many peaks a tree of this size has. */
export function peakCount(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}
