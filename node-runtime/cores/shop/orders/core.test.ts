import { beforeEach, describe, expect, it } from 'vitest'
import { orderLimits, shopLimits } from '../limits.ts'
import { OneShop, placingOf } from '../testing/one-shop.ts'
import { newestOrders, ordersByPhone, ordersBySession } from './reading.ts'

let shop: OneShop

beforeEach(() => {
  shop = new OneShop()
})

const asks = () => shop.asked.map(({ kind }) => kind)
const buyAll = (order: string) => {
  shop.place(order, { lines: [{ product: 1, quantity: 10, priceCents: null }] })
  shop.settle()
}

describe('an order', () => {
  it('SO3 is placed when it is written and confirmed, and not before', () => {
    const request = shop.place('a')
    expect([asks(), shop.state('a'), shop.said(request)]).toEqual([['reserve'], 'none', 'nothing'])
    shop.serve()
    expect([asks(), shop.state('a'), shop.said(request)]).toEqual([['confirm'], 'received', 'nothing'])
    shop.serve()
    expect([asks(), shop.state('a'), shop.said(request)]).toEqual([[], 'stock-confirmed', 'placed'])
    expect(shop.order('a')).toMatchObject({
      number: 1,
      owes: null,
      totalCents: 4_590,
      lines: [{ name: 'Bolo de Chocolate' }],
    })
    expect(shop.catalogue.stock(1)).toEqual([9, 0])
    expect(shop.core.runningCount).toBe(0)
  })

  it('SO3 that was refused leaves nothing but the answer', () => {
    buyAll('a')
    const request = shop.place('b')
    shop.serve()
    expect(shop.answers.get(request)).toEqual({
      kind: 'refused',
      why: 'out-of-stock',
      lines: [{ product: 1, wanted: 1, available: 0, priceCents: 4_590 }],
    })
    expect([shop.state('b'), asks(), shop.core.runningCount]).toEqual(['none', [], 0])
  })

  it('SO3 goes on until it is confirmed, however long it takes and however often it is begun anew', () => {
    const request = shop.place('a')
    shop.serve()
    shop.lose()
    shop.tick(orderLimits.askAgainTicks + orderLimits.patienceTicks)
    shop.serve({ isHeard: false })
    shop.start()
    shop.tick()
    expect([asks(), shop.state('a')]).toEqual([['confirm'], 'received'])
    shop.settle()
    expect([shop.state('a'), shop.said(request)]).toEqual(['stock-confirmed', 'nothing'])
    expect(shop.catalogue.stock(1)).toEqual([9, 0])
  })

  it('SO3 is cancelled when its reservation is over and somebody else has it', () => {
    const request = shop.place('a', { lines: [{ product: 1, quantity: 6, priceCents: null }], key: 'k' })
    shop.serve()
    shop.lose()
    shop.catalogue.atMs += shopLimits.reservationMs
    shop.catalogue.reserve('other', [1, 5])
    shop.settle()
    expect([shop.said(request), shop.state('a')]).toEqual(['out-of-stock', 'cancelled'])
    expect(shop.order('a')).toMatchObject({ owes: null, refusal: { lines: [{ available: 5 }] } })
    expect(shop.said(shop.place('b', { key: 'k' }))).toBe('out-of-stock')
    expect(shop.catalogue.stock(1)).toEqual([10, 5])
  })

  it('SO2 is undone when the catalogue is silent, and whoever waits is told for certain', () => {
    const request = shop.place('a', { key: 'k' })
    shop.serve({ isHeard: false })
    expect(shop.catalogue.stock(1)).toEqual([10, 1])
    shop.tick(orderLimits.patienceTicks)
    expect(shop.said(request)).toBe('unavailable')
    expect(asks().at(-1)).toBe('release')
    expect(shop.said(shop.place('early', { key: 'k' }))).toBe('running')
    shop.settle()
    const again = shop.place('b', { key: 'k' })
    shop.settle()
    expect([shop.said(again), shop.state('a'), shop.state('b'), shop.catalogue.stock(1)]).toEqual([
      'placed',
      'none',
      'stock-confirmed',
      [9, 0],
    ])
  })

  it('SO2 is undone after a start, also if it was reserved late', () => {
    shop.place('a', { key: 'k' })
    const late = [...shop.asked]
    shop.start()
    shop.tick()
    expect([asks(), shop.said(shop.place('b', { key: 'k' }))]).toEqual([['release'], 'running'])
    shop.start()
    shop.settle()
    for (const ask of late) expect(shop.catalogue.try(ask)).toBe('ended')
    expect([shop.state('a'), shop.core.runningCount, shop.catalogue.stock(1)]).toEqual(['none', 0, [10, 0]])
    expect(shop.disk.scan('order-attempts')).toEqual([])
  })

  it('SO5 is not refused for what an attempt under its own key still holds', () => {
    const all = { key: 'k', lines: [{ product: 1, quantity: 10, priceCents: null }] }
    shop.place('a', all)
    shop.serve({ isHeard: false })
    shop.start()
    shop.tick()
    expect([shop.catalogue.stock(1), shop.said(shop.place('b', all))]).toEqual([[10, 10], 'running'])
    shop.settle()
    const again = shop.place('c', all)
    shop.settle()
    expect([shop.said(again), shop.state('c'), shop.catalogue.stock(1)]).toEqual(['placed', 'stock-confirmed', [0, 0]])
  })

  it('SO4 takes nothing twice, and nothing that comes late', () => {
    shop.place('a')
    const [reserve] = shop.asked
    shop.serve()
    const before = shop.disk.text()
    const outcome = shop.catalogue.do(reserve!)
    expect(shop.step({ kind: 'told', ask: reserve!, outcome })).toMatchObject({ asks: [], answers: [] })
    expect(shop.step({ kind: 'unanswered', ask: reserve! })).toMatchObject({ asks: [], answers: [] })
    shop.tick(3)
    expect([asks(), shop.disk.text()]).toEqual([['confirm'], before])
    shop.settle()
    const confirm = { kind: 'confirm', order: 'a' } as const
    expect(shop.step({ kind: 'told', ask: confirm, outcome })).toMatchObject({ asks: [], answers: [] })
  })

  it('SO4 asks again for what nobody ever says a word of', () => {
    shop.place('a')
    shop.serve()
    shop.asked.length = 0
    shop.tick(orderLimits.askLostTicks - 1)
    expect(asks()).toEqual([])
    shop.tick()
    expect(asks()).toEqual(['confirm'])
  })

  it('SO9 waits for its turn only so far, and is malformed past its limits', () => {
    const before = shop.disk.text()
    const wrong = [
      shop.place('A'),
      shop.place('a', { key: '' }),
      shop.place('a', { key: 'x'.repeat(orderLimits.keyCharsMax + 1) }),
      shop.place('a', { lines: [] }),
      shop.place('a', { customer: { ...placingOf('a').customer, message: 'x'.repeat(256) } }),
    ]
    expect(wrong.map((request) => shop.said(request))).toEqual(Array(5).fill('malformed'))
    expect(shop.disk.text()).toBe(before)
    for (let at = 0; at < orderLimits.runningMax; at += 1) shop.place(`o-${at}`)
    expect(shop.said(shop.place('one-more'))).toBe('busy')
  })
})

describe('a key', () => {
  it('SO5 is one order, whoever asks again and when', () => {
    const first = shop.place('a', { key: 'k' })
    expect(shop.said(shop.place('b', { key: 'k' }))).toBe('running')
    shop.serve()
    expect(shop.said(shop.place('c', { key: 'k' }))).toBe('running')
    expect(shop.said(shop.place('d', { key: 'k', body: 'another' }))).toBe('key-reused')
    shop.serve()
    shop.start()
    const again = shop.place('e', { key: 'k' })
    expect([shop.said(first), shop.answers.get(again)]).toEqual([
      'placed',
      { kind: 'placed', isRepeat: true, order: shop.order('a') },
    ])
    expect(shop.said(shop.place('f', { key: 'k', body: 'another' }))).toBe('key-reused')
    expect([newestOrders(shop.disk, page).orders.length, shop.catalogue.stock(1)]).toEqual([1, [9, 0]])
  })

  it('SO5 keeps a refusal for a day, and an order for ever', () => {
    shop.place('kept', { key: 'kept', lines: [{ product: 4, quantity: 1, priceCents: null }] })
    buyAll('a')
    const lines = [{ product: 1, quantity: 2, priceCents: null }]
    shop.place('b', { key: 'k', lines })
    shop.serve()
    shop.catalogue.staff({ kind: 'stock', product: 1, operation: 'add', quantity: 50, why: '' })
    expect(shop.said(shop.place('c', { key: 'k', lines }))).toBe('out-of-stock')
    shop.atMs += orderLimits.refusalKeptMs
    shop.tick()
    const request = shop.place('d', { key: 'k', lines })
    shop.settle()
    expect([shop.said(request), shop.said(shop.place('e', { key: 'kept' }))]).toEqual(['placed', 'placed'])
    expect(shop.disk.scan('order-refusals')).toEqual([])
  })

  it('SO5 may be missing: then each time is another order', () => {
    shop.place('a')
    shop.place('b')
    shop.settle()
    expect(newestOrders(shop.disk, page).orders.map(({ id }) => id)).toEqual(['b', 'a'])
  })
})

describe('the states of an order', () => {
  it('SO6 go where they may', () => {
    shop.place('a')
    shop.serve()
    expect([shop.said(shop.move('a', 'ready')), shop.said(shop.move('a', 'cancelled'))]).toEqual(['running', 'running'])
    shop.settle()
    const said = (['picked-up', 'received', 'ready', 'ready', 'picked-up', 'cancelled', 'ready'] as const).map((to) =>
      shop.said(shop.move('a', to)),
    )
    expect(said).toEqual(['not-allowed', 'not-allowed', 'moved', 'moved', 'moved', 'not-allowed', 'not-allowed'])
    expect(shop.order('a')?.history.map(({ state, by }) => `${state} ${by}`)).toEqual([
      'received shop',
      'stock-confirmed shop',
      'ready bia',
      'picked-up bia',
    ])
    expect(shop.order('a')?.pickedUpAtMs).not.toBeNull()
    expect(shop.said(shop.move('nobody', 'ready'))).toBe('unknown-order')
  })

  it('SO7 cancelled gives back what was sold, once, and says so afterwards', () => {
    shop.place('a')
    shop.settle()
    const request = shop.move('a', 'cancelled')
    const twice = shop.move('a', 'cancelled')
    expect([asks(), shop.state('a'), shop.said(request)]).toEqual([['give-back'], 'cancelled', 'nothing'])
    shop.serve({ isHeard: false })
    shop.start()
    const after = shop.move('a', 'cancelled')
    shop.settle()
    expect([request, twice, after].map((it) => shop.said(it))).toEqual(['nothing', 'nothing', 'moved'])
    expect([shop.catalogue.stock(1), shop.order('a')?.owes]).toEqual([[10, 0], null])
    expect(shop.said(shop.move('a', 'cancelled'))).toBe('moved')
    expect(shop.said(shop.move('a', 'ready'))).toBe('not-allowed')
  })
})

const page = { before: null, limit: 10 }

it('SO8 orders are found by phone, however it is written, by session, and by what is newest', () => {
  for (const order of ['a', 'b', 'c', 'd'])
    shop.place(order, {
      session: order === 'b' ? 's' : 's-2',
      customer: { ...placingOf('').customer, phone: order === 'c' ? '119888877770' : '11 98888 7777' },
    })
  shop.settle()
  const ids = ({ orders }: { readonly orders: readonly { readonly id: string }[] }) => orders.map(({ id }) => id)
  expect(ids(ordersByPhone(shop.disk, '(11) 98888-7777', page))).toEqual(['d', 'b', 'a'])
  expect(ids(ordersBySession(shop.disk, 's', page))).toEqual(['b'])
  expect(ids(ordersBySession(shop.disk, '', page))).toEqual([])
  const first = newestOrders(shop.disk, { before: null, limit: 3 })
  expect([ids(first), first.next]).toEqual([['d', 'c', 'b'], 2])
  expect(newestOrders(shop.disk, { before: first.next, limit: 3 })).toMatchObject({ orders: [{ id: 'a' }], next: null })
})
