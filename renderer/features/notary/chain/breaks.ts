import type { ChainBreak, RecordView } from '#contract/worker/desk'

/**
 * Why a block does not fit where it stands. `copy`: the peer itself says which check it fails. `link`: it names another
 * block before it than the one that is there, which everybody can see.
 */
export type Break = { readonly kind: 'copy'; readonly check: string } | { readonly kind: 'hash' | 'link' }

/** What the peer says of a block says more than that its hash is wrong, so that is not said twice. */
export function breaksOf(record: RecordView, before: RecordView | null, said: readonly ChainBreak[]): readonly Break[] {
  const own = said.find(({ index }) => index === record.index)
  const breaks: Break[] = []
  if (own !== undefined) breaks.push({ kind: 'copy', check: own.check })
  else if (record.computedHash !== record.hash) breaks.push({ kind: 'hash' })
  if (before !== null && record.previousHash !== before.computedHash) breaks.push({ kind: 'link' })
  return breaks
}

/** Where the copy ends too early, because a record is not there or cannot be read. */
export function holeOf(records: readonly RecordView[], said: readonly ChainBreak[]): ChainBreak | null {
  return said.find(({ index }) => !records.some((record) => record.index === index)) ?? null
}
