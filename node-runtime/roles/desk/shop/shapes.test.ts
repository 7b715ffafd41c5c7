import { describe, expect, it } from 'vitest'
import {
  cartIn,
  categoryIn,
  centsIn,
  choiceIn,
  movementIn,
  orderIn,
  pageIn,
  productIn,
  reservationIn,
  serviceIn,
  shapeLimits,
} from './shapes.ts'

const product = {
  ...{
    id: 1,
    name: 'Quindim',
    description: '',
    priceCents: 450,
    category: 5,
    categoryName: 'Doces',
    photo: '/art/1.svg',
  },
  ...{ isActive: true, onHand: 3, reserved: 1, available: 2, updatedAtMs: 7, version: 9 },
}
const movement = {
  ...{
    number: 4,
    product: 1,
    kind: 'sold',
    onHandChange: -1,
    reservedChange: -1,
    onHand: 2,
    reserved: 0,
    available: 2,
  },
  ...{ order: 'o', by: '', why: '', atMs: 7, logIndex: 3, previous: 2 },
}
const order = {
  ...{ id: 'o', number: 1, state: 'ready', owes: null, totalCents: 450, createdAtMs: 1, updatedAtMs: 2 },
  customer: { name: 'Ana', phone: '9', pickupName: 'Ana', pickupDate: '2026-12-24', message: '' },
  lines: [{ product: 1, name: 'Quindim', quantity: 1, priceCents: 450 }],
  history: [{ state: 'received', atMs: 1, by: 'shop' }],
  pickedUpAtMs: null,
}
const reservation = { order: 'o', lines: order.lines, reservedAtMs: 1, expiresAtMs: 2 }

/** Each with one member that is not what it should be. */
function spoilt(sound: object): readonly object[] {
  return Object.keys(sound).flatMap((name) => [
    { ...sound, [name]: { strange: true } },
    Object.fromEntries(Object.entries(sound).filter(([other]) => other !== name)),
  ])
}

describe('what the shop says', () => {
  it.each([
    ['a product', productIn, product, ['version']],
    ['a movement', movementIn, movement, ['order']],
    ['an order', orderIn, order, ['owes', 'pickedUpAtMs']],
    ['a reservation', reservationIn, reservation, []],
  ] as const)('is %s only when all of it fits', (_, read, sound, mayLack) => {
    expect(read(sound)).not.toBeNull()
    const without = Object.fromEntries(Object.entries(sound).filter(([name]) => !mayLack.some((one) => one === name)))
    expect(read(without)).not.toBeNull()
    for (const wrong of spoilt(without)) expect(read({ ...wrong })).toBeNull()
  })

  it('is nothing when it is something else', () => {
    const cart = (value: unknown) => cartIn(value, false)
    for (const read of [productIn, movementIn, orderIn, reservationIn, cart, categoryIn, serviceIn, choiceIn]) {
      for (const strange of [null, undefined, 7, '', 'x', [], [[]], {}, { id: Number.NaN }])
        expect(read(strange)).toBeNull()
    }
  })

  it('says of a cart without prices whether they are gone or only not known now', () => {
    const item = { produto: null, produto_id: 2, quantidade: 1, subtotal: null }
    const cart = { session_id: 's', itens: [item], valor_total: 0, aviso: 'O catálogo não responde' }
    const problems = (isAway: boolean) => cartIn(cart, isAway)?.items.map(({ problem }) => problem)
    expect(problems(true)).toEqual(['unpriced'])
    // What it says to people decides nothing.
    expect(problems(false)).toEqual(['not-sold'])
  })

  it('is measured finer than it is shown', () => {
    const service = { nodeId: 'shop-catalog-1', isLive: true, answeredInMs: 1.4999, heardMsAgo: 312.5 }
    expect(serviceIn(service)).toEqual({
      ...{ nodeId: 'shop-catalog-1', isLive: true, isPrimary: false, isLearner: false, position: null },
      ...{ answeredInMs: 1, heardMsAgo: 313 },
    })
    for (const strange of [null, 'soon', Number.NaN, -4.2, Number.POSITIVE_INFINITY])
      expect(serviceIn({ ...service, heardMsAgo: strange })?.heardMsAgo).toBeNull()
    expect(serviceIn({ ...service, answeredInMs: 0.2 })?.answeredInMs).toBe(0)
  })

  it('is no list when one of it does not fit, or there are too many', () => {
    expect(pageIn({ data: [product, {}] }, productIn)).toBeNull()
    expect(pageIn({ data: Array.from({ length: shapeLimits.rowsMax + 1 }, () => product) }, productIn)).toBeNull()
    expect(pageIn({ data: [product], next: null }, productIn)).toMatchObject({ next: null })
    expect(pageIn({ data: [product], next: 7 }, productIn)?.next).toBe(7)
  })

  it('is money in whole cents, whatever floats do to it', () => {
    expect([45.9, 0.29, 1.15, 1_000_000.01].map(centsIn)).toEqual([4590, 29, 115, 100_000_001])
    for (const strange of [-1, Number.NaN, Number.POSITIVE_INFINITY, '45.9', null, 1e300])
      expect(centsIn(strange)).toBeNull()
  })
})
