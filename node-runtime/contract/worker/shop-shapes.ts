import type { NodeId } from '#kit/ids'
import type { OutboxState } from './desk.ts'
import type { ReadChoice, ShopServiceFacts } from './shop.ts'

/** How a desk shows in its node's view what it has of the shop. */
export interface DeskShopView {
  readonly outbox: ShopOutboxCounts
  readonly isRacing: boolean
}

export interface DeskShopStatus {
  readonly gateway: NodeId
  /** null: nobody has put anything into a cart yet. */
  readonly session: string | null
  /** Of the whole shop; null: not heard yet. */
  readonly choice: ReadChoice | null
  readonly isAnswering: boolean
  /** Since when it does not answer; null while it does. */
  readonly silentSinceWallMs: number | null
  /** The last answer of the catalogue: for the ribbon. */
  readonly last: Answered | null
  readonly outbox: ShopOutboxCounts
}

/** Who answered, and how far behind it was. */
export interface Answered {
  /** The node of the catalogue; null: the answer does not say. */
  readonly from: NodeId | null
  /** Entries that are committed and that it has not applied; null: it hears no leader, and cannot tell. */
  readonly lagEntries: number | null
  /** How long ago it last heard the leader; null: it does not say. */
  readonly ageMs: number | null
  /** It has less than this visitor has written, or than was asked for, and says so. */
  readonly isStale: boolean
  /** Up to which entry of the log it answered. */
  readonly position: number | null
  /** From the question to the answer, as the desk measured it, with everything that was asked again in between. */
  readonly tookMs: number
  readonly atWallMs: number
}

export interface ShopCategory {
  readonly id: number
  readonly name: string
}

export interface ProductQuery {
  /** In name or description, whatever its case and accents. */
  readonly text: string
  readonly category: number | null
  readonly priceCentsMax: number | null
  readonly isInStock: boolean
  /** Also those that are not sold any more: for the staff. */
  readonly isAll: boolean
  readonly after: number | null
  readonly limit: number
}

export interface ShopProduct {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly priceCents: number
  readonly category: number
  readonly categoryName: string
  /** For `shop.art`. */
  readonly photo: string
  readonly isActive: boolean
  readonly onHand: number
  readonly reserved: number
  /** What can be sold: on hand less reserved. */
  readonly available: number
  readonly updatedAtMs: number
}

export interface ShopProductPage {
  readonly products: readonly ShopProduct[]
  readonly next: number | null
  readonly answered: Answered
}

export interface ShopCart {
  readonly session: string | null
  readonly items: readonly ShopCartItem[]
  /** Of those that have a price. */
  readonly totalCents: number
  /** Nobody could say what all of it costs: the catalogue does not answer. The items are kept. */
  readonly isCatalogueAway: boolean
  /** null: nobody was asked, because there is no session. */
  readonly answered: Answered | null
}

export interface ShopCartItem {
  readonly product: number
  readonly quantity: number
  /** What follows is null while nobody can say. */
  readonly name: string | null
  readonly photo: string | null
  readonly priceCents: number | null
  readonly subtotalCents: number | null
  readonly available: number | null
  /** `unpriced`: the catalogue is away; `not-sold`: it is sold no more; `short`: there is less of it than this. */
  readonly problem: 'unpriced' | 'not-sold' | 'short' | null
}

/** `cart`: as it stands after it. */
export type CartChanged =
  | { readonly kind: 'done'; readonly cart: ShopCart }
  | { readonly kind: 'refused'; readonly why: CartRefusal; readonly cart: ShopCart }

export const cartRefusals = [
  /** There is no such product, or less of it than was asked for. */
  'unavailable',
  /** With what is in the cart it would be more than there is. */
  'over-stock',
  'not-in-cart',
  'catalogue-away',
  'too-many',
  'malformed',
] as const
export type CartRefusal = (typeof cartRefusals)[number]

export interface SeenLine {
  readonly product: number
  readonly quantity: number
  /** Of one, as it was shown. */
  readonly priceCents: number
}

export interface ShopCheckout {
  readonly lines: readonly CheckoutLine[]
  /** At the prices of now, of all that is sold. */
  readonly totalCents: number
  /** Every line can be had as it was seen. */
  readonly isAsSeen: boolean
  readonly answered: Answered
}

export interface CheckoutLine extends SeenLine {
  readonly name: string | null
  /** null: it is not sold. */
  readonly nowCents: number | null
  readonly available: number | null
  readonly problem: 'price-changed' | 'short' | 'not-sold' | null
}

export interface OrderForm {
  readonly name: string
  readonly phone: string
  /** Empty: the name. */
  readonly pickupName: string
  /** A day, as 2026-11-23; null: in two days. */
  readonly pickupDate: string | null
  readonly message: string
  readonly lines: readonly SeenLine[]
}

/**
 * The way of an order. `waiting`: on this desk's disk, not sent; `sent`: the shop was asked, and nobody knows yet what
 * became of it; `placed`: its stock is confirmed; `refused`: never, and why.
 */
export type ShopOutboxState =
  | { readonly kind: 'waiting' | 'sent' }
  | { readonly kind: 'placed'; readonly order: string }
  | { readonly kind: 'refused'; readonly refusal: OrderRefusal }

export type ShopOutboxCounts = Readonly<Record<ShopOutboxState['kind'], number>>

export interface ShopOutboxItem {
  readonly id: string
  readonly position: number
  readonly form: OrderForm
  readonly state: ShopOutboxState
  readonly attempts: number
  readonly takenWallMs: number
  /** When it was definite; null: it is not yet. */
  readonly settledWallMs: number | null
}

export interface ShopOutboxPage {
  readonly items: readonly ShopOutboxItem[]
  readonly next: number | null
  readonly counts: ShopOutboxCounts
}

export const orderRefusalReasons = [
  'out-of-stock',
  'price-changed',
  'unknown-product',
  /** The shop kept it too long: the reservation was over, and there was not enough any more. */
  'reservation-lost',
  /** Another order was placed under the same id. */
  'key-reused',
  'malformed',
] as const
export type OrderRefusalReason = (typeof orderRefusalReasons)[number]

export interface OrderRefusal {
  readonly why: OrderRefusalReason
  /** Those at fault; `available` and `nowCents` null: that is not what was wrong, or there is no such product. */
  readonly lines: readonly {
    readonly product: number
    readonly wanted: number | null
    readonly available: number | null
    readonly nowCents: number | null
  }[]
  /** Of a malformed one: which field, in the shop's own word; null: not said. */
  readonly field: string | null
}

export const orderStateNames = ['received', 'stock-confirmed', 'ready', 'picked-up', 'cancelled'] as const
export type OrderStateName = (typeof orderStateNames)[number]

/** `own`: of this visitor. */
export type OrdersOf = { readonly kind: 'own' | 'all' } | { readonly kind: 'phone'; readonly phone: string }

export interface ShopOrder {
  readonly id: string
  /** Counts the orders of this shop: for people. */
  readonly number: number
  readonly state: OrderStateName
  /** What the catalogue still has to do for it. */
  readonly owes: 'confirm' | 'give-back' | null
  readonly name: string
  readonly phone: string
  readonly pickupName: string
  readonly pickupDate: string
  readonly message: string
  readonly lines: readonly {
    readonly product: number
    readonly name: string
    readonly quantity: number
    readonly priceCents: number
  }[]
  readonly totalCents: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly pickedUpAtMs: number | null
  readonly history: readonly { readonly state: OrderStateName; readonly atMs: number; readonly by: string }[]
  /** Of its receipt at this desk's outbox for the notary; null: nobody has registered it from here. */
  readonly receipt: OutboxState | null
}

export interface ShopOrderPage {
  readonly orders: readonly ShopOrder[]
  readonly next: number | null
}

/** `not-allowed`: no way leads there from the state it is in. */
export type OrderMoved =
  | { readonly kind: 'moved'; readonly order: ShopOrder }
  | { readonly kind: 'refused'; readonly why: 'not-allowed' | 'unknown-order' | 'malformed' | 'not-yet' }

export const staffRefusals = [
  /** Below what is reserved, or below nothing. */
  'out-of-stock',
  'unknown-product',
  'unknown-category',
  'id-taken',
  'too-many',
  'malformed',
  /** Only for those of the staff. */
  'not-staff',
] as const
export type StaffRefusal = (typeof staffRefusals)[number]

export type ProductChanged =
  | { readonly kind: 'done'; readonly product: ShopProduct }
  | { readonly kind: 'refused'; readonly why: StaffRefusal }

export const movementNames = [
  'opened',
  'added',
  'removed',
  'set',
  'reserved',
  'sold',
  'released',
  'expired',
  'given-back',
] as const

/** One line of the ledger; on hand and reserved are those after it. */
export interface LedgerRow {
  /** Counts all movements of the shop, from 1, without gaps. */
  readonly number: number
  readonly product: number
  readonly kind: (typeof movementNames)[number]
  readonly onHandChange: number
  readonly reservedChange: number
  readonly onHand: number
  readonly reserved: number
  readonly available: number
  readonly order: string | null
  readonly by: string
  readonly why: string
  readonly atMs: number
  readonly logIndex: number
  /** The movement of the same product before this one; 0: this is the first. */
  readonly previous: number
}

export interface LedgerPage {
  readonly rows: readonly LedgerRow[]
  readonly next: number | null
  readonly answered: Answered
}

export interface ReservationPage {
  readonly reservations: readonly {
    readonly order: string
    readonly lines: readonly { readonly product: number; readonly name: string; readonly quantity: number }[]
    readonly reservedAtMs: number
    readonly expiresAtMs: number
  }[]
  readonly next: number | null
  readonly answered: Answered
}

export interface ShopReplicas {
  readonly choice: ReadChoice
  readonly services: readonly ShopServiceFacts[]
  /** How many entries each node of the catalogue is behind the one that is furthest; null: it has not answered yet. */
  readonly behind: Readonly<Record<string, number | null>>
}
