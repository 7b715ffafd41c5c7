import type { Order } from '#cores/shop/order-messages'
import type { Always } from '../../subject.ts'
import type { ShopWords } from '../../subjects/shop/words.ts'

/** Whoever was told that an order is placed finds it whenever orders are looked at, and is never told otherwise. */
export const acknowledgedStands: Always<ShopWords> = {
  name: 'an acknowledged order is never lost, and never refused later',
  start() {
    const placed = new Map<string, Order>()
    return ({ notes }) => {
      for (const { note } of notes) {
        if (note.kind === 'placed-or-not' && note.answer.kind === 'placed') {
          const { order } = note.answer
          placed.set(order.id, order)
          const isSettled = order.owes !== 'confirm' && order.state !== 'received' && order.refusal === null
          if (!isSettled) return `${order.id} was acknowledged as ${order.state}`
        }
        if (note.kind !== 'orders') continue
        const found = new Map(note.orders.map((order) => [order.id, order]))
        for (const [id, { key, lines }] of placed) {
          const order = found.get(id)
          if (order === undefined) return `${id} was acknowledged, and is gone`
          if (order.refusal !== null) return `${id} was acknowledged, and then refused`
          const isSame = order.key === key && JSON.stringify(order.lines) === JSON.stringify(lines)
          if (!isSame) return `${id} is another order than was acknowledged`
        }
      }
      return null
    }
  },
}
