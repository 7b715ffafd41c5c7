import { Keys } from '#cores/shop/orders/keys'
import { keysAreOrders } from '../../properties/shop/keys-are-orders.ts'
import { method } from '../raft/replaced.ts'
import type { ShopBug } from './shop-bug.ts'

/** Answers whoever uses a key again, whatever is asked for under it now. */
export const comparesKeysAlone: ShopBug = {
  name: 'compares-keys-alone',
  property: keysAreOrders.name,
  rules: [method(Keys, 'isSame', () => () => true)],
}

/** Knows no key again. */
export const forgetsKeys: ShopBug = {
  name: 'forgets-keys',
  property: keysAreOrders.name,
  rules: [method(Keys, 'known', () => () => null)],
}
