import type { Product, ProductId } from './messages.ts'

/** What the catalogue says of a product at this moment. */
export type Offer = { readonly kind: 'known'; readonly product: Product } | { readonly kind: 'unknown' | 'away' }

export interface CartItem {
  readonly product: ProductId
  readonly quantity: number
  readonly addedAtMs: number
}

export interface Cart {
  readonly session: string
  readonly createdAtMs: number
  /** null: nobody has changed it; also of a session that is not there. */
  readonly updatedAtMs: number | null
  readonly expiresAtMs: number
  readonly items: readonly CartItem[]
}

/** `session` may be one that is not there: then `add` begins it. */
export type CartInput =
  | { readonly kind: 'open'; readonly session: string }
  | {
      readonly kind: 'add' | 'change'
      readonly session: string
      readonly product: ProductId
      readonly quantity: number
      readonly offer: Offer
    }
  | { readonly kind: 'remove'; readonly session: string; readonly product: ProductId }
  | { readonly kind: 'clear'; readonly session: string }
  /** Now and then: forgets sessions that are over, some at a time. */
  | { readonly kind: 'sweep' }

export type CartRefusal =
  /** There is no such product, it is not sold, or less of it is available than this alone. */
  | 'unavailable'
  /** With what is in the cart already it would be more than is available. */
  | 'over-stock'
  | 'not-in-cart'
  /** Nobody can say what there is: the catalogue does not answer. The cart is as it was. */
  | 'catalogue-away'
  | 'too-many'
  | 'malformed'

export type CartAnswer =
  | { readonly kind: 'cart'; readonly cart: Cart }
  /** How many sessions are no more. */
  | { readonly kind: 'swept'; readonly sessions: number }
  | { readonly kind: 'refused'; readonly why: CartRefusal }

/** A cart with what the catalogue says of its items. */
export interface PricedCart {
  readonly cart: Cart
  readonly items: readonly PricedItem[]
  /** Of those that have a price. */
  readonly totalCents: number
  readonly isWhole: boolean
}

export interface PricedItem extends CartItem {
  readonly product: ProductId
  readonly offer: Offer
  /** null: it has no price now, and `offer` says why. */
  readonly subtotalCents: number | null
  /** More is in the cart than can be had. */
  readonly isShort: boolean
}
