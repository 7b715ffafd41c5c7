import type {
  CatalogueOutcome,
  CatalogueRefusal,
  OrderDeed,
  OrderId,
  ShortLine,
  SoldLine,
  WantedLine,
} from './messages.ts'

/** Who waits for an answer, as the role counts them. The core gives it back and looks at it no further. */
export type RequestNumber = number

export const orderStates = ['received', 'stock-confirmed', 'ready', 'picked-up', 'cancelled'] as const
export type OrderState = (typeof orderStates)[number]

/** What the order form asks for. Texts as people wrote them, within `orderLimits`. */
export interface Customer {
  readonly name: string
  readonly phone: string
  readonly pickupName: string
  /** As it was written, or two days on: the role sees to that. */
  readonly pickupDate: string
  readonly message: string
}

export interface Placing {
  /** New for each placing, also for one asked again under its key: the core takes the first. */
  readonly order: OrderId
  /** null: whoever asks cannot safely ask again. */
  readonly key: string | null
  /** Says what was asked for, so that a key is not used for something else: a hash of the body. */
  readonly body: string
  readonly session: string | null
  readonly customer: Customer
  readonly lines: readonly WantedLine[]
  readonly totalCents: number | null
}

export interface Order {
  readonly id: OrderId
  /** Counts the orders of this shop, from 1: for people. */
  readonly number: number
  readonly state: OrderState
  /** What the catalogue still has to do for it; nothing is shown as done before that. */
  readonly owes: 'confirm' | 'give-back' | null
  readonly key: string | null
  readonly session: string | null
  readonly customer: Customer
  readonly lines: readonly SoldLine[]
  readonly totalCents: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly pickedUpAtMs: number | null
  /** Why it never became one that was confirmed. */
  readonly refusal: Refusal | null
  readonly history: readonly OrderStep[]
}

export interface OrderStep {
  readonly state: OrderState
  readonly atMs: number
  /** `shop`, `customer`, or who of the staff. */
  readonly by: string
}

export interface Refusal {
  readonly why: CatalogueRefusal
  readonly lines: readonly ShortLine[]
}

export type OrdersInput =
  | { readonly kind: 'place'; readonly request: RequestNumber; readonly placing: Placing }
  | {
      readonly kind: 'move'
      readonly request: RequestNumber
      readonly order: OrderId
      readonly to: OrderState
      readonly by: string
    }
  /** What the catalogue answered to an ask of ours. */
  | { readonly kind: 'told'; readonly ask: OrderDeed; readonly outcome: CatalogueOutcome }
  /** Nobody knows what became of it, or it was never sent. */
  | { readonly kind: 'unanswered'; readonly ask: OrderDeed }
  | { readonly kind: 'tick' }

/** To be performed when what the same step wrote is on the disk, and in this order. */
export interface OrdersOutput {
  readonly asks: readonly OrderDeed[]
  readonly answers: readonly { readonly request: RequestNumber; readonly answer: OrdersAnswer }[]
}

export type OrdersAnswer =
  /** It is confirmed. `isRepeat`: it was, before this was asked. */
  | { readonly kind: 'placed'; readonly order: Order; readonly isRepeat: boolean }
  /** Definite: there is no such order, and nothing is kept for it. */
  | ({ readonly kind: 'refused' } & Refusal)
  /** Definite: the catalogue could not be reached, and what it may have done will be undone. Then the key is free. */
  | { readonly kind: 'unavailable' }
  /** The same was asked before and has no answer yet, or the order is not confirmed yet. */
  | { readonly kind: 'running'; readonly order: OrderId }
  | { readonly kind: 'key-reused' }
  | { readonly kind: 'busy' }
  /** It is in the state that was asked for. */
  | { readonly kind: 'moved'; readonly order: Order }
  | { readonly kind: 'unknown-order' }
  /** No way leads there from the state it is in. */
  | { readonly kind: 'not-allowed'; readonly order: Order }

/** Newest first. */
export interface OrderPage {
  readonly orders: readonly Order[]
  /** Goes on from here; null: that was all. */
  readonly next: number | null
}
