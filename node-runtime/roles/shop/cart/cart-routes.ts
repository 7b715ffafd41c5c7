import type { Cart, CartAnswer, CartInput, CartRefusal, Offer, PricedItem } from '#cores/shop/cart-messages'
import { pricedCart } from '#cores/shop/index'
import type { ProductId } from '#cores/shop/messages'
import {
  cartAnswers,
  type DialectAnswer,
  type DialectCart,
  page,
  productJson,
  readId,
  readItem,
  readQuantity,
  shopLimits,
} from '#dialects/shop/index'
import type { CartSessions } from '#ports/shop-carts'
import type { Asked, RouteOf } from '../api/route.ts'
import { failureShown, shopHeaders, shownAs } from '../api/shown.ts'
import { dialectProduct } from '../catalogue/shelf.ts'
import type { Offers } from './offers.ts'

export interface CartRouteParts {
  readonly carts: CartSessions
  readonly offers: Offers
  readonly freshSession: () => string
}

const common = { isStaff: false, query: {}, body: null } as const
const kept = { 200: 'The cart.', 400: 'It is no such item.' }

/** See SPEC.md of dialects/shop. */
export const cartRoutes: readonly RouteOf<CartRouteParts>[] = [
  {
    ...common,
    method: 'POST',
    path: '/api/carrinho/sessao',
    about: 'Begins a cart.',
    answers: { 201: 'Its name.' },
    serve: open,
  },
  {
    ...common,
    method: 'GET',
    path: '/api/carrinho/{sid}',
    about: 'A cart with what it costs now. One that is not there is empty.',
    answers: { 200: 'It.' },
    serve: show,
  },
  {
    ...common,
    method: 'DELETE',
    path: '/api/carrinho/{sid}',
    about: 'Empties a cart.',
    answers: { 200: 'It is empty.' },
    serve: (asked, parts) =>
      change(asked, parts, { kind: 'clear', session: sessionIn(asked) }, () => cartAnswers.cartCleared),
  },
  {
    ...common,
    method: 'POST',
    path: '/api/carrinho/{sid}/adicionar',
    about: 'Puts something in.',
    body: { produto_id: 1, quantidade: 1 },
    answers: kept,
    serve: add,
  },
  {
    ...common,
    method: 'PUT',
    path: '/api/carrinho/{sid}/atualizar/{id}',
    about: 'Changes how many.',
    body: { quantidade: 2 },
    answers: { ...kept, 404: 'It is not in the cart.' },
    serve: changeQuantity,
  },
  {
    ...common,
    method: 'DELETE',
    path: '/api/carrinho/{sid}/remover/{id}',
    about: 'Takes something out, if it is in.',
    answers: { 200: 'The cart.' },
    serve: (asked, parts) => {
      const product = readId(asked.places[1] ?? '')
      if (product === null) return asked.answer(shownAs(page(404)))
      change(asked, parts, { kind: 'remove', session: sessionIn(asked), product }, cartAnswers.itemRemoved)
    },
  },
]

function sessionIn({ places }: Asked): string {
  return places[0] ?? ''
}

function open(asked: Asked, { carts, freshSession }: CartRouteParts): void {
  const session = freshSession()
  carts.change({ kind: 'open', session }, (result) => {
    if (!result.ok) return asked.answer(failureShown(result.failure))
    const { value } = result
    if (value.kind !== 'cart') return asked.answer(shownAs(refusalOf(whyOf(value), 'open')))
    asked.answer(shownAs(cartAnswers.sessionOpened(session, value.cart.expiresAtMs)))
  })
}

function show(asked: Asked, { carts, offers }: CartRouteParts): void {
  const session = sessionIn(asked)
  if (session.length > shopLimits.sessionCharsMax) return asked.answer(shownAs(cartAnswers.sessionTooLong))
  carts.read(session, (result) => {
    if (!result.ok) return asked.answer(failureShown(result.failure))
    const cart = result.value
    const give = (prices: ReadonlyMap<ProductId, Offer>): void => {
      const isAway = [...prices.values()].some(({ kind }) => kind === 'away')
      asked.answer(shownAs(priced(cart, prices), isAway ? { [shopHeaders.catalogue]: 'away' } : {}))
    }
    if (cart.items.length === 0) return give(new Map())
    offers.of(
      cart.items.map(({ product }) => product),
      give,
    )
  })
}

function priced(cart: Cart, offers: ReadonlyMap<ProductId, Offer>): DialectAnswer {
  const { items, totalCents } = pricedCart(cart, offers)
  return cartAnswers.cart({
    ...dialectCart(cart),
    items: items.map(({ product, quantity, addedAtMs, offer, subtotalCents, isShort }) => ({
      ...{ product, quantity, addedMs: addedAtMs, subtotalCents, isShort },
      json: offer.kind === 'known' ? productJson(dialectProduct(offer.product)) : null,
    })),
    totalCents,
    warning: warningOf(items),
  })
}

function warningOf(items: readonly PricedItem[]): string | null {
  if (items.some(({ offer }) => offer.kind === 'away')) return catalogueAway
  if (items.some(({ subtotalCents }) => subtotalCents === null)) return 'Há itens que não são mais vendidos'
  return items.some(({ isShort }) => isShort) ? 'Há itens com mais unidades do que o estoque tem agora' : null
}

const catalogueAway = 'O catálogo não responde: os itens estão guardados, sem preço por enquanto'

function add(asked: Asked, parts: CartRouteParts): void {
  const { headers, body } = asked.request
  const read = readItem(headers['content-type'], body)
  if (read.kind === 'refused') return asked.answer(shownAs(read.answer))
  const { product, quantity } = read.value
  withOffer(product, parts, (offer) => {
    const item = { session: sessionIn(asked), product, quantity, offer }
    change(asked, parts, { kind: 'add', ...item }, cartAnswers.itemAdded)
  })
}

function changeQuantity(asked: Asked, parts: CartRouteParts): void {
  const { headers, body } = asked.request
  const product = readId(asked.places[1] ?? '')
  if (product === null) return asked.answer(shownAs(page(404)))
  const read = readQuantity(headers['content-type'], body)
  if (read.kind === 'refused') return asked.answer(shownAs(read.answer))
  withOffer(product, parts, (offer) => {
    const item = { session: sessionIn(asked), product, quantity: read.value, offer }
    change(asked, parts, { kind: 'change', ...item }, cartAnswers.quantityChanged)
  })
}

function withOffer(product: ProductId, { offers }: CartRouteParts, then: (offer: Offer) => void): void {
  offers.of([product], (found) => then(found.get(product) ?? { kind: 'away' }))
}

function change(
  asked: Asked,
  { carts }: CartRouteParts,
  input: CartInput,
  tell: (cart: DialectCart) => DialectAnswer,
): void {
  carts.change(input, (result) => {
    if (!result.ok) return asked.answer(failureShown(result.failure))
    const { value } = result
    asked.answer(shownAs(value.kind === 'cart' ? tell(dialectCart(value.cart)) : refusalOf(whyOf(value), input.kind)))
  })
}

function whyOf(answer: Exclude<CartAnswer, { readonly kind: 'cart' }>): CartRefusal {
  return answer.kind === 'refused' ? answer.why : 'malformed'
}

/** The original has one sentence for a product that cannot be had and for a catalogue that cannot be asked. */
function refusalOf(why: CartRefusal, of: CartInput['kind']): DialectAnswer {
  switch (why) {
    case 'unavailable':
    case 'catalogue-away':
      return of === 'change' ? cartAnswers.tooLittleStock : cartAnswers.productUnavailable
    case 'over-stock':
      return of === 'change' ? cartAnswers.tooLittleStock : cartAnswers.moreThanInStock
    case 'not-in-cart':
      return cartAnswers.itemMissing
    case 'too-many':
      return cartAnswers.cartFull
    case 'malformed':
      return cartAnswers.sessionTooLong
  }
}

function dialectCart({ session, items, createdAtMs, updatedAtMs }: Cart): DialectCart {
  return {
    session,
    items: items.map(({ product, quantity, addedAtMs }) => ({ product, quantity, addedMs: addedAtMs })),
    createdMs: createdAtMs,
    changedMs: updatedAtMs,
  }
}
