import { beforeEach, expect, it } from 'vitest'
import { noFaults } from '#contract/worker/faults'
import { cart, catalogues, VirtualShop } from '../testing/virtual-shop.ts'

let shop: VirtualShop
let path = ''

beforeEach(() => {
  shop = new VirtualShop()
  shop.untilOpen()
  const { data } = JSON.parse(shop.shop('/api/carrinho/sessao', { method: 'POST' }).text)
  path = `/api/carrinho/${data.session_id}`
})

function add(product: number, quantity: number): number {
  return shop.shop(`${path}/adicionar`, { method: 'POST', body: { produto_id: product, quantidade: quantity } }).status
}

function shown() {
  return JSON.parse(shop.shop(path).text).data
}

it('a cart survives a kill of its node', () => {
  expect(add(1, 2)).toBe(200)
  shop.powerOff(cart)
  shop.boot(cart)
  shop.hosts.until(() => shop.shop(path).status === 200)
  expect(shown()).toMatchObject({ total_itens: 1, valor_total: 91.8 })
})

it('keeps its items while the catalogue is away, and has prices again when it is back', () => {
  expect(add(1, 2)).toBe(200)
  for (const id of catalogues) shop.powerOff(id)
  expect(shown()).toMatchObject({
    sem_preco: true,
    aviso: expect.stringContaining('guardados'),
    itens: [{ produto_id: 1, quantidade: 2, produto: null, subtotal: null }],
  })
  expect(add(1, 1)).toBe(400)
  expect(shop.ask(cart, '/health').status).toBe(503)
  expect(shop.role(cart).facts().shop).toMatchObject({ kind: 'cart', isCatalogueAway: true })
  for (const id of catalogues) shop.boot(id)
  shop.untilOpen()
  shop.hosts.until(() => shown().valor_total === 91.8)
  expect(shop.ask(cart, '/health').status).toBe(200)
})

it('ends a day after it was last touched', () => {
  expect(add(1, 2)).toBe(200)
  const hourMs = 3_600_000
  const { clock } = shop.hosts.host(cart)
  clock.skewMs = 23 * hourMs
  expect(shown()).toMatchObject({ total_itens: 1 })
  expect(add(2, 1)).toBe(200)
  clock.skewMs = 46 * hourMs
  expect(shown()).toMatchObject({ total_itens: 2 })
  clock.skewMs = 48 * hourMs
  expect(shown()).toMatchObject({ total_itens: 0, atualizado_em: null })
})

it('says what there is not enough of any more', () => {
  expect(add(1, 2)).toBe(200)
  shop.shop('/api/produtos/1/estoque', { method: 'PUT', body: { quantidade: 1 } })
  shop.hosts.run(200)
  expect(shown()).toMatchObject({ aviso: expect.stringContaining('estoque'), itens: [{ em_falta: true }] })
})

it('takes nothing while its disk is full, says so, and has what it had', () => {
  expect(add(1, 2)).toBe(200)
  shop.hosts.host(cart).disk.isFull = true
  shop.role(cart).setFaults({ ...noFaults, isDiskFull: true })
  expect(add(1, 1)).toBe(503)
  expect(shown()).toMatchObject({ total_itens: 1, valor_total: 91.8 })
  expect(shop.role(cart).facts().canWrite).toBe(false)
  shop.hosts.host(cart).disk.isFull = false
  shop.role(cart).setFaults(noFaults)
  expect(add(1, 1)).toBe(200)
})
