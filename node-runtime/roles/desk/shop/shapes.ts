import type { ReadChoice, ShopServiceFacts } from '#contract/worker/shop'
import { readChoices } from '#contract/worker/shop'
import {
  type LedgerRow,
  movementNames,
  type OrderStateName,
  orderStateNames,
  type ReservationPage,
  type ShopCartItem,
  type ShopCategory,
  type ShopOrder,
  type ShopProduct,
} from '#contract/worker/shop-shapes'
import { countOf, fieldOf, listOf, nodeOf, textOf } from '../json-values.ts'

/** What the shop says in JSON, as far as the desk reads it. Each of these is null for what does not fit. */
export const shapeLimits = {
  textCharsMax: 4_000,
  rowsMax: 2_000,
  linesMax: 200,
  historyMax: 100,
  sessionCharsMax: 128,
} as const

const text = (value: unknown): string | null => textOf(value, shapeLimits.textCharsMax)

/** Like `countOf`, and may be below zero. */
function wholeOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null
}

function oneOf<Name extends string>(value: unknown, names: readonly Name[]): Name | null {
  return names.find((name) => name === value) ?? null
}

/** All of them, or null where one is missing. */
function whole<Fields extends object>(
  fields: Fields,
): { readonly [Name in keyof Fields]: NonNullable<Fields[Name]> } | null {
  const isWhole = Object.values(fields).every((value) => value !== null && value !== undefined)
  return isWhole ? (fields as { readonly [Name in keyof Fields]: NonNullable<Fields[Name]> }) : null // just looked at
}

/** Money of the dialect is a float of the whole unit. */
export function centsIn(value: unknown): number | null {
  return typeof value === 'number' ? countOf(Math.round(value * 100)) : null
}

export function categoryIn(value: unknown): ShopCategory | null {
  return whole({ id: countOf(fieldOf(value, 'id')), name: text(fieldOf(value, 'nome')) })
}

export function productIn(value: unknown): ShopProduct | null {
  const of = (name: string): unknown => fieldOf(value, name)
  const isActive = of('isActive')
  return whole({
    id: countOf(of('id')),
    name: text(of('name')),
    description: text(of('description')),
    priceCents: countOf(of('priceCents')),
    category: countOf(of('category')),
    categoryName: text(of('categoryName')),
    photo: text(of('photo')),
    isActive: typeof isActive === 'boolean' ? isActive : null,
    onHand: countOf(of('onHand')),
    reserved: countOf(of('reserved')),
    available: countOf(of('available')),
    updatedAtMs: countOf(of('updatedAtMs')),
  })
}

export function pageIn<Row>(value: unknown, read: (row: unknown) => Row | null) {
  const rows = listOf(fieldOf(value, 'data'), read, shapeLimits.rowsMax)
  return rows === null ? null : { rows, next: countOf(fieldOf(value, 'next')) }
}

export interface CartFacts {
  readonly session: string
  readonly items: readonly ShopCartItem[]
  readonly totalCents: number
  readonly isCatalogueAway: boolean
}

/** `data` of a cart of the dialect, which says why something has no price in a sentence for people: that stands beside it. */
export function cartIn(value: unknown, isCatalogueAway: boolean): CartFacts | null {
  return whole({
    session: textOf(fieldOf(value, 'session_id'), shapeLimits.sessionCharsMax),
    items: listOf(fieldOf(value, 'itens'), (item) => cartItemIn(item, isCatalogueAway), shapeLimits.rowsMax),
    totalCents: centsIn(fieldOf(value, 'valor_total')),
    isCatalogueAway,
  })
}

function cartItemIn(value: unknown, isCatalogueAway: boolean): ShopCartItem | null {
  const of = (name: string): unknown => fieldOf(value, name)
  const shown = of('produto')
  const quantity = countOf(of('quantidade'))
  const product = countOf(of('produto_id'))
  if (quantity === null || product === null) return null
  const priceCents = centsIn(fieldOf(shown, 'preco'))
  const available = countOf(fieldOf(shown, 'estoque'))
  const isSold = fieldOf(shown, 'ativo') === true
  return {
    ...{ product, quantity, priceCents, available },
    name: text(fieldOf(shown, 'nome')),
    photo: text(fieldOf(shown, 'foto_url')),
    subtotalCents: centsIn(of('subtotal')),
    problem: problemOf({
      isPriced: priceCents !== null,
      isSold,
      isCatalogueAway,
      isShort: (available ?? 0) < quantity,
    }),
  }
}

function problemOf({ isPriced, isSold, isCatalogueAway, isShort }: Readonly<Record<string, boolean>>) {
  if (!isPriced) return isCatalogueAway ? 'unpriced' : 'not-sold'
  if (!isSold) return 'not-sold'
  return isShort ? 'short' : null
}

/** An order in our own words. Of its receipt the shop knows nothing. */
export function orderIn(value: unknown): Omit<ShopOrder, 'receipt'> | null {
  const of = (name: string): unknown => fieldOf(value, name)
  const customer = of('customer')
  const owes = oneOf(of('owes'), ['confirm', 'give-back'] as const)
  const read = whole({
    id: text(of('id')),
    number: countOf(of('number')),
    state: oneOf(of('state'), orderStateNames),
    name: text(fieldOf(customer, 'name')),
    phone: text(fieldOf(customer, 'phone')),
    pickupName: text(fieldOf(customer, 'pickupName')),
    pickupDate: text(fieldOf(customer, 'pickupDate')),
    message: text(fieldOf(customer, 'message')),
    lines: listOf(of('lines'), lineIn, shapeLimits.linesMax),
    totalCents: countOf(of('totalCents')),
    createdAtMs: countOf(of('createdAtMs')),
    updatedAtMs: countOf(of('updatedAtMs')),
    history: listOf(of('history'), stepIn, shapeLimits.historyMax),
  })
  return read === null ? null : { ...read, owes, pickedUpAtMs: countOf(of('pickedUpAtMs')) }
}

function lineIn(value: unknown) {
  return whole({
    product: countOf(fieldOf(value, 'product')),
    name: text(fieldOf(value, 'name')),
    quantity: countOf(fieldOf(value, 'quantity')),
    priceCents: countOf(fieldOf(value, 'priceCents')),
  })
}

function stepIn(value: unknown) {
  return whole({
    state: oneOf<OrderStateName>(fieldOf(value, 'state'), orderStateNames),
    atMs: countOf(fieldOf(value, 'atMs')),
    by: text(fieldOf(value, 'by')),
  })
}

export function movementIn(value: unknown): LedgerRow | null {
  const of = (name: string): unknown => fieldOf(value, name)
  const read = whole({
    number: countOf(of('number')),
    product: countOf(of('product')),
    kind: oneOf(of('kind'), movementNames),
    onHandChange: wholeOf(of('onHandChange')),
    reservedChange: wholeOf(of('reservedChange')),
    onHand: wholeOf(of('onHand')),
    reserved: wholeOf(of('reserved')),
    available: wholeOf(of('available')),
    by: text(of('by')),
    why: text(of('why')),
    atMs: countOf(of('atMs')),
    logIndex: countOf(of('logIndex')),
    previous: countOf(of('previous')),
  })
  return read === null ? null : { ...read, order: text(of('order')) }
}

export function reservationIn(value: unknown): ReservationPage['reservations'][number] | null {
  return whole({
    order: text(fieldOf(value, 'order')),
    lines: listOf(fieldOf(value, 'lines'), lineIn, shapeLimits.linesMax),
    reservedAtMs: countOf(fieldOf(value, 'reservedAtMs')),
    expiresAtMs: countOf(fieldOf(value, 'expiresAtMs')),
  })
}

export function serviceIn(value: unknown): ShopServiceFacts | null {
  const of = (name: string): unknown => fieldOf(value, name)
  const nodeId = nodeOf(of('nodeId'))
  if (nodeId === null) return null
  return {
    nodeId,
    isLive: of('isLive') === true,
    isPrimary: of('isPrimary') === true,
    isLearner: of('isLearner') === true,
    position: countOf(of('position')),
    answeredInMs: roundedOf(of('answeredInMs')),
    heardMsAgo: roundedOf(of('heardMsAgo')),
  }
}

/** Times are measured finer than they are shown. */
function roundedOf(value: unknown): number | null {
  return countOf(typeof value === 'number' ? Math.round(value) : value)
}

export function choiceIn(value: unknown): ReadChoice | null {
  return oneOf(value, readChoices)
}
