import type { Sha256 } from '#kit/sha256'
import { emptyRoot, nodeHash } from '../merkle.ts'

/** The definitions of RFC 6962, as they stand there: slow, and nothing in them to get wrong. */
export class PlainTree {
  readonly #sha256: Sha256
  readonly #leaves: readonly Uint8Array[]

  constructor(sha256: Sha256, leafHashes: readonly Uint8Array[]) {
    this.#sha256 = sha256
    this.#leaves = leafHashes
  }

  root(size = this.#leaves.length): Uint8Array {
    return this.#hash(0, size)
  }

  inclusion(index: number, size: number): readonly Uint8Array[] {
    return this.#path({ index, from: 0, to: size })
  }

  consistency(from: number, to: number): readonly Uint8Array[] {
    return from === 0 ? [] : this.#subProof({ size: from, from: 0, to, isWhole: true })
  }

  #hash(from: number, to: number): Uint8Array {
    if (from === to) return emptyRoot(this.#sha256)
    if (to - from === 1) return this.#leaves[from] ?? emptyRoot(this.#sha256)
    const middle = from + split(to - from)
    return nodeHash(this.#sha256, this.#hash(from, middle), this.#hash(middle, to))
  }

  #path({ index, from, to }: { readonly index: number; readonly from: number; readonly to: number }): Uint8Array[] {
    if (to - from === 1) return []
    const middle = from + split(to - from)
    return index < middle
      ? [...this.#path({ index, from, to: middle }), this.#hash(middle, to)]
      : [...this.#path({ index, from: middle, to }), this.#hash(from, middle)]
  }

  #subProof({ size, from, to, isWhole }: SubProof): Uint8Array[] {
    if (size === to) return isWhole ? [] : [this.#hash(from, to)]
    const middle = from + split(to - from)
    return size <= middle
      ? [...this.#subProof({ size, from, to: middle, isWhole }), this.#hash(middle, to)]
      : [...this.#subProof({ size, from: middle, to, isWhole: false }), this.#hash(from, middle)]
  }
}

interface SubProof {
  readonly size: number
  readonly from: number
  readonly to: number
  readonly isWhole: boolean
}

/** The largest power of two that is smaller. */
function split(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}
