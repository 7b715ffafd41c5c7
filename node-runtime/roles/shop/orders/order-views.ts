import type { Order } from '#cores/shop/order-messages'
import { notFound, phoneDigits, readId, staffOnly, success } from '#dialects/shop/index'
import type { OrdersOf, ShopOrders } from '#ports/shop-orders'
import type { Asked, RouteOf } from '../api/route.ts'
import { failureShown, shownAs } from '../api/shown.ts'

export interface OrderViewParts {
  readonly orders: Pick<ShopOrders, 'byId' | 'list'>
  readonly isOfStaff: (asked: Asked) => boolean
}

const pageMax = 200
const sessionCharsMax = 64
const common = { method: 'GET', isStaff: false, body: null } as const

/** Orders as our own programs see them: with each step of their way, which the dialect has no word for. */
export const orderViews: readonly RouteOf<OrderViewParts>[] = [
  {
    ...common,
    path: '/api/v1/orders/{id}',
    about: 'One order with its way so far.',
    query: {},
    answers: { 200: 'It.', 404: 'There is none.' },
    serve: (asked, { orders }) =>
      orders.byId(asked.places[0] ?? '', (result) => {
        if (!result.ok) return asked.answer(failureShown(result.failure))
        asked.answer(shownAs(result.value === null ? notFound : success(orderView(result.value))))
      }),
  },
  {
    ...common,
    path: '/api/v1/orders',
    about: 'Orders of a telephone or a session, or, for the staff, all; newest first.',
    query: {
      phone: 'As it was given.',
      session: 'Of a cart.',
      before: '`next` of the page before.',
      limit: `Up to ${pageMax}.`,
    },
    answers: { 200: 'A page of them.', 401: 'All orders are for the staff only.' },
    serve: (asked, parts) => {
      const { query } = asked.request
      const of = ordersOf(query)
      if (of.kind === 'all' && !parts.isOfStaff(asked)) return asked.answer(shownAs(staffOnly))
      const limit = Math.min(Math.max(1, readId(query.get('limit') ?? '') ?? 50), pageMax)
      parts.orders.list(of, { before: readId(query.get('before') ?? ''), limit }, (result) => {
        if (!result.ok) return asked.answer(failureShown(result.failure))
        const { orders: some, next } = result.value
        asked.answer(shownAs(success(`[${some.map(orderView).join(',')}]`, { more: { next: String(next) } })))
      })
    },
  },
]

function ordersOf(query: ReadonlyMap<string, string>): OrdersOf {
  const phone = query.get('phone')
  const session = query.get('session')
  if (phone !== undefined) return { kind: 'phone', phone: phoneDigits(phone) }
  return session === undefined ? { kind: 'all' } : { kind: 'session', session: session.slice(0, sessionCharsMax) }
}

/** Nothing that lets somebody order again in its name. */
function orderView({ key: _, ...order }: Order): string {
  return JSON.stringify(order)
}
