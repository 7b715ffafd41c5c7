import { beforeEach, describe, expect, it } from 'vitest'
import { ledgerOf, productOf, wrongIn } from '../testing/ledger.ts'
import { orderOf, placing } from '../testing/shopper.ts'
import { orders, VirtualShop } from '../testing/virtual-shop.ts'

let shop: VirtualShop

beforeEach(() => {
  shop = new VirtualShop()
  shop.untilOpen()
})

const idIn = (text: string): string => JSON.parse(text).data.id
const cancel = { method: 'PUT', body: { status: 'cancelado' } }

describe('an order', () => {
  it('takes stock, and stands as it was confirmed', () => {
    const placed = shop.shop('/api/pedidos', placing({ product: 1, quantity: 3, key: 'k1' }))
    expect(placed.status).toBe(201)
    expect(placed.headers['colmeia-idempotency']).toBe('kept')
    const { data } = JSON.parse(placed.text)
    expect(data).toMatchObject({ status: 'estoque confirmado', valor_total: 137.7, telefone: '11999990000' })
    expect(data.itens).toEqual([
      { nome: 'Bolo de Chocolate', preco: 45.9, produto_id: 1, quantidade: 3, subtotal: 137.7 },
    ])
    expect(shop.shop('/api/produtos/1/estoque').json).toMatchObject({ data: { estoque_atual: 7 } })
    expect(JSON.parse(shop.shop(`/api/pedidos/${data.id}`).text).data).toEqual(data)
    expect(productOf(shop, 1)).toMatchObject({ onHand: 7, reserved: 0 })
    expect(wrongIn(ledgerOf(shop))).toBe(null)
  })

  it('is the same one under the same key, and refused for another', () => {
    const first = shop.shop('/api/pedidos', placing({ product: 1, key: 'k1' }))
    const again = shop.shop('/api/pedidos', placing({ product: 1, key: 'k1' }))
    expect([again.status, again.headers['colmeia-idempotency']]).toEqual([201, 'repeated'])
    expect(idIn(again.text)).toBe(idIn(first.text))
    const other = shop.shop('/api/pedidos', placing({ product: 1, quantity: 2, key: 'k1' }))
    expect([other.status, other.json.codigo]).toEqual([422, 'chave_reutilizada'])
    expect(productOf(shop, 1).onHand).toBe(9)
  })

  it('says that it cannot be asked again safely where it has no key', () => {
    const placed = shop.shop('/api/pedidos', placing({ product: 1 }))
    expect([placed.status, placed.headers['colmeia-idempotency']]).toEqual([201, 'none'])
  })

  it('is still running for whoever asks meanwhile', () => {
    const first = shop.send(orders, '/api/pedidos', placing({ product: 1, key: 'k1' }))
    const second = shop.ask(orders, '/api/pedidos', placing({ product: 1, key: 'k1' }))
    expect([second.status, second.json.codigo]).toEqual([409, 'em_andamento'])
    shop.hosts.until(() => first() !== null)
    expect(first()?.status).toBe(201)
  })

  it('is refused with what there is, and nothing is kept for it', () => {
    const refused = shop.shop('/api/pedidos', placing({ product: 9, quantity: 5, key: 'k1' }))
    expect([refused.status, refused.json.codigo]).toEqual([409, 'estoque_insuficiente'])
    expect(refused.json.indisponiveis).toEqual([{ disponivel: 4, produto_id: 9, quantidade_solicitada: 5 }])
    const unknown = shop.shop('/api/pedidos', placing({ product: 99 }))
    expect([unknown.status, unknown.json.indisponiveis]).toEqual([
      409,
      [{ disponivel: null, produto_id: 99, quantidade_solicitada: 1 }],
    ])
    expect(productOf(shop, 9)).toMatchObject({ onHand: 4, reserved: 0 })
  })

  it('says what a price is now before anything is confirmed', () => {
    const told = { ...orderOf(1), itens: [{ produto_id: 1, quantidade: 1, preco: 40 }] }
    const refused = shop.shop('/api/pedidos', { method: 'POST', body: told })
    expect([refused.status, refused.json.codigo]).toEqual([409, 'preco_alterado'])
    expect(refused.json.precos).toEqual([{ preco: 45.9, preco_informado: 40, produto_id: 1 }])
    expect(productOf(shop, 1)).toMatchObject({ onHand: 10, reserved: 0 })
  })
})

describe('what comes after', () => {
  it('goes only where a way leads', () => {
    const id = idIn(shop.shop('/api/pedidos', placing({ product: 1 })).text)
    const to = (status: string) => shop.shop(`/api/pedidos/${id}/status`, { method: 'PUT', body: { status } })
    expect(to('retirado').json.codigo).toBe('transicao_invalida')
    expect(to('pronto').json).toMatchObject({ data: { status: 'pronto' } })
    expect(to('retirado').json).toMatchObject({ data: { status: 'retirado', entregue: true } })
    expect(to('cancelado').status).toBe(409)
    expect(to('frito').status).toBe(400)
    expect(shop.shop('/api/pedidos/nada/status', cancel).status).toBe(404)
  })

  it('gives stock back when it is cancelled, once', () => {
    const id = idIn(shop.shop('/api/pedidos', placing({ product: 1, quantity: 4 })).text)
    for (const _ of [1, 2]) {
      expect(shop.shop(`/api/pedidos/${id}/status`, cancel).json).toMatchObject({ data: { status: 'cancelado' } })
    }
    expect(productOf(shop, 1)).toMatchObject({ onHand: 10, reserved: 0 })
    expect(wrongIn(ledgerOf(shop))).toBe(null)
  })

  it('is listed by telephone and session, newest first', () => {
    const ids = [1, 2].map((product) => {
      const placed = shop.shop('/api/pedidos', placing({ product, more: { session_id: 's1' } }))
      return idIn(placed.text)
    })
    for (const query of [{ telefone: '(11) 99999 0000' }, { session_id: 's1' }]) {
      const { data, total } = JSON.parse(shop.shop('/api/pedidos', { query }).text)
      expect([data.map(({ id }: { id: string }) => id), total]).toEqual([ids.toReversed(), 2])
    }
    expect(shop.shop('/api/pedidos').status).toBe(400)
    expect(JSON.parse(shop.shop('/api/pedidos', { query: { telefone: '1' } }).text).data).toEqual([])
  })

  it('is moved by the staff only, where others than this machine can ask', () => {
    shop = new VirtualShop({ staffToken: 'segredo' })
    shop.untilOpen()
    const id = idIn(shop.shop('/api/pedidos', placing({ product: 1 })).text)
    const to = (status: string, token?: string) => {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
      return shop.shop(`/api/pedidos/${id}/status`, { method: 'PUT', body: { status }, headers }).status
    }
    expect([to('pronto'), to('pronto', 'palpite'), to('pronto', 'segredo'), to('cancelado')]).toEqual([
      401, 401, 200, 200,
    ])
    const change = { method: 'PUT', body: { quantidade: 1 } }
    expect(shop.shop('/api/produtos/1/estoque', change).status).toBe(401)
    expect(shop.shop('/api/v1/orders').status).toBe(401)
    const own = { ...change, headers: { authorization: 'Bearer segredo' } }
    expect(shop.shop('/api/produtos/1/estoque', own).status).toBe(200)
  })
})
