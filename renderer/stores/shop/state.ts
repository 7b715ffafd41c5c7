import { createStore } from 'zustand/vanilla'
import type { CartChanged, CartRefusal, SeenLine, ShopCart } from '#contract/worker/shop-shapes'
import type { FailureCode } from '#kit/failures'
import { type CheckoutStep, emptyDraft, type OrderDraft } from './checkout.ts'

/** What the visitor looks for. */
export interface ShopWish {
  readonly text: string
  readonly category: number | null
  /** As it was typed; what is no price filters nothing. */
  readonly priceMax: string
  readonly isInStock: boolean
}

export const noWish: ShopWish = { text: '', category: null, priceMax: '', isInStock: false }

/** Why the last thing that somebody did with the cart did not happen. */
export type CartTold =
  | { readonly kind: 'refused'; readonly product: number | null; readonly why: CartRefusal }
  | { readonly kind: 'failed'; readonly product: number | null; readonly code: FailureCode }

/** What one window shows of the shop. The cart itself is the shop's; here is how it stood when it last answered. */
export interface ShopState {
  readonly wish: ShopWish
  /** null: it has not come yet. */
  readonly cart: ShopCart | null
  /** Why the cart could not be read the last time it was asked for. */
  readonly cartFailure: FailureCode | null
  readonly told: CartTold | null
  /** Products whose number in the cart is being changed; 'cart' while all of it is. */
  readonly changing: ReadonlySet<number | 'cart'>
  readonly isCartOpen: boolean
  /** Which part of the staff's place is open; kept while the shop is closed and opened anew. */
  readonly staffPart: string
  readonly draft: OrderDraft
  /** null: nobody orders at the moment. */
  readonly checkout: CheckoutStep | null
  readonly checkoutFailure: FailureCode | null
  /**
   * What is being ordered, at the prices that were on the screen when it was begun. The cart goes on being read meanwhile,
   * and a price that changed under somebody's eyes has to be said to them.
   */
  readonly seen: readonly SeenLine[]
}

export const emptyShop: ShopState = {
  wish: noWish,
  cart: null,
  cartFailure: null,
  told: null,
  changing: new Set(),
  isCartOpen: false,
  staffPart: 'products',
  draft: emptyDraft,
  checkout: null,
  checkoutFailure: null,
  seen: [],
}

export const createShopStore = () => createStore<ShopState>()(() => emptyShop)

export function withChanging(state: ShopState, what: number | 'cart', isChanging: boolean): ShopState {
  const changing = new Set(state.changing)
  if (isChanging) changing.add(what)
  else changing.delete(what)
  return { ...state, changing }
}

export function withChanged(state: ShopState, product: number | null, changed: CartChanged): ShopState {
  const told: CartTold | null = changed.kind === 'done' ? null : { kind: 'refused', product, why: changed.why }
  return { ...state, cart: changed.cart, cartFailure: null, told }
}

/** How many things lie in it, each as often as it does. */
export function countIn(cart: ShopCart | null): number {
  return cart?.items.reduce((sum, { quantity }) => sum + quantity, 0) ?? 0
}

export function quantityOf(cart: ShopCart | null, product: number): number {
  return cart?.items.find((item) => item.product === product)?.quantity ?? 0
}
