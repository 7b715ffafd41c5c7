import { beforeEach, describe, expect, it } from 'vitest'
import { shopLimits } from '../limits.ts'
import type { CatalogueQuery } from '../messages.ts'
import { OneCatalogue, reserveOf } from '../testing/one-catalogue.ts'

let shop: OneCatalogue

beforeEach(() => {
  shop = new OneCatalogue()
  shop.apply()
})

const all = {
  kind: 'products',
  category: null,
  priceCentsMax: null,
  isInStock: false,
  text: '',
  isAll: false,
  after: 0,
  limit: 500,
} as const
const found = (query: Partial<Extract<CatalogueQuery, { kind: 'products' }>>) =>
  shop.ask({ ...all, ...query }).products.map(({ id }) => id)

describe('questions', () => {
  it('SH4 find the seed after the first command, and nothing before it', () => {
    const empty = new OneCatalogue()
    expect(empty.ask({ kind: 'status' })).toMatchObject({ isFounded: false, products: 0, movements: 0 })
    expect([empty.ask(all).products, empty.ask({ kind: 'product', product: 1 }).product]).toEqual([[], null])
    expect(shop.ask({ kind: 'status' })).toEqual({
      isFounded: true,
      products: 13,
      categories: 5,
      movements: 13,
      liveReservations: 0,
      nextExpiryMs: null,
    })
    expect(shop.product(13)).toMatchObject({
      name: 'Mousse de Maracujá',
      priceCents: 2_500,
      onHand: 12,
      categoryName: 'Sobremesas',
    })
    expect(shop.ask({ kind: 'categories' }).categories.map(({ name }) => name)).toContain('Doces Finos')
  })

  it('find products by category, price, stock and words', () => {
    expect(found({ priceCentsMax: 400 })).toEqual([4, 5, 6])
    expect(found({ category: 5 })).toEqual([12, 13])
    expect(found({ category: 99 })).toEqual([])
    expect([found({ text: 'BOLO' }), found({ text: 'maracuja' }), found({ text: "' OR 1=1 --" })]).toEqual([
      [1, 2, 3],
      [13],
      [],
    ])
    shop.reserve('a', [1, 10])
    expect(found({ text: 'bolo', isInStock: true })).toEqual([2, 3])
  })

  it('SH13 come in pages', () => {
    const first = shop.ask({ ...all, limit: 6 })
    expect([first.products.length, first.next]).toEqual([6, 6])
    expect(shop.ask({ ...all, after: 6 })).toMatchObject({ next: null, products: { length: 7 } })
    expect(shop.ask({ ...all, limit: 0 }).products).toHaveLength(1)
    const down = shop.ask({ kind: 'ledger', from: 0, order: 'down', limit: 5 })
    expect([down.movements.map(({ number }) => number), down.next]).toEqual([[13, 12, 11, 10, 9], 8])
    expect(shop.ask({ kind: 'ledger', from: 14, order: 'up', limit: 5 })).toEqual({ movements: [], next: null })
  })

  it('SH13 walk through the movements of one product', () => {
    shop.reserve('a', [1, 1], [2, 1])
    shop.confirm('a')
    const walk = (from: number, limit = 10) => {
      const { movements, next } = shop.ask({ kind: 'movements', product: 2, from, limit })
      return [movements.map(({ kind }) => kind), next]
    }
    expect([walk(0), walk(0, 2), walk(2), walk(1), walk(99)]).toEqual([
      [['sold', 'reserved', 'opened'], null],
      [['sold', 'reserved'], 2],
      [['opened'], null],
      [[], null],
      [['sold', 'reserved', 'opened'], null],
    ])
  })

  it('SH13 list live reservations in the order in which they will be over', () => {
    for (const order of ['c', 'a', 'b', 'd']) shop.reserve(order, [4, 1])
    shop.confirm('a')
    const page = (after: number, limit: number) => {
      const { reservations, next } = shop.ask({ kind: 'reservations', after, limit })
      return [reservations.map(({ order }) => order), next]
    }
    expect([page(0, 10), page(0, 2), page(3, 2)]).toEqual([
      [['c', 'b', 'd'], null],
      [['c', 'b'], 3],
      [['d'], null],
    ])
  })

  it('SH14 give products with a version that tells when one has changed', () => {
    const version = () => shop.product(1).version
    const first = version()
    shop.reserve('a', [2, 1])
    expect(version()).toBe(first)
    shop.reserve('b', [1, 1])
    const second = version()
    const asItWas = { name: null, description: null, category: null, photo: null, isActive: null }
    shop.staff({ kind: 'change-product', product: 1, priceCents: 1, ...asItWas })
    expect([second > first, version() > second, shop.product(1).priceCents]).toEqual([true, true, 1])
    const { products } = shop.ask({ kind: 'products-by-id', products: [3, 99, 1] })
    expect(products.map((product) => product?.id ?? null)).toEqual([3, null, 1])
  })

  it('SH3 say after a start what they said before', () => {
    shop.apply(reserveOf('a', [1, 2]))
    const before = [shop.ask(all), shop.ask({ kind: 'status' }), shop.ledger()]
    shop.machine = new OneCatalogue().machine
    expect([shop.ask(all), shop.ask({ kind: 'status' }), shop.ledger()]).toEqual(before)
  })

  it('SH2 and SH13 take bytes of any kind, and change nothing', () => {
    const text = shop.state.text()
    for (let first = 0; first < 256; first += 1) {
      const bytes = Uint8Array.of(first, 1, 2)
      expect(shop.applyBytes(bytes)).toEqual({ kind: 'refused' })
      shop.machine.query(bytes, shop.state)
    }
    expect(shop.applyBytes(new Uint8Array(shopLimits.commandBytesMax + 1))).toEqual({ kind: 'refused' })
    expect(shop.state.text()).toBe(text)
  })
})
