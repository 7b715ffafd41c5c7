import type { RecordView } from '#contract/worker/desk'

/** Why a block does not fit where it stands. `copy`: others show it, because the peer's own copy is wrong here. */
export type Break = 'hash' | 'link' | 'copy'

/** A block's own hash first: if that is wrong, what it names before it says nothing. */
export function breaksOf(record: RecordView, before: RecordView | null, strayIndex: number | null): readonly Break[] {
  const breaks: Break[] = []
  if (record.index === strayIndex) breaks.push('copy')
  if (record.computedHash !== record.hash) breaks.push('hash')
  if (before !== null && record.previousHash !== before.computedHash) breaks.push('link')
  return breaks
}
