import { unreachable } from '#kit/assert'
import { shopLimits } from '../limits.ts'
import type {
  CatalogueOutcome,
  CatalogueRefusal,
  CatalogueResult,
  OrderDeed,
  OrderId,
  ReservationState,
  ShortLine,
  SoldLine,
  WantedLine,
} from '../messages.ts'
import type { Book } from './book.ts'
import { done, doneBefore, type RefusedOutcome, refused } from './outcomes.ts'
import { type ReservationRecord, rowKey } from './rows.ts'

type Reserve = Extract<OrderDeed, { readonly kind: 'reserve' }>

/** What happens to an order at the catalogue: SPEC.md has the table. */
export function actOnOrder(book: Book, deed: OrderDeed): CatalogueOutcome {
  if (!orderPattern.test(deed.order)) return refused('malformed')
  switch (deed.kind) {
    case 'reserve':
      return reserve(book, deed)
    case 'confirm':
      return confirm(book, deed.order)
    case 'release':
      return release(book, deed.order)
    case 'give-back':
      return giveBack(book, deed.order)
    default:
      return unreachable(deed)
  }
}

/** Reservations whose time is over give back what they kept. Gives how many there were. */
export function expireDue(book: Book): number {
  const { head, entry } = book
  let expired = 0
  for (let looked = 0; looked < shopLimits.expiriesPerCommandMax && head.dueFirst < head.dueNext; looked += 1) {
    const key = rowKey(head.dueFirst)
    const due = book.due.get(key)
    const reservation = due === null ? null : book.reservations.get(due.order)
    if (due !== null && reservation?.state === 'live') {
      if (reservation.expiresAtMs > entry.atMs) break
      expire(book, due.order, reservation)
      expired += 1
    }
    book.due.set(key, null)
    head.dueFirst += 1
  }
  return expired
}

const orderPattern = new RegExp(`^[0-9a-z-]{1,${shopLimits.orderIdCharsMax}}$`)

function reserve(book: Book, deed: Reserve): CatalogueOutcome {
  const known = book.reservations.get(deed.order)
  if (known !== null) return reservedBefore(known)
  if (!areLines(deed.lines)) return refused('malformed')
  const refusal = refusalOf(book, deed)
  const { atMs } = book.entry
  if (refusal !== null) {
    // Kept, so that the same reservation, come late, does not happen after somebody was told that it did not.
    book.reservations.set(deed.order, { ...none, state: 'refused', reservedAtMs: atMs, refusal })
    return refusal
  }
  const lines = deed.lines.map((line) => soldLineOf(book, line))
  const expiresAtMs = atMs + shopLimits.reservationMs
  move(book, { order: deed.order, lines, kind: 'reserved', onHand: 0, reserved: 1 })
  book.reservations.set(deed.order, { state: 'live', lines, reservedAtMs: atMs, expiresAtMs, refusal: null })
  book.head.live += 1
  book.queue({ order: deed.order, expiresAtMs })
  return done(reservedResult(lines, expiresAtMs))
}

function reservedBefore({ state, lines, expiresAtMs, refusal }: ReservationRecord): CatalogueOutcome {
  if (refusal !== null) return refusal
  if (state === 'released' || state === 'given-back') return refused('ended')
  return doneBefore(reservedResult(lines, expiresAtMs))
}

function confirm(book: Book, order: OrderId): CatalogueOutcome {
  const known = present(book, order)
  switch (known?.state) {
    case undefined:
      return refused('unknown-order')
    case 'live':
      move(book, { order, lines: known.lines, kind: 'sold', onHand: -1, reserved: -1 })
      book.head.live -= 1
      return end(book, order, known, 'sold', { kind: 'confirmed' })
    case 'expired':
      return confirmExpired(book, order, known)
    case 'sold':
      return doneBefore({ kind: 'confirmed' })
    case 'released':
    case 'given-back':
      return refused('ended')
    case 'refused':
      return known.refusal ?? refused('ended')
  }
}

/** Whoever came in between had the right to it. What is refused here is refused for ever. */
function confirmExpired(book: Book, order: OrderId, known: ReservationRecord): CatalogueOutcome {
  const short = known.lines
    .filter(({ product, quantity }) => book.available(product) < quantity)
    .map(({ product, quantity }) => shortLineOf(book, product, quantity))
  if (short.length > 0) {
    const refusal = refused('out-of-stock', short)
    book.reservations.set(order, { ...known, state: 'refused', refusal })
    return refusal
  }
  move(book, { order, lines: known.lines, kind: 'sold', onHand: -1, reserved: 0 })
  return end(book, order, known, 'sold', { kind: 'confirmed' })
}

function release(book: Book, order: OrderId): CatalogueOutcome {
  const known = present(book, order)
  const result = { kind: 'released' } as const
  switch (known?.state) {
    case undefined:
      return end(book, order, { ...none, reservedAtMs: book.entry.atMs }, 'released', result)
    case 'live':
      move(book, { order, lines: known.lines, kind: 'released', onHand: 0, reserved: -1 })
      book.head.live -= 1
      return end(book, order, known, 'released', result)
    case 'expired':
      return end(book, order, known, 'released', result)
    case 'sold':
      return refused('sold')
    case 'released':
    case 'given-back':
    case 'refused':
      return doneBefore(result)
  }
}

function giveBack(book: Book, order: OrderId): CatalogueOutcome {
  const known = present(book, order)
  switch (known?.state) {
    case undefined:
    case 'live':
    case 'expired':
      return refused('unknown-order')
    case 'sold':
      move(book, { order, lines: known.lines, kind: 'given-back', onHand: 1, reserved: 0 })
      return end(book, order, known, 'given-back', { kind: 'given-back' })
    case 'given-back':
      return doneBefore({ kind: 'given-back' })
    case 'released':
    case 'refused':
      return refused('ended')
  }
}

/** As it is now: one whose time is over is not live, also if its turn in the queue has not come. */
function present(book: Book, order: OrderId): ReservationRecord | null {
  const known = book.reservations.get(order)
  if (known?.state !== 'live' || known.expiresAtMs > book.entry.atMs) return known
  return expire(book, order, known)
}

function expire(book: Book, order: OrderId, known: ReservationRecord): ReservationRecord {
  const over: ReservationRecord = { ...known, state: 'expired' }
  move(book, { order, lines: known.lines, kind: 'expired', onHand: 0, reserved: -1 })
  book.reservations.set(order, over)
  book.head.live -= 1
  return over
}

interface LinesMoved {
  readonly order: OrderId
  readonly lines: readonly SoldLine[]
  readonly kind: 'reserved' | 'sold' | 'released' | 'expired' | 'given-back'
  /** Which way the quantities count. */
  readonly onHand: -1 | 0 | 1
  readonly reserved: -1 | 0 | 1
}

function move(book: Book, { order, lines, kind, onHand, reserved }: LinesMoved): void {
  for (const { product, quantity } of lines)
    book.move(product, { kind, onHandChange: onHand * quantity, reservedChange: reserved * quantity, order })
}

function end(
  book: Book,
  order: OrderId,
  ...[known, state, result]: readonly [ReservationRecord, ReservationState, CatalogueResult]
): CatalogueOutcome {
  book.reservations.set(order, { ...known, state })
  return done(result)
}

/** A product stands in one line: two would each see what the other takes. */
function areLines(lines: readonly WantedLine[]): boolean {
  if (lines.length === 0 || lines.length > shopLimits.linesPerOrderMax) return false
  if (new Set(lines.map(({ product }) => product)).size < lines.length) return false
  return lines.every(({ quantity }) => quantity > 0 && quantity <= shopLimits.quantityMax)
}

/** What is not there weighs more than what is short, and that more than what costs something else. */
function refusalOf(book: Book, { lines, totalCents }: Reserve): RefusedOutcome | null {
  const faults = lines.map((line) => ({ line, fault: faultOf(book, line) }))
  const worst = (['unknown-product', 'out-of-stock', 'price-changed'] as const).find((why) =>
    faults.some(({ fault }) => fault === why),
  )
  const shortOf = ({ product, quantity }: WantedLine) => shortLineOf(book, product, quantity)
  if (worst !== undefined)
    return refused(
      worst,
      faults.filter(({ fault }) => fault !== null).map(({ line }) => shortOf(line)),
    )
  const sum = sumOf(lines.map((line) => soldLineOf(book, line)))
  return totalCents === null || totalCents === sum ? null : refused('price-changed', lines.map(shortOf))
}

function faultOf(book: Book, { product, quantity, priceCents }: WantedLine): CatalogueRefusal | null {
  const facts = book.facts(product)
  if (facts === null || !facts.isActive) return 'unknown-product'
  if (book.available(product) < quantity) return 'out-of-stock'
  return priceCents === null || priceCents === facts.priceCents ? null : 'price-changed'
}

function shortLineOf(book: Book, product: number, wanted: number): ShortLine {
  const facts = book.facts(product)
  if (facts === null || !facts.isActive) return { product, wanted, available: null, priceCents: null }
  return { product, wanted, available: book.available(product), priceCents: facts.priceCents }
}

function soldLineOf(book: Book, { product, quantity }: WantedLine): SoldLine {
  const { name, priceCents } = book.product(product)
  return { product, name, quantity, priceCents }
}

function reservedResult(lines: readonly SoldLine[], expiresAtMs: number): CatalogueResult {
  return { kind: 'reserved', lines, totalCents: sumOf(lines), expiresAtMs }
}

function sumOf(lines: readonly SoldLine[]): number {
  return lines.reduce((sum, { quantity, priceCents }) => sum + quantity * priceCents, 0)
}

const none: ReservationRecord = { state: 'released', lines: [], reservedAtMs: 0, expiresAtMs: 0, refusal: null }
