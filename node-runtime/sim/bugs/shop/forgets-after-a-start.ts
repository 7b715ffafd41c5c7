import { orderSpaces } from '#cores/shop/orders/rows'
import { settled } from '../../properties/shop/settled.ts'
import { rightShop, type ShopParts } from '../../subjects/shop/parts.ts'
import type { ShopBug } from './shop-bug.ts'

/** After a start it knows nothing of what it was about to undo. */
export const forgetsAttempts: ShopBug = {
  name: 'forgets-attempts',
  property: settled.name,
  parts: startingWithout(orderSpaces.attempts),
}

/** After a start it knows nothing of orders that are not confirmed, or have not given back. */
export const forgetsWhatItOwes: ShopBug = {
  name: 'forgets-what-it-owes',
  property: settled.name,
  parts: startingWithout(orderSpaces.owing),
}

function startingWithout(hidden: string): Pick<ShopParts, 'ordersOn'> {
  return {
    ordersOn: (view) =>
      rightShop.ordersOn({
        get: (space, key) => view.get(space, key),
        scan: (space, range) => (space === hidden ? [] : view.scan(space, range)),
      }),
  }
}
