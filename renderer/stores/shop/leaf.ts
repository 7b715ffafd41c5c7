/** Where one stands in a list that is only read on from a cursor: the cursors of all pages up to this one. */
export interface Leaf {
  readonly cursors: readonly number[]
}

export const firstLeaf: Leaf = { cursors: [] }

/** Whoever leafs on goes back through as many pages as these, and from there to the first. */
export const leavesKeptMax = 10_000

export function afterOf({ cursors }: Leaf): number | null {
  return cursors.at(-1) ?? null
}

export function pageOf({ cursors }: Leaf): number {
  return cursors.length + 1
}

/** A second click before the page has come is none: it still has the cursor of the page before. */
export function leafOn(leaf: Leaf, next: number | null): Leaf {
  if (next === null || next === leaf.cursors.at(-1) || leaf.cursors.length >= leavesKeptMax) return leaf
  return { cursors: [...leaf.cursors, next] }
}

export function leafBack({ cursors }: Leaf): Leaf {
  return { cursors: cursors.slice(0, -1) }
}
