import { orderById } from '#cores/shop/index'
import type { OrderId } from '#cores/shop/messages'
import { acknowledgedStands } from '../../properties/shop/acknowledged-stands.ts'
import { spoiltOrders } from './orders-with-bug.ts'
import type { ShopBug } from './shop-bug.ts'

/** Says that an order is placed when it is written down, and not when it is confirmed. */
export const answersTooEarly: ShopBug = {
  name: 'answers-too-early',
  property: acknowledgedStands.name,
  parts: spoiltOrders((right) => {
    const requestOf = new Map<OrderId, number>()
    return (input, at) => {
      const output = right(input, at)
      if (input.kind === 'place') requestOf.set(input.placing.order, input.request)
      if (input.kind !== 'told' || input.ask.kind !== 'reserve') return output
      const order = orderById(at.tx, input.ask.order)
      const request = requestOf.get(input.ask.order)
      if (order === null || request === undefined) return output
      const early = { ...order, state: 'stock-confirmed', owes: null } as const
      return {
        ...output,
        answers: [...output.answers, { request, answer: { kind: 'placed', order: early, isRepeat: false } }],
      }
    }
  }),
}
