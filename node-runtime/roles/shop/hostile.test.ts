import { beforeAll, describe, expect, it } from 'vitest'
import { productOf } from './testing/ledger.ts'
import { type Question, VirtualShop } from './testing/virtual-shop.ts'

let shop: VirtualShop

beforeAll(() => {
  shop = new VirtualShop()
  shop.untilOpen()
})

const words = [
  "'; DROP TABLE produtos; --",
  '<script>alert(1)</script>',
  '\u0000',
  '../../etc/passwd',
  'ção 🍰',
  '\ud800',
  'x'.repeat(70_000),
  '__proto__',
]
const numbers = [-1, 0, 1.5, 1e21, Number.MAX_SAFE_INTEGER, -(2 ** 53)]
const values: readonly unknown[] = [...words, ...numbers, null, true, [], {}, [[]], { $ne: 1 }]

/** Whatever a client does, it is the client's mistake, said in the form of the dialect or as a page. */
function expectNoFaultOfOurs(path: string, question: Question): number {
  const { status, headers, json } = shop.shop(path, question)
  expect(status, path).toBeLessThan(500)
  if (headers['content-type'] === 'application/json') expect(json.success).toBe(status < 400)
  return status
}

const bodies: readonly (readonly [string, string, object])[] = [
  ['PUT', '/api/produtos/1/estoque', { quantidade: 1, operacao: 'definir' }],
  ['POST', '/api/carrinho/visita/adicionar', { produto_id: 1, quantidade: 1 }],
  ['PUT', '/api/carrinho/visita/atualizar/1', { quantidade: 1 }],
  [
    'POST',
    '/api/pedidos',
    {
      ...{ nome: 'Ana', telefone: '119', nome_retirada: 'Bia', data_retirada: '2026-11-23', mensagem: 'x' },
      ...{ session_id: 's', valor_total: 1, itens: [{ produto_id: 1, quantidade: 1 }] },
    },
  ],
  ['PUT', '/api/pedidos/nada/status', { status: 'pronto' }],
  ['POST', '/api/v1/products', { name: 'x', description: '', priceCents: 1, category: 1, photo: '/x', onHand: 1 }],
  ['PUT', '/api/v1/products/2', { name: 'x', description: '', priceCents: 1, category: 1, photo: '/x' }],
  ['POST', '/api/v1/categories', { name: 'x' }],
  ['PUT', '/api/v1/consistency', { choice: 'any' }],
]

describe.each(bodies)('%s %s', (method, path, body) => {
  it.each(Object.keys(body))('with anything at all in %s is no fault of ours', (field) => {
    for (const value of values) expectNoFaultOfOurs(path, { method, body: { ...body, [field]: value } })
  })

  it('with no JSON, or none that is said to be it, is refused', () => {
    const headers = { 'content-type': 'application/json' }
    for (const text of ['', '{', '[]', '"x"', 'null', '7', '{"a":1}trailing']) {
      expect([400, 404]).toContain(expectNoFaultOfOurs(path, { method, body: text, headers }))
    }
    expect([400, 404]).toContain(expectNoFaultOfOurs(path, { method, body: JSON.stringify(body) }))
  })
})

it('anything in a path, a query or a header is no fault of ours', () => {
  for (const word of words) {
    const name = word.slice(0, 300)
    const places = ['/api/produtos/', '/api/categorias/', '/api/carrinho/', '/api/pedidos/', '/art/', '/api/v1/']
    for (const place of places) expectNoFaultOfOurs(`${place}${name}`, {})
    const query = { busca: word, categoria_id: word, preco_max: word, quantidade: word, telefone: word, after: word }
    for (const path of ['/api/produtos', '/api/pedidos', '/api/produtos/1/estoque', '/api/v1/ledger']) {
      expectNoFaultOfOurs(path, { query })
    }
    const headers = { 'idempotency-key': word, 'colmeia-session': word, 'colmeia-read': word }
    expectNoFaultOfOurs('/api/produtos/1', { headers })
    expectNoFaultOfOurs('/api/pedidos', { method: 'POST', headers, body: {} })
  }
})

it('too much of anything is said to be that, or left out', () => {
  const query = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`a${index}`, 'x']))
  expect(shop.shop('/api/produtos/1', { query }).status).toBe(200)
  const headers = { 'content-type': 'application/json' }
  for (const length of [300_000, 5_000_000]) {
    const body = `{"nome":"${'x'.repeat(length)}"}`
    expect(shop.shop('/api/pedidos', { method: 'POST', body, headers }).status).toBe(413)
    expect(shop.shop('/api/produtos/1/estoque', { method: 'PUT', body, headers }).status).toBe(413)
  }
})

it('what is written in a field is told back as it is, and does nothing', () => {
  const nome = `<b>'; DROP TABLE pedidos`
  const order = { nome, telefone: '119', mensagem: '<script>', itens: [{ produto_id: 4 }] }
  const placed = shop.shop('/api/pedidos', { method: 'POST', body: order })
  expect(placed.json).toMatchObject({ data: { nome, mensagem: '<script>' } })
})

it('no stock has ever been below zero', () => {
  const { onHand, reserved } = productOf(shop, 1)
  expect(onHand).toBeGreaterThanOrEqual(reserved)
  expect(reserved).toBe(0)
})
