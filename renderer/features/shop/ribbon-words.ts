import type { Answered } from '#contract/worker/shop-shapes'
import type { Speech } from '../../i18n/use-words.ts'

/** `unknown`: whoever answered hears no primary, and cannot tell how far behind it is. */
export type Freshness = 'current' | 'behind' | 'stale' | 'unknown'

/** A node that heard its primary this long ago is not called up to date, even if it has all that it knows of. */
export const freshWithinMs = 1_000

export function freshnessOf({ isStale, lagEntries, ageMs }: Answered): Freshness {
  if (isStale) return 'stale'
  if (lagEntries === null) return 'unknown'
  return lagEntries > 0 || (ageMs ?? 0) > freshWithinMs ? 'behind' : 'current'
}

/** Which node answered, how fast, and how stale it was. */
export function ribbonWords(answered: Answered, { t, format }: Pick<Speech, 't' | 'format'>): string {
  const { from, lagEntries, ageMs, tookMs } = answered
  const who =
    from === null
      ? t('shop.ribbon.somebody', { time: format.duration(tookMs) })
      : t('shop.ribbon.answered', { node: from, time: format.duration(tookMs) })
  const age = ageMs === null ? null : format.duration(ageMs)
  const lag = lagEntries === null ? null : t('shop.ribbon.entries', { count: lagEntries })
  switch (freshnessOf(answered)) {
    case 'current':
      return `${who} ${t('shop.ribbon.current')}`
    case 'behind':
      return `${who} ${t('shop.ribbon.behind', { lag: lag ?? '', age: age ?? t('shop.ribbon.noAge') })}`
    case 'stale':
      return `${who} ${t('shop.ribbon.stale', { age: age ?? t('shop.ribbon.noAge') })}`
    case 'unknown':
      return `${who} ${t('shop.ribbon.unknown', { age: age ?? t('shop.ribbon.noAge') })}`
  }
}
