import type { StoredTree } from './tiles.ts'

/** From leaf to root. null: something of the tree is not there. */
export function inclusionHashes(tree: StoredTree, index: number, size: number): readonly Uint8Array[] | null {
  const ranges: (readonly [number, number])[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + splitOf(to - from)
    if (index < middle) {
      ranges.push([middle, to])
      to = middle
    } else {
      ranges.push([from, middle])
      from = middle
    }
  }
  return hashesOf(tree, ranges.reverse())
}

/** That the tree of the larger size begins with the tree of the smaller one. */
export function consistencyHashes(tree: StoredTree, size: number, laterSize: number): readonly Uint8Array[] | null {
  if (size === 0) return []
  const ranges: (readonly [number, number])[] = []
  let [from, to] = [0, laterSize]
  while (to !== size) {
    const middle = from + splitOf(to - from)
    if (size <= middle) {
      ranges.push([middle, to])
      to = middle
    } else {
      ranges.push([from, middle])
      from = middle
    }
  }
  // Where the smaller tree is one complete subtree, whoever judges has its hash already.
  if (from > 0) ranges.push([from, to])
  return hashesOf(tree, ranges.reverse())
}

function hashesOf(tree: StoredTree, ranges: readonly (readonly [number, number])[]): readonly Uint8Array[] | null {
  const hashes: Uint8Array[] = []
  for (const [from, to] of ranges) {
    const hash = tree.range(from, to)
    if (hash === null) return null
    hashes.push(hash)
  }
  return hashes
}

/** The largest power of two that is smaller. */
function splitOf(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}
