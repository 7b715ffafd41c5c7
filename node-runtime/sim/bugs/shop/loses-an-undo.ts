import type { OrderDeed } from '#cores/shop/messages'
import { ordersAreSold } from '../../properties/shop/orders-are-sold.ts'
import { settled } from '../../properties/shop/settled.ts'
import { spoiltOrders } from './orders-with-bug.ts'
import type { ShopBug } from './shop-bug.ts'

/** Takes it as undone without asking: what the catalogue keeps, it keeps for nobody. */
export const losesAnUndo: ShopBug = {
  name: 'loses-an-undo',
  property: settled.name,
  parts: withoutAsking('release'),
}

/** A cancelled order gives nothing back. */
export const keepsWhatIsCancelled: ShopBug = {
  name: 'keeps-what-is-cancelled',
  property: ordersAreSold.name,
  parts: withoutAsking('give-back'),
}

/** These asks are not sent; they are taken for answered. */
function withoutAsking(kind: 'release' | 'give-back') {
  return spoiltOrders((right) => (input, at) => {
    const { asks, answers } = right(input, at)
    const isMeant = (ask: OrderDeed) => ask.kind === kind
    const result = { kind: kind === 'release' ? 'released' : 'given-back' } as const
    const more = asks.filter(isMeant).map((ask) => right({ kind: 'told', ask, outcome: { kind: 'done', result } }, at))
    return {
      asks: asks.filter((ask) => !isMeant(ask)),
      answers: [...answers, ...more.flatMap((output) => output.answers)],
    }
  })
}
