/** Knows when a person can use the window: it can be seen, and its page has spoken to us. */
export function whenUsable(onUsable: () => void): { readonly seen: () => void; readonly spoke: () => void } {
  const missing = new Set(['seen', 'spoke'])
  const note = (what: string) => (): void => {
    if (missing.delete(what) && missing.size === 0) onUsable()
  }
  return { seen: note('seen'), spoke: note('spoke') }
}
