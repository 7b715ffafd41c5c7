import { afterAll, beforeAll, expect, it } from 'vitest'
import { gateway, RealShop, realShopSpec } from './testing/real-shop.ts'
import { orderOf } from './testing/shopper.ts'

let shop: RealShop
let hosts: readonly string[]
let token: string
beforeAll(async () => {
  shop = new RealShop()
  const { supervisor } = shop.lab
  const setup = supervisor.configureShop(realShopSpec.id, 'lan')
  if (!setup.ok) throw new Error(setup.failure.message)
  hosts = setup.value.hosts
  token = setup.value.staffToken ?? ''
  await shop.open()
}, 180_000)
afterAll(() => shop.close())

const json = { 'content-type': 'application/json' }

/** The status, or null where nobody listens. */
async function statusAt(host: string, port: number, path: string, init: RequestInit = {}): Promise<number | null> {
  try {
    const answer = await fetch(`http://${host}:${port}${path}`, init)
    await answer.arrayBuffer()
    return answer.status
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

it('on a network people buy without a word, and staff shows its token', async () => {
  expect(token).toMatch(/^[0-9a-f]{32}$/)
  const { port } = shop.at(gateway)
  const body = JSON.stringify({ quantidade: 5 })
  for (const host of ['127.0.0.1', ...hosts]) {
    const ask = (path: string, init: RequestInit = {}) => statusAt(host, port, path, init)
    const staff = (shown: Readonly<Record<string, string>>) =>
      ask('/api/produtos/1/estoque', { method: 'PUT', headers: { ...json, ...shown }, body })
    expect(await ask('/api/produtos/1')).toBe(200)
    const order = { method: 'POST', headers: { ...json, 'idempotency-key': host }, body: JSON.stringify(orderOf(2)) }
    expect(await ask('/api/pedidos', order)).toBe(201)
    expect(await staff({})).toBe(401)
    expect(await staff({ authorization: 'Bearer palpite' })).toBe(401)
    expect(await staff({ authorization: `Bearer ${token}` })).toBe(200)
    expect(await ask('/api/v1/orders')).toBe(401)
    expect(await ask('/api/v1/orders', { headers: { authorization: `Bearer ${token}` } })).toBe(200)
  }
})

it('opens nothing but its one address, and not to pages that gave it another name', async () => {
  for (const { id } of realShopSpec.nodes) {
    const { port } = shop.at(id)
    expect(await statusAt('127.0.0.1', port, '/api/v1/standing'), 'on this machine').not.toBeNull()
    for (const host of hosts) {
      const status = await statusAt(host, port, '/api/v1/standing')
      if (id !== gateway) expect(status, `${id} at ${host}`).toBeNull()
    }
  }
  const refused = await shop.ask('/api/produtos/1', { headers: { origin: 'http://elsewhere.example' } })
  expect(refused?.status).toBe(403)
})

it('is on this machine alone again, with nothing to show, once that is chosen', async () => {
  const { supervisor } = shop.lab
  expect(supervisor.configureShop(realShopSpec.id, 'loopback')).toMatchObject({ failure: { code: 'does-not-apply' } })
  await supervisor.stopCluster(realShopSpec.id)
  expect(supervisor.configureShop(realShopSpec.id, 'loopback')).toMatchObject({ value: { staffToken: null } })
  await shop.open()
  const { port } = shop.at(gateway)
  for (const host of hosts) expect(await statusAt(host, port, '/api/produtos/1')).toBeNull()
  const answer = await shop.send('/api/produtos/1/estoque', { quantidade: 5 }, { method: 'PUT' })
  expect(answer?.status).toBe(200)
})
