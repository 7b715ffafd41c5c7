import type { ShopFacts } from '#contract/worker/shop'
import type { Speech } from '../../../i18n/use-words.ts'

/** Two short figures for a card. A node of the catalogue has its log there instead. */
export function shopLineWords(facts: ShopFacts, { t, format }: Pick<Speech, 't' | 'format'>): readonly string[] {
  const figure = (value: number): string => format.number(value)
  switch (facts.kind) {
    case 'gateway':
      return [
        t('overview.shop.answered', { value: figure(facts.answered) }),
        t('overview.shop.failedOver', { value: figure(facts.failedOver) }),
      ]
    case 'catalogue':
      return [t('overview.shop.products', { value: figure(facts.products) })]
    case 'cart':
      return [
        t('overview.shop.answered', { value: figure(facts.answered) }),
        ...(facts.isCatalogueAway ? [t('overview.shop.catalogueAway')] : []),
      ]
    case 'orders':
      return [
        t('overview.shop.placed', { value: figure(facts.placed) }),
        t('overview.shop.refused', { value: figure(facts.refused) }),
      ]
  }
}
