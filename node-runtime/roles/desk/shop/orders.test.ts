import { beforeEach, describe, expect, it } from 'vitest'
import { gateway, orders } from '../../shop/testing/virtual-shop.ts'
import { ShopDeskWorld } from './testing/shop-desk-world.ts'

const page = { after: null, limit: 200 } as const
const own = { of: { kind: 'own' }, ...page } as const

let world: ShopDeskWorld
beforeEach(() => {
  world = new ShopDeskWorld()
})

function placed(): string {
  const id = world.freshId()
  world.get('shop.order', { id, form: world.formFor(1) })
  const { state } = world.settled(id)
  if (state.kind !== 'placed') throw new Error(`the order is ${state.kind}`)
  return state.order
}

describe('an order', () => {
  it('is placed from the cart, which loses what was ordered and nothing else', () => {
    world.get('shop.addToCart', { product: 1, quantity: 1 })
    world.get('shop.addToCart', { product: 2, quantity: 1 })
    const order = placed()
    world.hosts.until(() => world.get('shop.cart', {}).items.length === 1)
    expect(world.get('shop.cart', {}).items.map(({ product }) => product)).toEqual([2])
    const [row] = world.get('shop.orders', own).orders
    expect(row).toMatchObject({ id: order, number: 1, state: 'stock-confirmed', name: 'Ana', message: 'Sem velas' })
    expect(row?.history.map(({ state }) => state)).toEqual(['received', 'stock-confirmed'])
    expect(row).toMatchObject({ pickupName: 'Ana', pickupDate: '2026-12-24', phone: '11999990000', receipt: null })
  })

  it('is found by its telephone, however that is written, and by the staff', () => {
    const order = placed()
    const ids = (of: Parameters<typeof world.get<'shop.orders'>>[1]['of']) =>
      world.get('shop.orders', { of, ...page }).orders.map(({ id }) => id)
    expect(ids({ kind: 'phone', phone: '(11) 99999.0000' })).toEqual([order])
    expect(ids({ kind: 'all' })).toEqual([order])
    expect(ids({ kind: 'phone', phone: '12345' })).toEqual([])
    expect(ids({ kind: 'own' })).toEqual([])
  })

  it('goes its way, and no other', () => {
    const order = placed()
    expect(world.get('shop.moveOrder', { order, to: 'picked-up' })).toEqual({ kind: 'refused', why: 'not-allowed' })
    expect(world.get('shop.moveOrder', { order, to: 'ready' })).toMatchObject({ order: { state: 'ready' } })
    expect(world.get('shop.moveOrder', { order, to: 'picked-up' })).toMatchObject({ order: { state: 'picked-up' } })
    expect(world.get('shop.cancel', { order })).toEqual({ kind: 'refused', why: 'not-allowed' })
    expect(world.get('shop.cancel', { order: 'nobody' })).toEqual({ kind: 'refused', why: 'unknown-order' })
  })

  it('gives its stock back when it is cancelled', () => {
    world.setStock(1, 3)
    const order = placed()
    expect(world.get('shop.product', { product: 1 }).product?.available).toBe(2)
    expect(world.get('shop.cancel', { order })).toMatchObject({ kind: 'moved', order: { state: 'cancelled' } })
    world.hosts.until(() => world.get('shop.product', { product: 1 }).product?.available === 3)
  })

  it('is refused with what there is', () => {
    world.setStock(1, 2)
    const id = world.freshId()
    const form = world.formFor(1)
    world.get('shop.order', { id, form: { ...form, lines: [{ ...form.lines[0]!, quantity: 3 }] } })
    const refusal = {
      why: 'out-of-stock',
      lines: [{ product: 1, wanted: 3, available: 2, nowCents: null }],
      field: null,
    }
    expect(world.settled(id).state).toEqual({ kind: 'refused', refusal })
    expect(world.get('shop.outbox', page).counts).toEqual({ waiting: 0, sent: 0, placed: 0, refused: 1 })
  })

  it('is refused at other prices, which the checkout says before', () => {
    const form = world.formFor(1)
    const lines = form.lines
    expect(world.get('shop.checkout', { lines })).toMatchObject({ isAsSeen: true, totalCents: lines[0]!.priceCents })
    const same = { name: null, description: null, category: null, isActive: null }
    world.get('shop.changeProduct', { id: world.freshId(), product: 1, ...same, priceCents: 9_990 })
    const seen = world.get('shop.checkout', { lines })
    expect(seen).toMatchObject({
      isAsSeen: false,
      totalCents: 9_990,
      lines: [{ problem: 'price-changed', nowCents: 9_990 }],
    })
    const id = world.freshId()
    world.get('shop.order', { id, form })
    const { state } = world.settled(id)
    expect(state).toMatchObject({
      kind: 'refused',
      refusal: { why: 'price-changed', lines: [{ product: 1, nowCents: 9_990 }] },
    })
  })

  it('says which field the shop does not take', () => {
    const id = world.freshId()
    world.get('shop.order', { id, form: world.formFor(1, { pickupDate: '2026-02-31' }) })
    expect(world.settled(id).state).toMatchObject({
      kind: 'refused',
      refusal: { why: 'malformed', field: 'data_retirada' },
    })
  })
})

describe('an order that the shop cannot take now', () => {
  it('waits, and can be taken back as long as nobody can have it', () => {
    world.shop.powerOff(orders)
    const [first, second] = [world.freshId(), world.freshId()]
    const form = world.formFor(1)
    world.get('shop.order', { id: first, form })
    world.get('shop.order', { id: second, form })
    world.hosts.run(500)
    const isBack = world.ask('shop.takeBack', { id: second }).ok
    world.shop.boot(orders)
    expect(world.settled(first).state.kind).toBe('placed')
    const held = world.get('shop.orders', { of: { kind: 'all' }, ...page }).orders.length
    expect(held).toBe(isBack ? 1 : 2)
    if (!isBack) expect(world.settled(second).state.kind).toBe('placed')
  })

  it('was never sent while there is no way to the gateway', () => {
    const form = world.formFor(1)
    const id = world.freshId()
    world.shop.powerOff(gateway)
    world.hosts.isolate(gateway)
    world.get('shop.order', { id, form })
    world.restart()
    world.hosts.run(200)
    expect(world.item(id).settledWallMs).toBeNull()
    world.hosts.cut.clear()
    world.shop.boot(gateway)
    expect(world.settled(id).state.kind).toBe('placed')
  })

  it('is not taken back when the shop was asked and has said nothing', () => {
    const form = world.formFor(1)
    const id = world.freshId()
    world.hosts.cut.add(`${gateway}>desk`)
    world.get('shop.order', { id, form })
    world.hosts.run(2_000)
    expect(world.item(id).state.kind).toBe('sent')
    expect(world.ask('shop.takeBack', { id })).toMatchObject({ ok: false, failure: { code: 'does-not-apply' } })
    world.restart()
    expect(world.ask('shop.takeBack', { id })).toMatchObject({ ok: false, failure: { code: 'does-not-apply' } })
    world.hosts.cut.clear()
    expect(world.settled(id).state.kind).toBe('placed')
    expect(world.get('shop.orders', { of: { kind: 'all' }, ...page }).orders.length).toBe(1)
    expect(world.item(id).attempts).toBeGreaterThan(1)
  })
})

/** Three orders of one product of which there are two, and everything said about them when all is over. */
function threeForTwo(): void {
  const form = world.formFor(1)
  const ids = [world.freshId(), world.freshId(), world.freshId()]
  for (const id of ids) world.hosts.until(() => world.call('shop.order', { id, form }).result?.ok === true)
  const states = ids.map((id) => world.settled(id).state)
  const all = world.get('shop.orders', { of: { kind: 'all' }, ...page }).orders
  const told = states.flatMap((state) => (state.kind === 'placed' ? [state.order] : []))
  expect(told.length).toBe(2)
  expect(new Set(all.filter(({ state }) => state !== 'cancelled').map(({ id }) => id))).toEqual(new Set(told))
  expect(world.get('shop.product', { product: 1 }).product).toMatchObject({ onHand: 0, reserved: 0 })
  expect(world.get('shop.outbox', page).counts).toEqual({ waiting: 0, sent: 0, placed: 2, refused: 1 })
  world.hosts.until(() => world.get('shop.cart', {}).items.length === 0)
}

describe('a desk whose power goes', () => {
  const places = Array.from({ length: 12 }, (_, index) => index + 1)
  it.each(
    places.flatMap((nth) => [
      { nth, isKept: true },
      { nth, isKept: false },
    ]),
  )('at its transaction number $nth (kept: $isKept) orders nothing twice and forgets nothing', ({ nth, isKept }) => {
    world.get('shop.addToCart', { product: 1, quantity: 1 })
    world.setStock(1, 2)
    world.host.blink = { transactionsLeft: nth, isKept }
    threeForTwo()
    expect(world.runs).toBe(world.host.blink === null ? 2 : 1)
    expect(nth > 6 || world.runs === 2, 'the first places are on the way of the orders').toBe(true)
  })

  it.each(Array.from({ length: 12 }, (_, index) => index * 10))('twice, %i ms apart, orders nothing twice', (ms) => {
    world.setStock(1, 2)
    let latency = 0
    world.hosts.latencyMs = () => {
      latency = (latency + 7) % 23
      return latency
    }
    const form = world.formFor(1)
    const ids = [world.freshId(), world.freshId(), world.freshId()]
    for (const id of ids) world.get('shop.order', { id, form })
    world.hosts.run(ms)
    world.restart()
    world.hosts.run(ms)
    world.restart()
    const kinds = ids.map((id) => world.settled(id).state.kind)
    expect(kinds.toSorted()).toEqual(['placed', 'placed', 'refused'])
    expect(world.get('shop.orders', { of: { kind: 'all' }, ...page }).orders.length).toBe(2)
  })
})
