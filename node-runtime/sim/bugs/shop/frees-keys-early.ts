import type { OrderId } from '#cores/shop/messages'
import { orderSpaces } from '#cores/shop/orders/rows'
import { oneAttemptAKey } from '../../properties/shop/one-attempt-a-key.ts'
import { spoiltOrders } from './orders-with-bug.ts'
import type { ShopBug } from './shop-bug.ts'

/** Lets a key begin anew while what was begun under it is not undone yet. */
export const freesKeysEarly: ShopBug = {
  name: 'frees-keys-early',
  property: oneAttemptAKey.name,
  parts: spoiltOrders((right) => {
    const keyOf = new Map<OrderId, string>()
    return (input, at) => {
      if (input.kind === 'place' && input.placing.key !== null) keyOf.set(input.placing.order, input.placing.key)
      const output = right(input, at)
      for (const { kind, order } of output.asks) {
        const key = kind === 'release' ? keyOf.get(order) : undefined
        if (key !== undefined) at.tx.delete(orderSpaces.keys, key)
      }
      return output
    }
  }),
}
