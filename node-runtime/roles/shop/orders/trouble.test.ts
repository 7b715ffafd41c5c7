import { beforeEach, expect, it } from 'vitest'
import { noFaults } from '#contract/worker/faults'
import { ledgerOf, productOf, wrongIn } from '../testing/ledger.ts'
import { placing, Shopper, untilDefinite } from '../testing/shopper.ts'
import { catalogues, gateway, orders, VirtualShop } from '../testing/virtual-shop.ts'

let shop: VirtualShop

beforeEach(() => {
  shop = new VirtualShop()
  shop.untilOpen()
})

it('a full disk takes no order, says so, and keeps nothing for it', () => {
  shop.hosts.host(orders).disk.isFull = true
  shop.role(orders).setFaults({ ...noFaults, isDiskFull: true })
  const shopper = new Shopper(shop, { product: 8, key: 'k' })
  shop.hosts.run(2_000)
  expect(shop.role(orders).facts().canWrite).toBe(false)
  expect(shop.ask(orders, '/health').status).toBe(503)
  expect(productOf(shop, 8)).toMatchObject({ onHand: 5, reserved: 0 })
  shop.hosts.host(orders).disk.isFull = false
  shop.role(orders).setFaults(noFaults)
  const [heard] = untilDefinite(shop, [shopper])
  expect(heard?.status).toBe(201)
  expect(productOf(shop, 8)).toMatchObject({ onHand: 4, reserved: 0 })
})

it.each([5, 10, 15, 20, 30])('a disk that is full from %i ms on loses nothing that was begun', (fullMs) => {
  shop.hosts.latencyMs = () => 5
  const shoppers = [1, 2, 3].map((number) => new Shopper(shop, { product: 8, key: `k${number}` }))
  shop.hosts.run(fullMs)
  shop.hosts.host(orders).disk.isFull = true
  shop.hosts.run(1_000)
  shop.hosts.host(orders).disk.isFull = false
  const ends = untilDefinite(shop, shoppers)
  expect(ends.map(({ status }) => status)).toEqual([201, 201, 201])
  shop.hosts.until(() => productOf(shop, 8).reserved === 0)
  expect(productOf(shop, 8).onHand).toBe(2)
  expect(wrongIn(ledgerOf(shop))).toBe(null)
})

it('is unknown while the orders sleep, and is what it was when they wake', () => {
  shop.role(orders).setFaults({ ...noFaults, isPaused: true })
  const answer = shop.send(orders, '/api/pedidos', placing({ product: 8, key: 'k' }))
  const shopper = new Shopper(shop, { product: 8, key: 'k' })
  shop.hosts.until(() => shopper.look() === null && shopper.attempts > 1)
  expect(answer()).toBe(null)
  shop.role(orders).setFaults(noFaults)
  const [heard] = untilDefinite(shop, [shopper])
  expect(heard?.status).toBe(201)
  expect(productOf(shop, 8).onHand).toBe(4)
})

it('is refused for now while the catalogue is away, undone, and done when it is back', () => {
  for (const id of catalogues) shop.powerOff(id)
  const answer = shop.send(orders, '/api/pedidos', placing({ product: 8, key: 'k' }))
  shop.hosts.until(() => answer() !== null)
  expect([answer()?.status, answer()?.json.codigo]).toEqual([503, 'indisponivel'])
  for (const id of catalogues) shop.boot(id, { hasRun: true })
  shop.untilOpen()
  const [heard] = untilDefinite(shop, [new Shopper(shop, { product: 8, key: 'k' })])
  expect(heard?.status).toBe(201)
  shop.hosts.run(2_000)
  expect(productOf(shop, 8)).toMatchObject({ onHand: 4, reserved: 0 })
  expect(wrongIn(ledgerOf(shop))).toBe(null)
})

it.each([null, 'k'])('is told by the gateway too that it is refused for now, and not that it runs (key: %s)', (key) => {
  for (const id of catalogues) shop.powerOff(id)
  const answer = shop.send(gateway, '/api/pedidos', placing({ product: 8, key }))
  shop.hosts.until(() => answer() !== null)
  expect([answer()?.status, answer()?.json.codigo]).toEqual([503, 'indisponivel'])
})
