import { beforeEach, describe, expect, it } from 'vitest'
import { shopLimits } from '../limits.ts'
import { OneCatalogue, reserveOf, wrongWith } from '../testing/one-catalogue.ts'

let shop: OneCatalogue

beforeEach(() => {
  shop = new OneCatalogue()
  shop.apply()
})

/** 10 of product 1, 8 of product 2. */
const wait = () => {
  shop.atMs += shopLimits.reservationMs
}
const state = (order: string) => shop.ask({ kind: 'reservation', order }).reservation?.state ?? 'none'

describe('a reservation', () => {
  it('SH5 takes all its lines or none, and says what is short', () => {
    expect(shop.reserve('a', [1, 10], [2, 3])).toBe('reserved')
    expect([shop.stock(1), shop.stock(2)]).toEqual([
      [10, 10],
      [8, 3],
    ])
    expect(shop.do(reserveOf('b', [2, 1], [1, 1], [3, 1]))).toEqual({
      kind: 'refused',
      why: 'out-of-stock',
      lines: [{ product: 1, wanted: 1, available: 0, priceCents: 4_590 }],
    })
    expect(shop.stock(2)).toEqual([8, 3])
    expect(shop.do(reserveOf('c', [1, 1], [99, 1]))).toMatchObject({
      why: 'unknown-product',
      lines: [
        { product: 1, available: 0 },
        { product: 99, wanted: 1, available: null, priceCents: null },
      ],
    })
  })

  it('SH5 is refused at another price, of a line or of the whole', () => {
    const line = { product: 4, quantity: 2, priceCents: 350 }
    const asked = { kind: 'reserve', order: 'a', lines: [line], totalCents: 700 } as const
    expect(shop.do({ ...asked, order: 'b', totalCents: 699 })).toMatchObject({
      why: 'price-changed',
      lines: [{ product: 4, wanted: 2, available: 100, priceCents: 350 }],
    })
    expect(shop.do({ ...asked, order: 'c', lines: [{ ...line, priceCents: 300 }] })).toMatchObject({
      why: 'price-changed',
    })
    expect(shop.do(asked)).toMatchObject({ kind: 'done', result: { totalCents: 700 } })
    shop.staff(change({ product: 4, priceCents: 400 }))
    expect(shop.do({ ...asked, order: 'd' })).toMatchObject({ why: 'price-changed', lines: [{ priceCents: 400 }] })
    expect(shop.do(asked), 'SH12 keeps its price').toMatchObject({
      kind: 'done-before',
      result: { lines: [{ priceCents: 350, name: 'Brigadeiro Gourmet' }], totalCents: 700 },
    })
  })

  it('SH5 has sound lines', () => {
    const tooMany = Array.from({ length: shopLimits.linesPerOrderMax + 1 }, (_, at) => [at + 1, 1] as const)
    expect([
      shop.reserve('a'),
      shop.reserve('a', [1, 0]),
      shop.reserve('a', [1, shopLimits.quantityMax + 1]),
      shop.reserve('a', [1, 1], [1, 1]),
      shop.reserve('a', ...tooMany),
      shop.reserve('', [1, 1]),
      shop.reserve('A b', [1, 1]),
    ]).toEqual(Array(7).fill('malformed'))
    expect(shop.reserve('a', [1, 1]), 'what was malformed is not kept').toBe('reserved')
  })

  it('SH6 is answered as the first time, whatever has happened since', () => {
    expect(shop.reserve('a', [1, 10])).toBe('reserved')
    expect(shop.reserve('b', [1, 1])).toBe('out-of-stock')
    shop.release('a')
    expect([shop.reserve('a', [1, 1]), shop.reserve('b', [1, 1]), shop.confirm('b')]).toEqual([
      'ended',
      'out-of-stock',
      'out-of-stock',
    ])
    expect(shop.stock(1)).toEqual([10, 0])
    expect(shop.release('late')).toBe('released')
    expect(shop.reserve('late', [1, 1]), 'its release came first').toBe('ended')
  })

  it('SH7 is over when its time is, for whoever looks', () => {
    shop.reserve('a', [1, 10])
    shop.atMs += shopLimits.reservationMs - 20
    expect(shop.reserve('b', [1, 1])).toBe('out-of-stock')
    expect(shop.ask({ kind: 'status' })).toMatchObject({ liveReservations: 1, nextExpiryMs: shop.atMs + 10 })
    expect(shop.reserve('c', [1, 1])).toBe('reserved')
    expect([state('a'), state('b'), state('c')]).toEqual(['expired', 'refused', 'live'])
    wait()
    expect(shop.do({ kind: 'expire' })).toMatchObject({ result: { reservations: 1 } })
    expect(shop.stock(1)).toEqual([10, 0])
    expect(shop.ask({ kind: 'status' })).toMatchObject({ liveReservations: 0, nextExpiryMs: null })
  })

  it('SH7 is over for whoever looks, also if more are over than one command takes back', () => {
    shop.staff({ kind: 'stock', product: 5, operation: 'add', quantity: 400, why: '' })
    const orders = Array.from({ length: shopLimits.expiriesPerCommandMax + 2 }, (_, at) => `o-${at}`)
    shop.apply(...orders.map((order) => reserveOf(order, [5, 1])))
    wait()
    expect(shop.confirm(orders.at(-1)!)).toBe('confirmed')
    expect(shop.ledger().slice(-2)).toMatchObject([{ kind: 'expired' }, { kind: 'sold', reservedChange: 0 }])
    expect(shop.stock(5), 'one is over, and its turn has not come').toEqual([499, 1])
    expect(shop.do({ kind: 'expire' })).toMatchObject({ result: { reservations: 1 } })
    expect(shop.stock(5)).toEqual([499, 0])
    expect(wrongWith(shop.ledger())).toBeNull()
  })

  it('SH8 is sold by confirming it, once', () => {
    shop.reserve('a', [1, 4])
    expect([shop.confirm('a'), shop.confirm('a'), shop.release('a'), shop.reserve('a', [1, 4])]).toEqual([
      'confirmed',
      'before: confirmed',
      'sold',
      'before: reserved',
    ])
    expect(shop.stock(1)).toEqual([6, 0])
    wait()
    shop.do({ kind: 'expire' })
    expect(shop.stock(1), 'nothing of it comes back').toEqual([6, 0])
  })

  it('SH8 is sold after its time if there is enough, and refused for ever if there is not', () => {
    shop.reserve('a', [1, 6], [2, 1])
    wait()
    expect(shop.confirm('a')).toBe('confirmed')
    expect([shop.stock(1), shop.stock(2)]).toEqual([
      [4, 0],
      [7, 0],
    ])
    shop.reserve('b', [1, 3], [2, 1])
    wait()
    shop.reserve('c', [1, 2])
    expect(shop.do({ kind: 'confirm', order: 'b' })).toEqual({
      kind: 'refused',
      why: 'out-of-stock',
      lines: [{ product: 1, wanted: 3, available: 2, priceCents: 4_590 }],
    })
    shop.release('c')
    expect(shop.confirm('b')).toBe('out-of-stock')
    expect([shop.stock(1), shop.stock(2), state('b')]).toEqual([[4, 0], [7, 0], 'refused'])
  })

  it('SH9 comes back once after it was sold, and not before', () => {
    shop.reserve('a', [1, 4])
    expect([shop.giveBack('a'), shop.giveBack('nobody')]).toEqual(['unknown-order', 'unknown-order'])
    shop.confirm('a')
    expect([shop.giveBack('a'), shop.giveBack('a'), shop.confirm('a'), shop.release('a')]).toEqual([
      'given-back',
      'before: given-back',
      'ended',
      'before: released',
    ])
    expect(shop.stock(1)).toEqual([10, 0])
    shop.release('b')
    expect([shop.giveBack('b'), shop.confirm('b'), shop.confirm('nobody')]).toEqual(['ended', 'ended', 'unknown-order'])
  })

  it('SH1 leaves a ledger that adds up', () => {
    shop.reserve('a', [1, 4], [4, 2])
    shop.confirm('a')
    shop.giveBack('a')
    shop.reserve('b', [1, 1])
    wait()
    shop.confirm('b')
    const kinds = shop.ledger().map(({ kind, order, product }) => `${kind} ${order ?? ''} ${product}`)
    expect(kinds.slice(13)).toEqual([
      'reserved a 1',
      'reserved a 4',
      'sold a 1',
      'sold a 4',
      'given-back a 1',
      'given-back a 4',
      'reserved b 1',
      'expired b 1',
      'sold b 1',
    ])
    expect(wrongWith(shop.ledger())).toBeNull()
  })
})

function change(what: { readonly product: number; readonly priceCents?: number; readonly isActive?: boolean }) {
  const asItWas = { name: null, description: null, priceCents: null, category: null, photo: null, isActive: null }
  return { kind: 'change-product', ...asItWas, ...what } as const
}
