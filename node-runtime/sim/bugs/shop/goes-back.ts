import type { OrderId } from '#cores/shop/messages'
import { refusedIsNeverSold } from '../../properties/shop/refused-is-never-sold.ts'
import { spoiltOrders } from './orders-with-bug.ts'
import type { ShopBug } from './shop-bug.ts'

/** Gives up an order that is written down already, when its confirm was not answered, and says so. */
export const goesBack: ShopBug = {
  name: 'goes-back',
  property: refusedIsNeverSold.name,
  parts: spoiltOrders((right) => {
    const requestOf = new Map<OrderId, number>()
    return (input, at) => {
      const output = right(input, at)
      if (input.kind === 'place') requestOf.set(input.placing.order, input.request)
      if (input.kind !== 'unanswered' || input.ask.kind !== 'confirm') return output
      const request = requestOf.get(input.ask.order)
      if (request === undefined) return output
      return { ...output, answers: [...output.answers, { request, answer: { kind: 'unavailable' } }] }
    }
  }),
}
