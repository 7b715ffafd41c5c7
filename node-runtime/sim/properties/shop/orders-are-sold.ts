import type { Order } from '#cores/shop/order-messages'
import type { Always } from '../../subject.ts'
import type { ShopWords } from '../../subjects/shop/words.ts'
import { ledgerOf } from './knowledge/ledger.ts'
import { isSettled } from './settled.ts'

/** When all has come to rest, what has left the shelf is what the orders say: sold, given back, or never taken. */
export const ordersAreSold: Always<ShopWords> = {
  name: 'in the end what was sold is what was ordered',
  start() {
    let orders: readonly Order[] = []
    let isJudged = false
    return (moment) => {
      const ledger = ledgerOf(moment)
      for (const { note } of moment.notes) if (note.kind === 'orders') orders = note.orders
      if (isJudged || !isSettled(moment)) return null
      isJudged = true
      const taken = new Map<string, number>()
      for (const { order, product, onHandChange } of ledger.all) {
        if (order === null) continue
        const share = `${order} of ${product}`
        taken.set(share, (taken.get(share) ?? 0) - onHandChange)
      }
      for (const { id, state, lines } of orders) {
        for (const { product, quantity } of lines) {
          const share = `${id} of ${product}`
          const due = state === 'cancelled' ? 0 : quantity
          if (taken.get(share) !== due) return `${share} is ${state}, and ${taken.get(share)} were taken`
          taken.delete(share)
        }
      }
      const [nobodys] = [...taken].filter(([, quantity]) => quantity !== 0)
      return nobodys === undefined ? null : `${nobodys[1]} were taken for ${nobodys[0]}, which is no order`
    }
  },
}
