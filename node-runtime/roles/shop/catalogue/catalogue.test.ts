import { beforeEach, expect, it } from 'vitest'
import { ledgerOf, productOf, wrongIn } from '../testing/ledger.ts'
import { placing, Shopper, untilDefinite } from '../testing/shopper.ts'
import { catalogues, gateway, orders, VirtualShop } from '../testing/virtual-shop.ts'

let shop: VirtualShop

beforeEach(() => {
  shop = new VirtualShop()
  shop.untilOpen()
})

const any = { 'colmeia-read': 'any' }
const stockAt = (id: (typeof catalogues)[number]): number =>
  JSON.parse(shop.ask(id, '/api/produtos/1/estoque', { headers: any }).text).data?.estoque_atual

it('a node that lost its disk has everything again, also what a snapshot brought', () => {
  const [lost] = catalogues.filter((id) => id !== shop.primary)
  if (lost === undefined) throw new Error('a replica')
  shop.powerOff(lost)
  shop.hosts.host(lost).loseDisk()
  const change = { name: 'Bolo de Fubá', priceCents: 1_990 }
  expect(shop.shop('/api/v1/products/1', { method: 'PUT', body: change }).status).toBe(200)
  expect(shop.shop('/api/produtos/1/estoque', { method: 'PUT', body: { quantidade: 4 } }).status).toBe(200)
  shop.boot(lost, { hasRun: true })
  shop.hosts.until(() => stockAt(lost) === 4)
  const { data } = JSON.parse(shop.ask(lost, '/api/produtos', { query: { busca: 'fuba' } }).text)
  expect(data).toMatchObject([{ id: 1, nome: 'Bolo de Fubá', preco: 19.9, estoque: 4 }])
})

it('a change is seen in every list at once, on every node', () => {
  const made = shop.shop('/api/v1/products', {
    method: 'POST',
    body: { name: 'Quindim <b>', priceCents: 450, category: 5, onHand: 3 },
  })
  expect(made.status).toBe(201)
  const found = () => JSON.parse(shop.shop('/api/produtos', { query: { busca: 'QUINDIM' } }).text).total
  for (const _ of catalogues) expect(found()).toBe(1)
  const { id } = JSON.parse(made.text).data
  expect(shop.shop(`/api/v1/products/${id}`, { method: 'PUT', body: { isActive: false } }).status).toBe(200)
  for (const _ of catalogues) expect(found()).toBe(0)
  expect(shop.shop(`/api/produtos/${id}`).status).toBe(404)
})

it('what was kept for an order that never came is there again after ten minutes', () => {
  shop.hosts.latencyMs = () => 5
  const primary = shop.untilOpen()
  shop.send(gateway, '/api/pedidos', placing({ product: 8, quantity: 2, key: 'k' }))
  shop.hosts.until(() => {
    const facts = shop.role(primary).facts().shop
    return facts?.kind === 'catalogue' && facts.liveReservations === 1
  })
  shop.powerOff(orders)
  shop.hosts.run(1_000)
  expect(productOf(shop, 8).reserved).toBe(2)
  // Nobody is awake meanwhile, so that ten minutes are a moment for the test.
  for (const id of [gateway, ...catalogues]) shop.powerOff(id)
  shop.hosts.run(11 * 60_000)
  for (const id of [gateway, ...catalogues]) shop.boot(id, { hasRun: true })
  shop.untilOpen()
  shop.hosts.until(() => productOf(shop, 8).reserved === 0)
  expect(ledgerOf(shop).at(-1)).toMatchObject({ kind: 'expired', product: 8, onHand: 5 })
  shop.boot(orders)
  const [heard] = untilDefinite(shop, [new Shopper(shop, { product: 8, quantity: 2, key: 'k' })])
  expect(heard?.status).toBe(201)
  expect(productOf(shop, 8)).toMatchObject({ onHand: 3, reserved: 0 })
  expect(wrongIn(ledgerOf(shop))).toBe(null)
})
