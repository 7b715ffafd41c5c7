import { beforeEach, describe, expect, it } from 'vitest'
import { noFaults } from '#contract/worker/faults'
import { placing } from '../testing/shopper.ts'
import { cart, catalogues, gateway, orders, VirtualShop } from '../testing/virtual-shop.ts'

let shop: VirtualShop

beforeEach(() => {
  shop = new VirtualShop()
  shop.untilOpen()
})

const product = '/api/produtos/1'
const stock = `${product}/estoque`

function setStock(quantidade: number) {
  return shop.shop(stock, { method: 'PUT', body: { quantidade } })
}

function onShelf(headers: Readonly<Record<string, string>> = {}): number {
  return JSON.parse(shop.shop(stock, { headers }).text).data.estoque_atual
}

function killPrimary(): void {
  const { primary } = shop
  if (primary === null) throw new Error('nobody leads')
  shop.powerOff(primary)
}

describe('reads', () => {
  it('come from every node of the catalogue, and say from which and how far behind it is', () => {
    const heard = Array.from({ length: 9 }, () => shop.shop(product))
    expect(new Set(heard.map(({ headers }) => headers['colmeia-node']))).toEqual(new Set(catalogues))
    for (const { headers } of heard) {
      expect(Number(headers['colmeia-lag-entries'])).toBeGreaterThanOrEqual(0)
      expect(Number(headers['colmeia-position'])).toBeGreaterThan(0)
      expect(headers['colmeia-age-ms']).toMatch(/^\d+$/)
    }
  })

  it('go on when the primary is killed', () => {
    killPrimary()
    for (let count = 0; count < 60; count += 1) {
      expect(shop.shop(product).status).toBe(200)
      shop.hosts.run(25)
    }
  })

  it('go on with one node, which says how old it is', () => {
    for (const id of catalogues.slice(1)) shop.powerOff(id)
    shop.hosts.run(2_000)
    const heard = shop.shop(product)
    expect(heard.status).toBe(200)
    expect(heard.headers['colmeia-lag-entries']).toBe('unknown')
    expect(Number(heard.headers['colmeia-age-ms'])).toBeGreaterThan(1_000)
  })

  it('see what the same visitor wrote, on whichever node', () => {
    for (let count = 0; count < 30; count += 1) {
      expect(setStock(count + 1).status).toBe(200)
      expect(onShelf()).toBe(count + 1)
    }
  })

  it('see what an order of the same visitor took', () => {
    const headers = { 'colmeia-session': 'ana' }
    for (let left = 9; left > 0; left -= 1) {
      const { headers: key, ...order } = placing({ product: 1 })
      expect(shop.shop('/api/pedidos', { ...order, headers: { ...key, ...headers } }).status).toBe(201)
      expect(onShelf(headers)).toBe(left)
    }
  })

  it('fall back to what there is where nobody has what the visitor wrote, and say so', () => {
    const { primary } = shop
    const [behind] = catalogues.filter((id) => id !== primary)
    if (behind === undefined) throw new Error('a replica')
    shop.hosts.isolate(behind)
    expect(setStock(5).status).toBe(200)
    for (const id of catalogues) if (id !== behind) shop.powerOff(id)
    for (const link of [`${gateway}>${behind}`, `${behind}>${gateway}`]) shop.hosts.cut.delete(link)
    shop.hosts.run(1_000)
    const heard = shop.shop(stock)
    expect(heard.json).toMatchObject({ data: { estoque_atual: 10 } })
    expect(heard.headers['colmeia-stale']).toBe('true')
    expect(shop.role(gateway).facts().shop).toMatchObject({ kind: 'gateway', stale: expect.any(Number) })
  })

  it('pause in the strong way while nobody leads, and then see everything', () => {
    expect(setStock(5).status).toBe(200)
    killPrimary()
    const answer = shop.send(gateway, stock, { headers: { 'colmeia-read': 'strong' } })
    shop.hosts.run(100)
    expect(answer()).toBe(null)
    shop.hosts.until(() => answer() !== null)
    expect(answer()?.json).toMatchObject({ data: { estoque_atual: 5 } })
    expect(answer()?.headers['colmeia-node']).toBe(shop.primary)
  })

  it('are as fresh as the shop chooses, also after a restart of the gateway', () => {
    const path = '/api/v1/consistency'
    expect(shop.shop(path).json).toMatchObject({ data: { choice: 'own-writes' } })
    expect(shop.shop(path, { method: 'PUT', body: { choice: 'newest' } }).status).toBe(400)
    expect(shop.shop(path, { method: 'PUT', body: { choice: 'strong' } }).status).toBe(200)
    shop.powerOff(gateway)
    shop.boot(gateway)
    expect(shop.shop(path).json).toMatchObject({ data: { choice: 'strong' } })
    expect(shop.shop(product).headers['colmeia-node']).toBe(shop.primary)
  })

  it('pass by a node that is paused', () => {
    const [paused] = catalogues.filter((id) => id !== shop.primary)
    if (paused === undefined) throw new Error('a replica')
    shop.role(paused).setFaults({ ...noFaults, isPaused: true })
    for (let count = 0; count < 20; count += 1) {
      const heard = shop.shop(product)
      expect([heard.status, heard.headers['colmeia-node'] === paused]).toEqual([200, false])
      shop.hosts.run(50)
    }
  })
})

describe('writes', () => {
  it('find the primary from any node', () => {
    for (const id of catalogues) {
      expect(shop.ask(id, stock, { method: 'PUT', body: { quantidade: 3 } }).status).toBe(200)
    }
    expect(onShelf()).toBe(3)
  })

  it('go on within a second and a half of a kill, and happen once', () => {
    killPrimary()
    const answer = shop.send(gateway, stock, { method: 'PUT', body: { quantidade: 2, operacao: 'remover' } })
    shop.hosts.until(() => answer() !== null, 1_500)
    expect(answer()?.json).toMatchObject({ data: { estoque: 8 } })
  })

  it('happen once under a key', () => {
    const change = {
      method: 'PUT',
      body: { quantidade: 2, operacao: 'adicionar' },
      headers: { 'idempotency-key': 'k' },
    }
    expect(shop.shop(stock, change).headers['colmeia-idempotency']).toBe('kept')
    expect(shop.shop(stock, change).headers['colmeia-idempotency']).toBe('repeated')
    expect(onShelf()).toBe(12)
    const other = { ...change, body: { quantidade: 3, operacao: 'adicionar' } }
    expect(shop.shop(stock, other).status).toBe(422)
  })

  it('that nobody answers are unknown', () => {
    const answer = shop.send(gateway, '/api/pedidos', placing({ product: 1, key: 'k' }))
    shop.powerOff(orders)
    shop.hosts.until(() => answer() !== null)
    expect([answer()?.status, answer()?.json.codigo]).toEqual([504, 'desconhecido'])
  })

  it('of a cart that died in the middle are not added twice', () => {
    const path = '/api/carrinho/visita/adicionar'
    shop.hosts.latencyMs = () => 5
    const answer = shop.send(gateway, path, { method: 'POST', body: { produto_id: 1 } })
    shop.hosts.run(10)
    shop.powerOff(cart)
    shop.boot(cart)
    shop.hosts.until(() => answer() !== null)
    expect(answer()?.status).toBe(504)
  })
})

describe('the gateway', () => {
  it('knows its own paths and no others', () => {
    expect(shop.shop('/nada')).toMatchObject({ status: 404, text: expect.stringContaining('404 Not Found') })
    expect(shop.shop('/health').json).toMatchObject({ service: 'gateway', status: 'healthy' })
    expect(shop.shop('/health', { method: 'PUT' }).status).toBe(405)
    const { paths } = JSON.parse(shop.shop('/api/v1/openapi.json').text)
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/produtos/{id}', '/api/pedidos', '/api/v1/nodes']))
    expect(shop.shop('/api/v1').text).toContain('/api/carrinho/{sid}')
    expect(shop.shop('/art/1.svg')).toMatchObject({ status: 200, text: expect.stringContaining('<svg') })
  })

  it('shows who lives, and who does not', () => {
    shop.powerOff(cart)
    shop.hosts.run(3_000)
    const { data } = JSON.parse(shop.shop('/api/v1/nodes').text)
    const live = data.filter(({ isLive }: { isLive: boolean }) => isLive)
    expect(live.map(({ nodeId }: { nodeId: string }) => nodeId)).toEqual([...catalogues, orders])
    expect(data.find(({ isPrimary }: { isPrimary: boolean }) => isPrimary).nodeId).toBe(shop.primary)
  })
})
