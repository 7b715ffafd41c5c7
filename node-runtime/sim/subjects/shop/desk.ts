import type { OrdersInput, OrdersOutput } from '#cores/shop/order-messages'
import { type Store, StoreFailure } from '#ports/store'
import type { Orders, ShopParts } from './parts.ts'

/** Orders with their disk: what steps say is given back when what they wrote is there. */
export class OrdersDesk {
  readonly #store: Store
  readonly #parts: ShopParts
  #orders: Orders

  constructor(store: Store, parts: ShopParts) {
    this.#store = parts.storeFront(store)
    this.#parts = parts
    this.#orders = parts.ordersOn(this.#store.view())
  }

  get runningCount(): number {
    return this.#orders.runningCount
  }

  /** All of them together, or none: null when the disk did not take it. Then only the disk is to be believed. */
  take(inputs: readonly OrdersInput[], atMs: number): readonly OrdersOutput[] | null {
    try {
      return this.#store.transaction((tx) => inputs.map((input) => this.#orders.step(input, { tx, atMs })))
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error
      this.#orders = this.#parts.ordersOn(this.#store.view())
      return null
    }
  }
}
