import type { Order, OrderPage, OrderState, OrdersAnswer, Placing } from '#cores/shop/order-messages'
import type { Result } from '#kit/result'

/**
 * The orders of a shop. An order is confirmed or refused for good; in between it is carried on, whoever waits for it and
 * whatever dies. Answers come by callback, never before the call has returned.
 *
 * `place` and `move` fail with `timed-out` (nobody knows: ask again under the same key), and with `busy`, `disk-full`
 * and `no-permission` (definite).
 */
export interface ShopOrders {
  place(order: Omit<Placing, 'order'>, done: (result: Result<Placed>) => void): void
  move(move: OrderMove, done: (result: Result<Placed>) => void): void
  byId(id: string, done: (result: Result<Order | null>) => void): void
  /** Newest first. */
  list(of: OrdersOf, page: PageOfOrders, done: (result: Result<OrderPage>) => void): void
}

export interface Placed {
  readonly answer: OrdersAnswer
  /** Whoever reads the catalogue at this place or a later one sees what the order took; 0: nobody knows. */
  readonly position: number
}

export interface OrderMove {
  readonly order: string
  readonly to: OrderState
  /** `customer`, or who of the staff. */
  readonly by: string
}

export type OrdersOf =
  | { readonly kind: 'phone'; readonly phone: string }
  | { readonly kind: 'session'; readonly session: string }
  | { readonly kind: 'all' }

export interface PageOfOrders {
  /** Of an earlier page; null: from the newest. */
  readonly before: number | null
  readonly limit: number
}
