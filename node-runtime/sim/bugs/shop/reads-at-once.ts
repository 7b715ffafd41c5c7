import { Replica } from '#roles/replica/replica'
import { stockIsLinearizable } from '../../properties/shop/stock-is-linearizable.ts'
import { method } from '../raft/replaced.ts'
import type { ShopBug } from './shop-bug.ts'

/** Whoever is asked how many there are now gives what it has. */
export const readsAtOnce: ShopBug = {
  name: 'reads-at-once',
  property: stockIsLinearizable.name,
  rules: [
    method(
      Replica,
      'ask',
      (right) =>
        function (this: Replica, request, cause) {
          right.call(this, request.kind === 'read' ? { ...request, consistency: 'stale' } : request, cause)
        },
    ),
  ],
}
