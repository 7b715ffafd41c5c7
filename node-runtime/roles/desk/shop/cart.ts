import type { CartChanged, CartRefusal, ShopCart } from '#contract/worker/shop-shapes'
import { cartAnswers, type DialectAnswer } from '#dialects/shop/index'
import { encodeText } from '#kit/bytes'
import { ok, type Result } from '#kit/result'
import type { EndpointRequest } from '#ports/endpoint'
import { shopHeaders } from '../../shop/api/shown.ts'
import { fieldOf, jsonIn, textOf } from '../json-values.ts'
import { type Asking, asked, type Done, type Told } from './asking.ts'
import { get, send } from './requests.ts'
import { cartIn, shapeLimits } from './shapes.ts'
import type { Visitor } from './visitor.ts'

const noCart: ShopCart = { session: null, items: [], totalCents: 0, isCatalogueAway: false, answered: null }

/** The cart of this desk's visitor. What the shop keeps of it is the truth; here is none. */
export class CartDesk {
  readonly #client: Asking
  readonly #visitor: Visitor

  constructor(client: Asking, visitor: Visitor) {
    this.#client = client
    this.#visitor = visitor
  }

  cart(done: Done<ShopCart>): void {
    const { session } = this.#visitor
    if (session === null) return done(ok(noCart))
    const take = ({ json, headers, answered }: Told): ShopCart | null => {
      const cart = cartIn(fieldOf(json, 'data'), headers[shopHeaders.catalogue] === 'away')
      return cart === null ? null : { ...cart, answered }
    }
    asked(this.#client, { request: get(pathOf(session)) }, take, done)
  }

  add({ product, quantity }: { readonly product: number; readonly quantity: number }, done: Done<CartChanged>): void {
    this.#visitor.begin((begun) => {
      if (!begun.ok) return done(begun)
      const json = { produto_id: product, quantidade: quantity }
      // Added twice it would be twice as much.
      this.#change(send('POST', `${pathOf(begun.value)}/adicionar`, { json }), false, done)
    })
  }

  set({ product, quantity }: { readonly product: number; readonly quantity: number }, done: Done<CartChanged>): void {
    this.#visitor.begin((begun) => {
      if (!begun.ok) return done(begun)
      const path = pathOf(begun.value)
      const request =
        quantity === 0
          ? send('DELETE', `${path}/remover/${product}`)
          : send('PUT', `${path}/atualizar/${product}`, { json: { quantidade: quantity } })
      this.#change(request, true, done)
    })
  }

  clear(done: Done<CartChanged>): void {
    const { session } = this.#visitor
    if (session === null) return done(ok({ kind: 'done', cart: noCart }))
    this.#change(send('DELETE', pathOf(session)), true, done)
  }

  #change(request: EndpointRequest, isRepeatable: boolean, done: Done<CartChanged>): void {
    const take = ({ status, json }: { readonly status: number; readonly json: unknown }) =>
      status < 300 ? { why: null } : { why: refusalIn(json) }
    asked<{ readonly why: CartRefusal | null }>(this.#client, { request, isRepeatable }, take, (result) => {
      if (!result.ok) return done(result)
      const { why } = result.value
      this.cart((cart) => done(shown(cart, why)))
    })
  }
}

function shown(cart: Result<ShopCart>, why: CartRefusal | null): Result<CartChanged> {
  if (!cart.ok) return cart
  if (why === null) return ok({ kind: 'done', cart: cart.value })
  // The dialect has one sentence for a product that cannot be had and a catalogue that cannot be asked.
  const isAway = why === 'unavailable' && cart.value.isCatalogueAway
  return ok({ kind: 'refused', why: isAway ? 'catalogue-away' : why, cart: cart.value })
}

function pathOf(session: string): string {
  return `/api/carrinho/${encodeURIComponent(session)}`
}

const sentences: ReadonlyMap<string | null, CartRefusal> = new Map([
  [sentenceOf(cartAnswers.productUnavailable), 'unavailable'],
  [sentenceOf(cartAnswers.moreThanInStock), 'over-stock'],
  [sentenceOf(cartAnswers.tooLittleStock), 'over-stock'],
  [sentenceOf(cartAnswers.itemMissing), 'not-in-cart'],
  [sentenceOf(cartAnswers.cartFull), 'too-many'],
] as const)

function refusalIn(json: unknown): CartRefusal {
  return sentences.get(textOf(fieldOf(json, 'error'), shapeLimits.textCharsMax)) ?? 'malformed'
}

function sentenceOf({ body }: DialectAnswer): string | null {
  return textOf(fieldOf(jsonIn(encodeText(body)), 'error'), shapeLimits.textCharsMax)
}
