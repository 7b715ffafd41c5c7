import { assert } from '#kit/assert'
import type { StateTx, StateView } from '#kit/state-machine'
import { refusalFields, soldLine, wantedLine } from '../catalogue/parts.ts'
import { count, decode, encode, type Field, listOf, oneOf, orNull, record, text } from '../fields.ts'
import type { OrderId } from '../messages.ts'
import {
  type Customer,
  type Order,
  type OrderStep,
  orderStates,
  type Placing,
  type Refusal,
} from '../order-messages.ts'

/** Where what stands on the disk of the orders node. */
export const orderSpaces = {
  head: 'orders-head',
  /** By id. */
  orders: 'orders',
  /** What is not an order yet, and may never be one. */
  attempts: 'order-attempts',
  /** Orders for which the catalogue still has something to do: what a start looks for. */
  owing: 'orders-owing',
  keys: 'order-keys',
  /** Keys of refusals, in the order in which they are forgotten. */
  refusals: 'order-refusals',
  /** Numbers downwards, so that the newest is found first. */
  numbers: 'order-numbers',
  byPhone: 'orders-by-phone',
  bySession: 'orders-by-session',
} as const

export interface OrdersHead {
  readonly orders: number
  readonly refusalsFirst: number
  readonly refusalsNext: number
}

export interface Attempt {
  readonly placing: Placing
  /** `undoing`: it will never be an order, and the catalogue has to be told. */
  readonly stage: 'reserving' | 'undoing'
}

/** Whose key it is. `body`: what was asked for under it. */
export interface KeyRecord {
  readonly order: OrderId
  readonly body: string
  readonly refusal: Refusal | null
}

export interface RefusalRecord {
  readonly key: string
  readonly untilMs: number
}

interface Rows<Row> {
  readonly space: string
  readonly field: Field<Row>
}

const customer = record<Customer>({ name: text, phone: text, pickupName: text, pickupDate: text, message: text })
const refusal = orNull(record<Refusal>(refusalFields))

const placing = record<Placing>({
  order: text,
  key: orNull(text),
  body: text,
  session: orNull(text),
  customer,
  lines: listOf(wantedLine),
  totalCents: orNull(count),
})

const headRows: Rows<OrdersHead> = {
  space: orderSpaces.head,
  field: record<OrdersHead>({ orders: count, refusalsFirst: count, refusalsNext: count }),
}

export const attemptRows: Rows<Attempt> = {
  space: orderSpaces.attempts,
  field: record<Attempt>({ stage: oneOf(['reserving', 'undoing']), placing }),
}

export const orderRows: Rows<Order> = {
  space: orderSpaces.orders,
  field: record<Order>({
    id: text,
    number: count,
    state: oneOf(orderStates),
    owes: orNull(oneOf(['confirm', 'give-back'])),
    key: orNull(text),
    session: orNull(text),
    customer,
    lines: listOf(soldLine),
    totalCents: count,
    createdAtMs: count,
    updatedAtMs: count,
    pickedUpAtMs: orNull(count),
    refusal,
    history: listOf(record<OrderStep>({ state: oneOf(orderStates), atMs: count, by: text })),
  }),
}

export const keyRows: Rows<KeyRecord> = {
  space: orderSpaces.keys,
  field: record<KeyRecord>({ order: text, body: text, refusal }),
}

export const refusalRows: Rows<RefusalRecord> = {
  space: orderSpaces.refusals,
  field: record<RefusalRecord>({ key: text, untilMs: count }),
}

export const owingRows: Rows<'confirm' | 'give-back'> = {
  space: orderSpaces.owing,
  field: oneOf(['confirm', 'give-back']),
}

export const indexRows: Field<OrderId> = text

export function getRow<Row>(view: StateView, { space, field }: Rows<Row>, key: string): Row | null {
  const bytes = view.get(space, key)
  return bytes === null ? null : sound(decode(field, bytes), space)
}

export function allRows<Row>(view: StateView, { space, field }: Rows<Row>): readonly (readonly [string, Row])[] {
  return view.scan(space).map(({ key, value }) => [key, sound(decode(field, value), space)])
}

export function putRow<Row>(tx: StateTx, { space, field }: Rows<Row>, ...[key, row]: readonly [string, Row]): void {
  tx.put(space, key, encode(field, row, 256))
}

export function readOrdersHead(view: StateView): OrdersHead {
  return getRow(view, headRows, 'head') ?? { orders: 0, refusalsFirst: 1, refusalsNext: 1 }
}

export function writeOrdersHead(tx: StateTx, head: OrdersHead): void {
  putRow(tx, headRows, 'head', head)
}

export function numberKey(number: number): string {
  return String(number).padStart(12, '0')
}

/** So that the newest stands first. */
export function newestFirstKey(number: number): string {
  return numberKey(999_999_999_999 - number)
}

/** However it was written: digits alone, if there are any. */
export function phoneKey(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  return digits === '' ? phone.trim().toLowerCase() : digits
}

function sound<Row>(row: Row | null, space: string): Row {
  assert(row !== null, `a row of ${space} can be read`)
  return row
}
