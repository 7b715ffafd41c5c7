import type { OrdersInput, OrdersOutput } from '#cores/shop/order-messages'
import type { StepAt } from '#cores/shop/orders/core'
import type { StateView } from '#kit/state-machine'
import { type Orders, rightShop, type ShopParts } from '../../subjects/shop/parts.ts'

type Step = (input: OrdersInput, at: StepAt) => OrdersOutput

/** Right orders of which the steps are spoilt, for one life of them. `right` does a step as it should be done. */
export function spoiltOrders(spoil: (right: Step, orders: Orders) => Step): Pick<ShopParts, 'ordersOn'> {
  return {
    ordersOn: (view: StateView) => {
      const orders = rightShop.ordersOn(view)
      const step = spoil((input, at) => orders.step(input, at), orders)
      return {
        get runningCount() {
          return orders.runningCount
        },
        step,
      }
    },
  }
}
