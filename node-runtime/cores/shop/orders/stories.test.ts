import { describe, expect, it } from 'vitest'
import { shopLimits } from '../limits.ts'
import { wrongWith } from '../testing/one-catalogue.ts'
import { OneShop } from '../testing/one-shop.ts'
import { newestOrders } from './reading.ts'

const lastOne = [{ product: 1, quantity: 1, priceCents: null }]
const all = { before: null, limit: 200 }

function withOneLeft(): OneShop {
  const shop = new OneShop()
  shop.catalogue.staff({ kind: 'stock', product: 1, operation: 'set', quantity: 1, why: 'the last one' })
  return shop
}

/** Asks again under the key until it knows. */
function insist(shop: OneShop, key: string): string {
  for (let turn = 0; turn < 50; turn += 1) {
    const request = shop.place(`${key}-${turn}`, { key, lines: lastOne })
    shop.settle()
    const said = shop.said(request)
    if (said === 'placed' || said === 'out-of-stock') return said
  }
  return 'never'
}

describe('the last one', () => {
  it('is had by one of a hundred who ask at once and ask again until they know', () => {
    const shop = withOneLeft()
    const hundred = Array.from({ length: 100 }, (_, at) => `k${at}`)
    for (const key of hundred) shop.place(`first-${key}`, { key, lines: lastOne })
    // The catalogue does it all, and of every third nobody hears.
    for (const [at, ask] of shop.asked.splice(0).entries()) {
      const outcome = shop.catalogue.do(ask)
      shop.step(at % 3 === 0 ? { kind: 'unanswered', ask } : { kind: 'told', ask, outcome })
    }
    shop.start()
    const said = hundred.map((key) => insist(shop, key))
    expect([said.filter((it) => it === 'placed').length, said.filter((it) => it === 'out-of-stock').length]).toEqual([
      1, 99,
    ])
    expect([shop.catalogue.stock(1), wrongWith(shop.catalogue.ledger())]).toEqual([[0, 0], null])
    const { orders } = newestOrders(shop.disk, all)
    expect(orders.filter(({ state }) => state === 'stock-confirmed')).toHaveLength(1)
  })
})

/** What happens to an order and its catalogue, step by step; a life may end after each. */
const steps: readonly ((shop: OneShop) => void)[] = [
  (shop) => void shop.place('a', { key: 'k', lines: lastOne }),
  (shop) => shop.serve({ isHeard: false }),
  (shop) => shop.tick(6),
  (shop) => shop.serve(),
  (shop) => shop.serve({ isHeard: false }),
  (shop) => shop.tick(6),
  (shop) => shop.serve(),
  (shop) => void shop.move('a', 'cancelled'),
  (shop) => shop.serve({ isHeard: false }),
  (shop) => shop.tick(6),
  (shop) => shop.serve(),
]

describe('a life that ends', () => {
  it.each(steps.map((_, at) => [at]))('after step %i is gone on with, and asking again leads to one order', (last) => {
    for (const isOver of [false, true]) {
      const shop = withOneLeft()
      for (const step of steps.slice(0, last + 1)) step(shop)
      const wasCancelled = shop.state('a') === 'cancelled'
      shop.start()
      if (isOver) shop.catalogue.atMs += shopLimits.reservationMs
      expect(insist(shop, 'k')).toBe('placed')
      const { orders } = newestOrders(shop.disk, all)
      expect([orders.length, orders[0]?.key, shop.core.runningCount]).toEqual([1, 'k', 0])
      expect(shop.catalogue.stock(1)).toEqual(wasCancelled ? [1, 0] : [0, 0])
      expect(wrongWith(shop.catalogue.ledger())).toBeNull()
    }
  })
})
