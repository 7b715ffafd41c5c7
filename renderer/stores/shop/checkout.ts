import { shopDeskLimits } from '#contract/worker/shop-calls'
import type {
  OrderForm,
  OrderRefusal,
  SeenLine,
  ShopCart,
  ShopCartItem,
  ShopCheckout,
} from '#contract/worker/shop-shapes'

/** What somebody fills in beside the cart. */
export type OrderDraft = Pick<OrderForm, 'name' | 'phone' | 'pickupName' | 'pickupDate' | 'message'>

export const emptyDraft: OrderDraft = { name: '', phone: '', pickupName: '', pickupDate: null, message: '' }

/**
 * The way of an order through its dialog. `agreeing`: the shop says something else than what was seen, and nobody has agreed
 * to it yet; `following`: it is in the outbox of the desk, which asks until it is definite.
 */
export type CheckoutStep =
  | { readonly kind: 'filling' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'agreeing'; readonly checkout: ShopCheckout }
  | { readonly kind: 'sending' }
  | { readonly kind: 'following'; readonly id: string }

export type DraftProblem = 'name' | 'phone' | 'pickupDate'

const phoneShape = /^[\d\s()+.-]{3,24}$/

export function isPhone(text: string): boolean {
  return phoneShape.test(text.trim()) && text.replace(/\D/g, '').length >= shopDeskLimits.phoneCharsMin
}

/** What the shop would refuse without a look at its stock. `today` as a day. */
export function draftProblems(draft: OrderDraft, today: string): readonly DraftProblem[] {
  const problems: DraftProblem[] = []
  if (draft.name.trim() === '') problems.push('name')
  if (!isPhone(draft.phone)) problems.push('phone')
  if (draft.pickupDate !== null && draft.pickupDate < today) problems.push('pickupDate')
  return problems
}

/** The cart as it was seen; null: something in it has no price, so that nobody could agree to one. */
export function seenLines(cart: ShopCart): readonly SeenLine[] | null {
  const lines = cart.items.map(lineOf)
  return lines.length === 0 || lines.includes(null) ? null : lines.filter((line) => line !== null)
}

function lineOf({ product, quantity, priceCents }: ShopCartItem): SeenLine | null {
  return priceCents === null ? null : { product, quantity, priceCents }
}

/** What can be had of it at the prices of now: less of what is short, nothing of what is not sold. */
export function agreedLines({ lines }: ShopCheckout): readonly SeenLine[] {
  return lines.flatMap(({ product, quantity, nowCents, available }) => {
    const had = Math.min(quantity, available ?? quantity)
    return nowCents === null || had < 1 ? [] : [{ product, quantity: had, priceCents: nowCents }]
  })
}

export function totalOf(lines: readonly SeenLine[]): number {
  return lines.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0)
}

/** Refused for what a look at the shop and another agreement would mend. */
export function canBeginAgain({ why }: OrderRefusal): boolean {
  return why === 'price-changed' || why === 'out-of-stock' || why === 'reservation-lost'
}
