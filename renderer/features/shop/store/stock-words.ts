import type { Speech } from '../../../i18n/use-words.ts'

/** So few that somebody who wants one should know. */
export const fewLeft = 5

export type StockTone = 'none' | 'few' | 'enough'

export function stockTone(available: number): StockTone {
  return available <= 0 ? 'none' : available <= fewLeft ? 'few' : 'enough'
}

export function stockWords(available: number, { t }: Pick<Speech, 't'>): string {
  const count = Math.max(0, available)
  return stockTone(available) === 'few' ? t('shop.store.last', { count }) : t('shop.store.left', { count })
}
