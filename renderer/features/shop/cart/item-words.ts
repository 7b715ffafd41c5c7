import type { CheckoutLine, ShopCartItem } from '#contract/worker/shop-shapes'
import type { Speech } from '../../../i18n/use-words.ts'

/** What is wrong with a line of the cart; null: nothing. */
export function itemProblem({ problem, available }: ShopCartItem, { t }: Pick<Speech, 't'>): string | null {
  switch (problem) {
    case null:
      return null
    case 'short':
      return t('shop.cart.short', { count: available ?? 0 })
    case 'unpriced':
    case 'not-sold':
      return t(`shop.cart.problems.${problem}`)
  }
}

/** Of what is ordered: how the shop's word of now differs from what was seen; null: it does not. */
export function lineDifference(line: CheckoutLine, { t, format }: Pick<Speech, 't' | 'format'>): string | null {
  const { problem, available, quantity, priceCents, nowCents } = line
  switch (problem) {
    case null:
      return null
    case 'price-changed':
      return t('shop.checkout.priceChanged', {
        before: format.money(priceCents),
        now: format.money(nowCents ?? priceCents),
      })
    case 'short':
      return t('shop.checkout.short', { count: available ?? 0, wanted: format.number(quantity) })
    case 'not-sold':
      return t('shop.checkout.notSold')
  }
}
