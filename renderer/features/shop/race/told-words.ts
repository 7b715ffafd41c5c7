import type { RaceOutcome } from '#contract/worker/shop-races'
import type { Speech } from '../../../i18n/use-words.ts'

/** What one shopper was told so far. */
export function toldWords({ state, why, available }: RaceOutcome, { t }: Pick<Speech, 't'>): string {
  if (state !== 'refused') return t(`shop.race.told.${state}`)
  if (why === 'out-of-stock' && available !== null) return t('shop.race.told.left', { count: available })
  return why === null ? t('shop.race.told.refused') : t(`shop.refusals.${why}`)
}
