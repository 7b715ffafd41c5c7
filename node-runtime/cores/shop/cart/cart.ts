import { assert, unreachable } from '#kit/assert'
import type { StateTx, StateView } from '#kit/state-machine'
import type {
  Cart,
  CartAnswer,
  CartInput,
  CartItem,
  CartRefusal,
  Offer,
  PricedCart,
  PricedItem,
} from '../cart-messages.ts'
import { count, decode, encode, listOf, orNull, record, text } from '../fields.ts'
import { cartLimits } from '../limits.ts'
import type { ProductId } from '../messages.ts'

export interface CartAt {
  readonly tx: StateTx
  readonly atMs: number
}

type ItemInput = Extract<CartInput, { readonly kind: 'add' | 'change' }>

/** What somebody does with a cart. Answered when it is on the disk. */
export function cartStep(input: CartInput, at: CartAt): CartAnswer {
  if (input.kind === 'sweep') return sweep(at)
  if (!sessionPattern.test(input.session)) return refused('malformed')
  switch (input.kind) {
    case 'open':
      return open(at, input.session)
    case 'add':
    case 'change':
      return put(at, input)
    case 'remove':
      return remove(at, input)
    case 'clear':
      return clear(at, input.session)
    default:
      return unreachable(input)
  }
}

/** A session that is not there, or over, is an empty cart. */
export function readCart(view: StateView, session: string, atMs: number): Cart {
  const known = sessionPattern.test(session) ? storedCart(view, session) : null
  if (known !== null && known.expiresAtMs > atMs) return known
  const now = Math.floor(atMs)
  return { session, createdAtMs: now, updatedAtMs: null, expiresAtMs: now + cartLimits.sessionMs, items: [] }
}

/** `offers`: what the catalogue says of each product in it. What is missing there nobody was asked for. */
export function pricedCart(cart: Cart, offers: ReadonlyMap<ProductId, Offer>): PricedCart {
  const items = cart.items.map((item) => priced(item, offers.get(item.product) ?? { kind: 'away' }))
  const totalCents = items.reduce((sum, { subtotalCents }) => sum + (subtotalCents ?? 0), 0)
  return { cart, items, totalCents, isWhole: items.every(({ subtotalCents }) => subtotalCents !== null) }
}

export const cartSpaces = {
  head: 'carts-head',
  sessions: 'carts',
} as const

const sessionPattern = new RegExp(`^[0-9A-Za-z_-]{1,${cartLimits.sessionCharsMax}}$`)

const cartField = record<Cart>({
  session: text,
  createdAtMs: count,
  updatedAtMs: orNull(count),
  expiresAtMs: count,
  items: listOf(record<CartItem>({ product: count, quantity: count, addedAtMs: count })),
})

/** How many sessions there are, and where the sweep goes on. */
interface CartsHead {
  readonly sessions: number
  readonly sweptUpTo: string
}

const headField = record<CartsHead>({ sessions: count, sweptUpTo: text })

/** As the original: whoever begins a session has touched it. */
function open(at: CartAt, session: string): CartAnswer {
  const cart = readCart(at.tx, session, at.atMs)
  return kept(at, touched(cart, cart.items, at.atMs))
}

function put(at: CartAt, input: ItemInput): CartAnswer {
  const { kind, session, product, quantity, offer } = input
  if (quantity < 1 || quantity > cartLimits.quantityMax) return refused('malformed')
  const cart = readCart(at.tx, session, at.atMs)
  const item = cart.items.find((it) => it.product === product)
  if (kind === 'change' && item === undefined) return refused('not-in-cart')
  if (offer.kind === 'away') return refused('catalogue-away')
  const available = availableOf(offer)
  if (available < quantity) return refused('unavailable')
  const wanted = quantity + (kind === 'add' ? (item?.quantity ?? 0) : 0)
  if (wanted > available) return refused('over-stock')
  if (item === undefined && cart.items.length >= cartLimits.itemsMax) return refused('too-many')
  const addedAtMs = item?.addedAtMs ?? Math.floor(at.atMs)
  const changed = { product, quantity: wanted, addedAtMs }
  const items =
    item === undefined ? [...cart.items, changed] : cart.items.map((it) => (it.product === product ? changed : it))
  return kept(at, touched(cart, items, at.atMs))
}

function remove(at: CartAt, { session, product }: Extract<CartInput, { kind: 'remove' }>): CartAnswer {
  const cart = readCart(at.tx, session, at.atMs)
  const items = cart.items.filter((item) => item.product !== product)
  // Nothing to remove is nothing done: a session that is not there is not begun by it.
  if (items.length === cart.items.length) return { kind: 'cart', cart }
  return kept(at, touched(cart, items, at.atMs))
}

function clear({ tx, atMs }: CartAt, session: string): CartAnswer {
  if (tx.get(cartSpaces.sessions, session) !== null) {
    tx.delete(cartSpaces.sessions, session)
    const head = readHead(tx)
    writeHead(tx, { ...head, sessions: head.sessions - 1 })
  }
  return { kind: 'cart', cart: readCart(tx, session, atMs) }
}

function kept({ tx }: CartAt, cart: Cart): CartAnswer {
  if (tx.get(cartSpaces.sessions, cart.session) === null) {
    const head = readHead(tx)
    if (head.sessions >= cartLimits.sessionsMax) return refused('too-many')
    writeHead(tx, { ...head, sessions: head.sessions + 1 })
  }
  tx.put(cartSpaces.sessions, cart.session, encode(cartField, cart, 96 + 24 * cart.items.length))
  return { kind: 'cart', cart }
}

/** Goes round through all sessions, some at a time. */
function sweep({ tx, atMs }: CartAt): CartAnswer {
  const head = readHead(tx)
  const rows = tx.scan(cartSpaces.sessions, { from: head.sweptUpTo, limit: cartLimits.sweptPerTickMax })
  const over = rows.filter(({ key }) => (storedCart(tx, key)?.expiresAtMs ?? 0) <= atMs)
  for (const { key } of over) tx.delete(cartSpaces.sessions, key)
  const last = rows.at(-1)?.key
  // The smallest key after the last one.
  const sweptUpTo = last === undefined || rows.length < cartLimits.sweptPerTickMax ? '' : `${last}\u0000`
  const isNews = over.length > 0 || sweptUpTo !== head.sweptUpTo
  if (isNews) writeHead(tx, { sessions: head.sessions - over.length, sweptUpTo })
  return { kind: 'swept', sessions: over.length }
}

function touched(cart: Cart, items: readonly CartItem[], atMs: number): Cart {
  const updatedAtMs = Math.floor(atMs)
  return { ...cart, items, updatedAtMs, expiresAtMs: updatedAtMs + cartLimits.sessionMs }
}

function availableOf(offer: Offer): number {
  return offer.kind === 'known' && offer.product.isActive ? offer.product.onHand - offer.product.reserved : 0
}

function priced(item: CartItem, offer: Offer): PricedItem {
  const isSold = offer.kind === 'known' && offer.product.isActive
  const subtotalCents = isSold ? item.quantity * offer.product.priceCents : null
  return { ...item, offer, subtotalCents, isShort: offer.kind !== 'away' && availableOf(offer) < item.quantity }
}

function storedCart(view: StateView, session: string): Cart | null {
  const bytes = view.get(cartSpaces.sessions, session)
  if (bytes === null) return null
  const cart = decode(cartField, bytes)
  assert(cart !== null, 'a cart can be read')
  return cart
}

function readHead(view: StateView): CartsHead {
  const bytes = view.get(cartSpaces.head, 'head')
  const head = bytes === null ? { sessions: 0, sweptUpTo: '' } : decode(headField, bytes)
  assert(head !== null, 'the head of the carts can be read')
  return head
}

function writeHead(tx: StateTx, head: CartsHead): void {
  tx.put(cartSpaces.head, 'head', encode(headField, head))
}

function refused(why: CartRefusal): CartAnswer {
  return { kind: 'refused', why }
}
