import { assert } from '#kit/assert'
import { type RowKind, readRow } from '#kit/row-cache'
import type { StateView } from '#kit/state-machine'
import { count, decode, encode, type Field, flag, listOf, oneOf, orNull, record, text, whole } from '../fields.ts'
import {
  type CatalogueOutcome,
  type Category,
  type Movement,
  movementKinds,
  type Product,
  type Reservation,
  reservationStates,
} from '../messages.ts'
import { refusalFields, soldLine } from './parts.ts'

/** Where what stands in the replicated state. */
export const spaces = {
  /** The head. */
  shop: 'shop',
  categories: 'categories',
  /** What is said of a product, which rarely changes. */
  products: 'products',
  /** What there is of it, which often does. */
  stock: 'stock',
  ledger: 'ledger',
  /** By order; kept for ever, so that nothing happens to an order twice. */
  reservations: 'reservations',
  /** Orders in the order in which their reservations will be over; also some that have ended otherwise. */
  due: 'due',
  /** What came of deeds of the staff, by their ids; kept for ever. */
  deeds: 'deeds',
} as const

/** What a command begins from. */
export interface Head {
  readonly categories: number
  readonly products: number
  readonly movements: number
  readonly live: number
  /** Of the rows `due`: the first that is there, and the next that will be. */
  readonly dueFirst: number
  readonly dueNext: number
  /** The entry that last changed what is said of products: of one log, it tells one set of them from another. */
  readonly factsIndex: number
}

export const emptyHead: Head = {
  categories: 0,
  products: 0,
  movements: 0,
  live: 0,
  dueFirst: 1,
  dueNext: 1,
  factsIndex: 0,
}

const headKey = 'head'

const headRows = rowsIn(
  spaces.shop,
  record<Head>({
    categories: count,
    products: count,
    movements: count,
    live: count,
    dueFirst: count,
    dueNext: count,
    factsIndex: count,
  }),
)

/** null: nobody has written anything here yet. */
export function readHead(state: StateView): Head | null {
  return readRow(state, headRows, headKey)
}

export function headRow(head: Head): { readonly space: string; readonly key: string; readonly value: Uint8Array } {
  return { space: headRows.space, key: headKey, value: headRows.encode(head) }
}

export type ProductFacts = Omit<Product, 'onHand' | 'reserved' | 'version' | 'categoryName'>

export interface StockRecord {
  readonly onHand: number
  readonly reserved: number
  readonly lastMovement: number
  readonly version: number
}

export interface ReservationRecord extends Omit<Reservation, 'order'> {
  /** Of `refused`: why, for whoever asks again. */
  readonly refusal: Extract<CatalogueOutcome, { readonly kind: 'refused' }> | null
}

export interface DueRecord {
  readonly order: string
  readonly expiresAtMs: number
}

/** What came of a deed of the staff. `sum`: of the deed, so that its id is not used for another. */
export interface DeedRecord {
  readonly sum: number
  readonly product: number | null
  readonly category: number | null
  readonly refusal: Extract<CatalogueOutcome, { readonly kind: 'refused' }> | null
}

/** A kind of row that is also a field: within something larger it stands as it does alone. */
interface FieldRows<Row> extends RowKind<Row> {
  readonly field: Field<Row>
}

function rowsIn<Row>(space: string, field: Field<Row>, expectedBytes = 96): FieldRows<Row> {
  return {
    space,
    field,
    encode: (row) => encode(field, row, expectedBytes),
    decode: (bytes) => {
      const row = decode(field, bytes)
      assert(row !== null, `a row of ${space} can be read`)
      return row
    },
  }
}

const refusal = orNull(
  record<Extract<CatalogueOutcome, { readonly kind: 'refused' }>>({ kind: oneOf(['refused']), ...refusalFields }),
)

export const categoryRows = rowsIn(spaces.categories, record<Category>({ id: count, name: text, createdAtMs: count }))

export const productRows = rowsIn(
  spaces.products,
  record<ProductFacts>({
    id: count,
    name: text,
    description: text,
    priceCents: count,
    category: count,
    photo: text,
    isActive: flag,
    createdAtMs: count,
    updatedAtMs: count,
  }),
)

export const stockRows = rowsIn(
  spaces.stock,
  record<StockRecord>({ onHand: count, reserved: count, lastMovement: count, version: count }),
)

export const movementRows = rowsIn(
  spaces.ledger,
  record<Movement>({
    number: count,
    product: count,
    kind: oneOf(movementKinds),
    onHandChange: whole,
    reservedChange: whole,
    onHand: count,
    reserved: count,
    order: orNull(text),
    by: text,
    why: text,
    atMs: count,
    logIndex: count,
    previous: count,
  }),
  160,
)

export const reservationRows = rowsIn(
  spaces.reservations,
  record<ReservationRecord>({
    state: oneOf(reservationStates),
    lines: listOf(soldLine),
    reservedAtMs: count,
    expiresAtMs: count,
    refusal,
  }),
)

export const dueRows = rowsIn(spaces.due, record<DueRecord>({ order: text, expiresAtMs: count }))

export const deedRows = rowsIn(
  spaces.deeds,
  record<DeedRecord>({ sum: count, product: orNull(count), category: orNull(count), refusal }),
)

/** So that rows stand in the order of their numbers. */
export function rowKey(number: number): string {
  return String(number).padStart(12, '0')
}
