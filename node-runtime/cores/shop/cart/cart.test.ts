import { beforeEach, describe, expect, it } from 'vitest'
import { MapState } from '#cores/notary/testing/one-notary'
import type { Cart, CartInput, Offer } from '../cart-messages.ts'
import { cartLimits } from '../limits.ts'
import { OneCatalogue } from '../testing/one-catalogue.ts'
import { cartStep, pricedCart, readCart } from './cart.ts'

let disk: MapState
let atMs: number
const catalogue = new OneCatalogue()
catalogue.apply()
const away: Offer = { kind: 'away' }

beforeEach(() => {
  disk = new MapState()
  atMs = 1_795_225_120_000
})

const step = (input: CartInput) => cartStep(input, { tx: disk, atMs })
const said = (input: CartInput) => {
  const answer = step(input)
  if (answer.kind === 'refused') return answer.why
  return answer.kind === 'cart'
    ? answer.cart.items.map(({ product, quantity }) => [product, quantity])
    : answer.sessions
}
const offerOf = (product: number): Offer => ({ kind: 'known', product: catalogue.product(product) })
const add = (product: number, quantity: number, offer = offerOf(product), session = 's') =>
  said({ kind: 'add', session, product, quantity, offer })
const change = (product: number, quantity: number, offer = offerOf(product)) =>
  said({ kind: 'change', session: 's', product, quantity, offer })
const cart = (session = 's'): Cart => readCart(disk, session, atMs)

describe('a cart', () => {
  it('SC2 is empty when it is not there, and begins with what is added', () => {
    expect(cart()).toEqual({
      session: 's',
      createdAtMs: atMs,
      updatedAtMs: null,
      expiresAtMs: atMs + cartLimits.sessionMs,
      items: [],
    })
    expect(disk.writes).toBe(0)
    expect(add(2, 1)).toEqual([[2, 1]])
    expect(said({ kind: 'open', session: 'another' })).toEqual([])
    expect([cart('a/b'), said({ kind: 'open', session: 'a/b' })]).toMatchObject([{ items: [] }, 'malformed'])
  })

  it('SC3 takes no more than is available at that moment', () => {
    expect(add(1, 2)).toEqual([[1, 2]])
    expect(add(1, 2)).toEqual([[1, 4]])
    expect([add(1, 8), add(1, 999), add(99, 1, { kind: 'unknown' }), add(4, 0)]).toEqual([
      'over-stock',
      'unavailable',
      'unavailable',
      'malformed',
    ])
    expect([change(1, 5), change(1, 50), change(1, 0), change(2, 1)]).toEqual([
      [[1, 5]],
      'unavailable',
      'malformed',
      'not-in-cart',
    ])
    expect([add(1, 1, away), change(1, 1, away), cart().items.length]).toEqual(['catalogue-away', 'catalogue-away', 1])
    const gone: Offer = { kind: 'known', product: { ...catalogue.product(1), isActive: false } }
    expect(add(1, 1, gone)).toBe('unavailable')
  })

  it('SC4 keeps its items without a price, and says why', () => {
    add(1, 4)
    add(4, 1)
    const whole = pricedCart(cart(), new Map([1, 4].map((id) => [id, offerOf(id)])))
    expect(whole).toMatchObject({
      totalCents: 18_710,
      isWhole: true,
      items: [{ subtotalCents: 18_360 }, { subtotalCents: 350 }],
    })
    const part = pricedCart(cart(), new Map([[4, offerOf(4)]]))
    expect(part).toMatchObject({
      totalCents: 350,
      isWhole: false,
      items: [{ offer: away, subtotalCents: null, isShort: false }, {}],
    })
    const sold: Offer = { kind: 'known', product: { ...catalogue.product(1), reserved: 9 } }
    expect(pricedCart(cart(), new Map([[1, sold]])).items[0]).toMatchObject({ isShort: true, subtotalCents: 18_360 })
  })

  it('SC5 forgets what is removed, as often as one likes', () => {
    add(1, 1)
    add(4, 2)
    const remove = { kind: 'remove', session: 's', product: 4 } as const
    expect([said(remove), said(remove)]).toEqual([[[1, 1]], [[1, 1]]])
    const clear = { kind: 'clear', session: 's' } as const
    expect([said(clear), said(clear), cart().updatedAtMs]).toEqual([[], [], null])
    expect([said({ kind: 'remove', session: 'new', product: 1 }), disk.get('carts', 'new')]).toEqual([[], null])
  })

  it('SC1 is over a day after it was last changed', () => {
    add(1, 1)
    atMs += cartLimits.sessionMs - 1
    expect(add(1, 1)).toEqual([[1, 2]])
    atMs += cartLimits.sessionMs - 1
    expect(cart().items).toHaveLength(1)
    atMs += 1
    expect([cart().items, add(4, 1)]).toEqual([[], [[4, 1]]])
  })

  it('SC1 is swept with many others, a few at a time', () => {
    const count = 2 * cartLimits.sweptPerTickMax + 5
    for (let at = 0; at < count; at += 1) add(4, 1, offerOf(4), `s${at}`)
    atMs += cartLimits.sessionMs
    add(4, 1, offerOf(4), 's7')
    const swept = [1, 2, 3, 4].map(() => said({ kind: 'sweep' }))
    expect(swept.reduce((sum, it) => Number(sum) + Number(it), 0)).toBe(count - 1)
    expect([disk.scan('carts').length, cart('s7').items.length]).toEqual([1, 1])
  })

  it('has limits', () => {
    for (let product = 1; product <= cartLimits.itemsMax; product += 1) add(product, 1, offerOf(4))
    expect(add(cartLimits.itemsMax + 1, 1, offerOf(4))).toBe('too-many')
  })
})
