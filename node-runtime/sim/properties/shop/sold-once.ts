import type { MovementKind } from '#cores/shop/messages'
import type { Always } from '../../subject.ts'
import type { ShopWords } from '../../subjects/shop/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'

/** What may come after what, of one order's share of one product. */
const after: { readonly [Kind in MovementKind]?: readonly MovementKind[] } = {
  reserved: ['sold', 'released', 'expired'],
  expired: ['sold'],
  sold: ['given-back'],
}

/** An order is reserved once, sold once and given back once, in this order, and nothing of it comes back that was not taken. */
export const soldOnce: Always<ShopWords> = {
  name: 'an order is sold once, and given back once',
  start() {
    const last = new Map<string, MovementKind>()
    return (moment) => {
      for (const { number, order, product, kind } of ledgerOf(moment).fresh) {
        if (order === null) continue
        const share = `${order} of ${product}`
        const before = last.get(share)
        const isRight = before === undefined ? kind === 'reserved' : after[before]?.includes(kind) === true
        if (!isRight) return `movement ${number}: ${share} was ${before ?? 'nothing'}, and is ${kind}`
        last.set(share, kind)
      }
      return null
    }
  },
}
