import type { Sha256 } from '#kit/sha256'

/** Merkle trees as RFC 6962 has them, and its two proofs judged as RFC 9162 says. Sizes may pass 2^32: no bit operators. */
export const hashBytes = 32
/** As high as a tree of 2^53 leaves. A proof with more hashes is none. */
export const pathHashesMax = 53

/** Stands before what is hashed, so that no leaf is taken for a node, nor a node for a leaf. */
export const leafMark = 0
const nodeMark = 1

export function leafHash(sha256: Sha256, leaf: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + leaf.length)
  bytes[0] = leafMark
  bytes.set(leaf, 1)
  return sha256(bytes)
}

/** `bytes`: what is hashed is put together here. */
export function nodeHash(
  sha256: Sha256,
  left: Uint8Array,
  right: Uint8Array,
  bytes: Uint8Array = new Uint8Array(1 + left.length + right.length),
): Uint8Array {
  bytes[0] = nodeMark
  bytes.set(left, 1)
  bytes.set(right, 1 + left.length)
  return sha256(bytes)
}

/** Of a tree with no leaf. */
export function emptyRoot(sha256: Sha256): Uint8Array {
  return sha256(new Uint8Array(0))
}

export interface Inclusion {
  readonly sha256: Sha256
  readonly index: number
  readonly size: number
  readonly leafHash: Uint8Array
  /** From leaf to root. */
  readonly hashes: readonly Uint8Array[]
  readonly root: Uint8Array
}

export function verifyInclusion({ root, ...path }: Inclusion): boolean {
  const top = climb(path)?.at(-1)
  return top !== undefined && isSame(top, root)
}

/** The hashes on the way from leaf to root, both with them. null: no path that an index in a tree of this size has. */
export function climb({
  sha256,
  index,
  size,
  leafHash,
  hashes,
}: Omit<Inclusion, 'root'>): readonly Uint8Array[] | null {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes([leafHash, ...hashes])) return null
  let node = index
  let last = size - 1
  let hash = leafHash
  const way = [hash]
  for (const sibling of hashes) {
    if (last === 0) return null
    if (isOdd(node) || node === last) {
      hash = nodeHash(sha256, sibling, hash)
      // A node without a right sibling rises as it is, until it has a left one.
      while (!isOdd(node) && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else {
      hash = nodeHash(sha256, hash, sibling)
    }
    way.push(hash)
    node = half(node)
    last = half(last)
  }
  return last === 0 ? way : null
}

export interface Consistency {
  readonly sha256: Sha256
  readonly from: number
  readonly to: number
  readonly fromRoot: Uint8Array
  readonly toRoot: Uint8Array
  readonly hashes: readonly Uint8Array[]
}

/** Whether the larger tree begins with all leaves of the smaller one. */
export function verifyConsistency({ sha256, from, to, fromRoot, toRoot, hashes }: Consistency): boolean {
  if (!isCount(from) || !isCount(to) || from > to || !areHashes([fromRoot, toRoot, ...hashes])) return false
  if (from === to) return hashes.length === 0 && isSame(fromRoot, toRoot)
  // Every tree begins with the empty one, so there is nothing to prove.
  if (from === 0) return hashes.length === 0 && isSame(fromRoot, emptyRoot(sha256))
  let node = from - 1
  let last = to - 1
  while (isOdd(node)) {
    node = half(node)
    last = half(last)
  }
  // A smaller tree that is one complete subtree of the larger is itself the first hash, and so is not sent.
  const [first, ...rest] = node === 0 ? [fromRoot, ...hashes] : hashes
  if (first === undefined) return false
  let before = first
  let after = first
  for (const sibling of rest) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      before = nodeHash(sha256, sibling, before)
      after = nodeHash(sha256, sibling, after)
      while (!isOdd(node) && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else {
      after = nodeHash(sha256, after, sibling)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && isSame(before, fromRoot) && isSame(after, toRoot)
}

/** Nothing here is secret, so it need not take the same time for all. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false
  return true
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.length <= pathHashesMax + 2 && hashes.every(({ length }) => length === hashBytes)
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function isOdd(value: number): boolean {
  return value % 2 === 1
}

function half(value: number): number {
  return Math.floor(value / 2)
}
