import { assert, unreachable } from '#kit/assert'
import { readRow } from '#kit/row-cache'
import type { StateView } from '#kit/state-machine'
import { decode } from '../fields.ts'
import { shopLimits } from '../limits.ts'
import type { CatalogueAnswers, CatalogueQuery, Movement, OrderId, Product, Reservation } from '../messages.ts'
import { encodeCatalogueQueryAnswer } from './codecs.ts'
import { asSearched, type FactsMemo, type KnownProduct } from './facts-memo.ts'
import { dueRows, emptyHead, type Head, movementRows, readHead, reservationRows, rowKey, stockRows } from './rows.ts'

type Asked<Kind> = Extract<CatalogueQuery, { readonly kind: Kind }>

export function answerQuery(state: StateView, query: CatalogueQuery, memo: FactsMemo): Uint8Array {
  const founded = readHead(state)
  const head = founded ?? emptyHead
  memo.follow(state, head)
  const { kind } = query
  switch (kind) {
    case 'status':
      return encodeCatalogueQueryAnswer(kind, statusOf(state, head, founded !== null))
    case 'categories':
      return encodeCatalogueQueryAnswer(kind, { categories: memo.categories })
    case 'product':
      return encodeCatalogueQueryAnswer(kind, { product: productOf(state, memo.product(state, query.product)) })
    case 'products-by-id': {
      const products = query.products.map((id) => productOf(state, memo.product(state, id)))
      return encodeCatalogueQueryAnswer(kind, { products })
    }
    case 'products':
      return encodeCatalogueQueryAnswer(kind, productsOf(state, query, { memo, head }))
    case 'reservation':
      return encodeCatalogueQueryAnswer(kind, { reservation: reservationOf(state, query.order) })
    case 'reservations':
      return encodeCatalogueQueryAnswer(kind, liveOf(state, query, head))
    case 'ledger':
      return encodeCatalogueQueryAnswer(kind, ledgerOf(state, query, head))
    case 'movements':
      return encodeCatalogueQueryAnswer(kind, movementsOf(state, query))
    default:
      return unreachable(query)
  }
}

function statusOf(state: StateView, head: Head, isFounded: boolean): CatalogueAnswers['status'] {
  const { products, categories, movements, live: liveReservations } = head
  const next = head.live === 0 ? null : readRow(state, dueRows, rowKey(head.dueFirst))
  return { isFounded, products, categories, movements, liveReservations, nextExpiryMs: next?.expiresAtMs ?? null }
}

function productOf(state: StateView, known: KnownProduct | null): Product | null {
  if (known === null) return null
  const { facts, categoryName } = known
  const stock = readRow(state, stockRows, rowKey(facts.id))
  assert(stock !== null, `there is a stock of product ${facts.id}`)
  const { onHand, reserved, version } = stock
  return { ...facts, categoryName, onHand, reserved, version }
}

interface Shelf {
  readonly memo: FactsMemo
  readonly head: Head
}

function productsOf(state: StateView, asked: Asked<'products'>, { memo, head }: Shelf): CatalogueAnswers['products'] {
  const text = asSearched(asked.text.slice(0, shopLimits.searchCharsMax))
  const page = new Page<Product>(asked.limit)
  for (let at = asked.after; at < head.products; at += 1) {
    const known = memo.product(state, at + 1)
    if (known === null || !isMeant(known, asked, text)) continue
    const product = productOf(state, known)
    if (product === null || (asked.isInStock && product.onHand <= product.reserved)) continue
    if (!page.add(product, 200 + product.name.length + 2 * product.description.length))
      return { products: page.rows, next: at }
  }
  return { products: page.rows, next: null }
}

function isMeant(known: KnownProduct, asked: Asked<'products'>, text: string): boolean {
  const { facts } = known
  if (!facts.isActive && !asked.isAll) return false
  if (asked.category !== null && facts.category !== asked.category) return false
  if (asked.priceCentsMax !== null && facts.priceCents > asked.priceCentsMax) return false
  return text === '' || known.searched.includes(text)
}

function reservationOf(state: StateView, order: OrderId): Reservation | null {
  const row = readRow(state, reservationRows, order)
  if (row === null) return null
  const { refusal: _, ...rest } = row
  return { order, ...rest }
}

/** So many rows of the queue are looked at for a page; many of them may have ended otherwise. */
const queueRowsMax = 2_000

function liveOf(
  state: StateView,
  { after, limit }: Asked<'reservations'>,
  head: Head,
): CatalogueAnswers['reservations'] {
  const from = Math.max(after + 1, head.dueFirst)
  const page = new Page<Reservation>(limit)
  const rows = state.scan(dueRows.space, { from: rowKey(from), limit: queueRowsMax })
  for (const { key, value } of rows) {
    const order = decode(dueRows.field, value)?.order ?? ''
    const reservation = reservationOf(state, order)
    if (reservation?.state !== 'live') continue
    if (!page.add(reservation, 100 + 80 * reservation.lines.length))
      return { reservations: page.rows, next: Number(key) - 1 }
  }
  return { reservations: page.rows, next: rows.length < queueRowsMax ? null : from + queueRowsMax - 1 }
}

function ledgerOf(state: StateView, asked: Asked<'ledger'>, head: Head): CatalogueAnswers['ledger'] {
  const isUp = asked.order === 'up'
  const page = new Page<Movement>(asked.limit)
  const first = isUp
    ? Math.max(1, asked.from)
    : Math.min(asked.from === 0 ? head.movements : asked.from, head.movements)
  for (let number = first; number >= 1 && number <= head.movements; number += isUp ? 1 : -1) {
    if (!page.add(movementAt(state, number), movementBytes)) return { movements: page.rows, next: number }
  }
  return { movements: page.rows, next: null }
}

function movementsOf(state: StateView, asked: Asked<'movements'>): CatalogueAnswers['movements'] {
  const page = new Page<Movement>(asked.limit)
  const stock = readRow(state, stockRows, rowKey(asked.product))
  let number = asked.from === 0 ? (stock?.lastMovement ?? 0) : Math.min(asked.from, stock?.lastMovement ?? 0)
  while (number > 0) {
    const movement = movementAt(state, number)
    // Somebody else's number leads nowhere.
    if (movement.product !== asked.product) break
    if (!page.add(movement, movementBytes)) return { movements: page.rows, next: number }
    number = movement.previous
  }
  return { movements: page.rows, next: null }
}

const movementBytes = 400

function movementAt(state: StateView, number: number): Movement {
  const movement = readRow(state, movementRows, rowKey(number))
  assert(movement !== null, `there is a movement ${number}`)
  return movement
}

/** Ends at a limit of rows or of bytes; one row always fits. */
class Page<Row> {
  readonly rows: Row[] = []
  readonly #limit: number
  #bytes = 0

  constructor(limit: number) {
    this.#limit = Math.max(1, Math.min(limit, shopLimits.rowsPerPageMax))
  }

  /** False: it belongs on the next one. */
  add(row: Row, bytes: number): boolean {
    const isFull = this.rows.length >= this.#limit || this.#bytes + bytes > shopLimits.answerBytesMax
    if (isFull && this.rows.length > 0) return false
    this.rows.push(row)
    this.#bytes += bytes
    return true
  }
}
