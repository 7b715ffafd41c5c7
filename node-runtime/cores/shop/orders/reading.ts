import { assert } from '#kit/assert'
import type { StateTx, StateView } from '#kit/state-machine'
import { decode, encode } from '../fields.ts'
import { orderLimits } from '../limits.ts'
import type { OrderId } from '../messages.ts'
import type { Order, OrderPage } from '../order-messages.ts'
import { getRow, indexRows, newestFirstKey, orderRows, orderSpaces, phoneKey, putRow } from './rows.ts'

export interface PageAsked {
  /** Numbers below this one; null: from the newest on. */
  readonly before: number | null
  readonly limit: number
}

/** What is not written down as an order is none yet. */
export function orderById(view: StateView, id: OrderId): Order | null {
  return id === '' ? null : getRow(view, orderRows, id)
}

export function ordersByPhone(view: StateView, phone: string, page: PageAsked): OrderPage {
  return ordersIn(view, { space: orderSpaces.byPhone, of: `${phoneKey(phone)}/` }, page)
}

export function ordersBySession(view: StateView, session: string, page: PageAsked): OrderPage {
  return ordersIn(view, { space: orderSpaces.bySession, of: `${session}/` }, page)
}

export function newestOrders(view: StateView, page: PageAsked): OrderPage {
  return ordersIn(view, { space: orderSpaces.numbers, of: '' }, page)
}

/** Once, when it is written for the first time. */
export function putIntoLists(tx: StateTx, { id, number, customer, session }: Order): void {
  const key = newestFirstKey(number)
  const value = encode(indexRows, id)
  tx.put(orderSpaces.numbers, key, value)
  tx.put(orderSpaces.byPhone, `${phoneKey(customer.phone)}/${key}`, value)
  if (session !== null) tx.put(orderSpaces.bySession, `${session}/${key}`, value)
}

export function putOrder(tx: StateTx, order: Order): void {
  putRow(tx, orderRows, order.id, order)
}

interface List {
  readonly space: string
  /** What keys of this list begin with. */
  readonly of: string
}

function ordersIn(view: StateView, { space, of }: List, { before, limit }: PageAsked): OrderPage {
  const wanted = Math.max(1, Math.min(limit, orderLimits.ordersPerPageMax))
  const from = `${of}${before === null ? '' : newestFirstKey(before - 1)}`
  const rows = view.scan(space, { from, limit: wanted + 1 }).filter(({ key }) => key.startsWith(of))
  const orders = rows.slice(0, wanted).map(({ value }) => {
    const id = decode(indexRows, value)
    const order = id === null ? null : orderById(view, id)
    assert(order !== null, `a list of ${space} names orders that are there`)
    return order
  })
  return { orders, next: rows.length > wanted ? (orders.at(-1)?.number ?? null) : null }
}
