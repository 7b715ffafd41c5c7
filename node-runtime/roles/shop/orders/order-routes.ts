import type { OrdersAnswer, Placing } from '#cores/shop/order-messages'
import {
  type DialectAnswer,
  dayAfter,
  notFound,
  type OrderRequest,
  orderAnswers,
  phoneDigits,
  readId,
  readMove,
  readOrder,
  refusal,
  shopLimits,
  textJson,
  unavailable,
} from '#dialects/shop/index'
import { unreachable } from '#kit/assert'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import type { Sha256 } from '#kit/sha256'
import type { OrdersOf, ShopOrders } from '#ports/shop-orders'
import type { Asked, RouteOf } from '../api/route.ts'
import { failureShown, shopHeaders, shownAs } from '../api/shown.ts'
import { orderViews } from './order-views.ts'
import { dialectOrder, dialectState, refusedShown, stateNamed } from './shown-order.ts'

export interface OrderRouteParts {
  readonly orders: ShopOrders
  readonly sha256: Sha256
  readonly wallMs: () => number
  readonly isOfStaff: (asked: Asked) => boolean
}

const pickUpDays = 2
const ordersPerPage = 50
const keyPattern = /^[\x21-\x7e]{1,180}$/
const example = {
  ...{ nome: 'Ana', telefone: '11 99999-0000', mensagem: 'Sem velas' },
  itens: [{ produto_id: 1, quantidade: 1, preco: 45.9 }],
}
const common = { isStaff: false, query: {}, body: null } as const

export const orderRoutes: readonly RouteOf<OrderRouteParts>[] = [
  {
    ...common,
    method: 'POST',
    path: '/api/pedidos',
    about: 'Orders. With an `Idempotency-Key` it can be asked again safely until it is answered for good.',
    body: example,
    answers: {
      201: 'The stock is confirmed.',
      400: 'It is no such order.',
      409: 'Not enough stock, other prices, or still running; `codigo` says which.',
      422: 'The key was used for another order.',
      503: 'Nothing was ordered; ask again.',
      504: 'Nobody knows; ask again with the same key.',
    },
    serve: place,
  },
  {
    ...common,
    method: 'GET',
    path: '/api/pedidos',
    about: 'Orders of a telephone or a session, newest first.',
    query: { telefone: 'As it was given.', session_id: 'Of a cart.', depois_de: '`proximo` of the page before.' },
    answers: { 200: 'A page of them.', 400: 'Of whom?' },
    serve: list,
  },
  {
    ...common,
    method: 'GET',
    path: '/api/pedidos/{id}',
    about: 'One order.',
    answers: { 200: 'It.', 404: 'There is none.' },
    serve: (asked, parts) =>
      parts.orders.byId(asked.places[0] ?? '', (result) => {
        if (!result.ok) return asked.answer(failureShown(result.failure))
        asked.answer(shownAs(result.value === null ? notFound : orderAnswers.order(dialectOrder(result.value))))
      }),
  },
  {
    ...common,
    method: 'PUT',
    path: '/api/pedidos/{id}/status',
    about: 'Moves an order on, or cancels it. Only cancelling is not kept for the staff.',
    body: { status: 'pronto' },
    answers: { 200: 'The order.', 401: 'Staff only.', 404: 'There is none.', 409: 'No way leads there.' },
    serve: move,
  },
  ...orderViews,
]

function place(asked: Asked, parts: OrderRouteParts): void {
  const { headers, body } = asked.request
  const key = headers['idempotency-key'] ?? null
  if (key !== null && !keyPattern.test(key)) return asked.answer(shownAs(orderAnswers.badKey))
  const read = readOrder(headers['content-type'], body)
  if (read.kind === 'refused') return asked.answer(shownAs(read.answer))
  const attempt = headers[shopHeaders.attempt]
  const own = key === null ? attempt : key
  const placing = placingOf(read.value, own === undefined ? null : `${key === null ? 'attempt' : 'key'}:${own}`, parts)
  parts.orders.place(placing, (result) => {
    if (!result.ok) return asked.answer(failureShown(result.failure, idempotency(key, null)))
    const { answer, position } = result.value
    asked.answer(
      shownAs(placedShown(answer, placing), {
        ...idempotency(key, answer),
        ...(position === 0 ? {} : { [shopHeaders.position]: String(position) }),
      }),
    )
  })
}

/** Without a key of its own, whoever asks cannot safely ask again, and is told so. */
function idempotency(key: string | null, answer: OrdersAnswer | null): Readonly<Record<string, string>> {
  const isRepeat = answer?.kind === 'placed' && answer.isRepeat
  return { [shopHeaders.idempotency]: key === null ? 'none' : isRepeat ? 'repeated' : 'kept' }
}

function placingOf(
  order: OrderRequest,
  key: string | null,
  { sha256, wallMs }: OrderRouteParts,
): Omit<Placing, 'order'> {
  const { name, phone, pickUpName, pickUpDay, message, session, items, totalCents } = order
  return {
    key,
    body: toHex(sha256(encodeText(JSON.stringify(order)))),
    session,
    customer: {
      name,
      phone: phoneDigits(phone),
      pickupName: pickUpName,
      pickupDate: pickUpDay ?? dayAfter(wallMs(), pickUpDays),
      message,
    },
    lines: items.map(({ product, quantity, toldCents }) => ({ product, quantity, priceCents: toldCents })),
    totalCents,
  }
}

function placedShown(answer: OrdersAnswer, { lines }: Pick<Placing, 'lines'>): DialectAnswer {
  switch (answer.kind) {
    case 'placed':
      return orderAnswers.orderPlaced(dialectOrder(answer.order))
    case 'refused':
      return refusedShown(answer, lines)
    case 'running':
      return orderAnswers.stillRunning
    case 'key-reused':
      return orderAnswers.keyReused
    case 'unavailable':
    case 'busy':
      return unavailable
    case 'moved':
      return orderAnswers.orderMoved(dialectOrder(answer.order))
    case 'unknown-order':
      return notFound
    case 'not-allowed':
      return orderAnswers.notAllowedMove(dialectState(answer.order.state))
    default:
      return unreachable(answer)
  }
}

function move(asked: Asked, parts: OrderRouteParts): void {
  const { headers, body } = asked.request
  const read = readMove(headers['content-type'], body)
  if (read.kind === 'refused') return asked.answer(shownAs(read.answer))
  const to = stateNamed(read.value)
  const isOfStaff = parts.isOfStaff(asked)
  if (to !== 'cancelled' && !isOfStaff) return asked.answer(shownAs(refusal(401, 'Somente para a equipe da loja')))
  const order = { order: asked.places[0] ?? '', to, by: isOfStaff ? 'staff' : 'customer' }
  parts.orders.move(order, (result: MovedResult) => {
    if (!result.ok) return asked.answer(failureShown(result.failure))
    const { answer, position } = result.value
    const headers = position === 0 ? {} : { [shopHeaders.position]: String(position) }
    asked.answer(shownAs(placedShown(answer, { lines: [] }), headers))
  })
}

type MovedResult = Parameters<Parameters<ShopOrders['move']>[1]>[0]

function list(asked: Asked, parts: OrderRouteParts): void {
  const { query } = asked.request
  const phone = phoneDigits(query.get('telefone') ?? '')
  const session = query.get('session_id') ?? ''
  if (phone !== '') return page(asked, { kind: 'phone', phone }, parts)
  if (session !== '' && session.length <= shopLimits.sessionCharsMax) {
    return page(asked, { kind: 'session', session }, parts)
  }
  const sentence = 'Informe telefone ou session_id'
  asked.answer(shownAs(refusal(400, sentence, { codigo: textJson('campo_invalido') })))
}

function page(asked: Asked, of: OrdersOf, { orders }: OrderRouteParts): void {
  const before = readId(asked.request.query.get('depois_de') ?? '')
  orders.list(of, { before, limit: ordersPerPage }, (result) => {
    if (!result.ok) return asked.answer(failureShown(result.failure))
    const { orders: some, next } = result.value
    asked.answer(shownAs(orderAnswers.orders(some.map(dialectOrder), next === null ? null : String(next))))
  })
}
