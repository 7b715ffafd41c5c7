import { catalogueMachine, OrdersCore } from '#cores/shop/index'
import type { StateMachine, StateView } from '#kit/state-machine'
import type { Store } from '#ports/store'

export type Orders = Pick<OrdersCore, 'step' | 'runningCount'>

/** What a planted bug may put in the place of something right. */
export interface ShopParts {
  /** One for each life of a catalogue. `wallMs`: what no machine should look at. */
  machineOf(world: { readonly wallMs: () => number }): StateMachine
  /** One for each life of the orders node, and after each failure of its disk. */
  ordersOn(view: StateView): Orders
  /** Stands between the orders and their disk. */
  storeFront(store: Store): Store
}

export const rightShop: ShopParts = {
  machineOf: () => catalogueMachine(),
  ordersOn: (view) => new OrdersCore(view),
  storeFront: (store) => store,
}
