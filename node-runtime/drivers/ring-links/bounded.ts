/** Makes room for one more: what came first goes first. */
export function makeRoom(kept: Map<unknown, unknown> | Set<unknown>, max: number): void {
  for (const key of kept.keys()) {
    if (kept.size < max) return
    kept.delete(key)
  }
}
