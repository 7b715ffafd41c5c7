import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { readFilter, readItem, readMove, readOrder, readQuantity, readStockChange, readWanted } from './index.ts'

const json = 'application/json; charset=utf-8'
const body = (value: unknown): Uint8Array => encodeText(typeof value === 'string' ? value : JSON.stringify(value))
const order = { nome: 'Ana', telefone: '(11) 99999-0000', itens: [{ produto_id: 1, quantidade: 2 }] }

describe('a change of stock', () => {
  it('DS7 sets when nothing else is said', () => {
    expect(readStockChange(json, body({ quantidade: 3 }))).toEqual({
      kind: 'read',
      value: { operation: 'definir', quantity: 3 },
    })
  })

  it.each([-1, 1.5, '3', null, 1e300, true, [], {}])('DS7 is refused for %j pieces', (quantidade) => {
    expect(readStockChange(json, body({ quantidade }))).toMatchObject({ kind: 'refused', answer: { status: 400 } })
  })

  it.each([
    ['no json', 'nope', json],
    ['a list', '[]', json],
    ['a form', '{"quantidade":1}', 'application/x-www-form-urlencoded'],
    ['nothing said', '{"quantidade":1}', undefined],
    ['half a letter', new Uint8Array([0x22, 0xff]), json],
  ])('DS2 is refused as %s', (_, text, type) => {
    const bytes = text instanceof Uint8Array ? text : encodeText(text)
    expect(readStockChange(type, bytes)).toMatchObject({ kind: 'refused', answer: { status: 400 } })
  })
})

describe('an item', () => {
  it('DS9 is one piece when nothing else is said', () => {
    expect(readItem(json, body({ produto_id: 4 }))).toMatchObject({ value: { product: 4, quantity: 1 } })
  })

  it.each([
    {},
    { produto_id: 0 },
    { produto_id: '1' },
    { produto_id: 1, quantidade: 0 },
    { produto_id: 1, quantidade: '2' },
    { produto_id: 1, quantidade: -2 },
    { produto_id: 1e30 },
    { produto_id: { $gt: 0 } },
  ])('DS9 is refused as %j', (value) => {
    expect(readItem(json, body(value))).toMatchObject({ kind: 'refused', answer: { status: 400 } })
    expect(readQuantity(json, body({ quantidade: 0 }))).toMatchObject({ kind: 'refused' })
  })
})

describe('filters', () => {
  it('DS5 ignores what cannot be read', () => {
    const query = new Map([
      ['preco_max', 'abc'],
      ['categoria_id', "1'; DROP TABLE produtos"],
      ['em_estoque', 'false'],
      ['busca', '<b>bolo</b>'],
    ])
    expect(readFilter(query)).toEqual({ category: null, priceMaxCents: null, inStock: false, words: '<b>bolo</b>' })
    expect(readWanted(new Map([['quantidade', 'x']]))).toBe(1)
    expect(readFilter(new Map([['preco_max', '45.90']])).priceMaxCents).toBe(4590)
  })
})

describe('an order', () => {
  it('DS11 has one row a product, and money in whole cents', () => {
    const itens = [{ produto_id: 1, quantidade: 2, preco: 45.9 }, { produto: 1 }, { produto_id: 2, quantidade: 1 }]
    expect(readOrder(json, body({ ...order, itens, valor_total: 176.2 }))).toMatchObject({
      value: {
        pickUpName: 'Ana',
        totalCents: 17_620,
        items: [
          { product: 1, quantity: 3, toldCents: 4590 },
          { product: 2, quantity: 1, toldCents: null },
        ],
      },
    })
  })

  it.each([
    { nome: '' },
    { nome: 7 },
    { nome: 'x'.repeat(121) },
    { telefone: "'; DROP TABLE pedidos" },
    { telefone: '' },
    { mensagem: 'x'.repeat(256) },
    { mensagem: '\ud800' },
    { data_retirada: '2026-02-31' },
    { data_retirada: 'amanhã' },
    { session_id: 'x'.repeat(65) },
    { itens: [] },
    { itens: 'x' },
    { itens: [{ produto_id: 1, quantidade: -1 }] },
    {
      itens: [
        { produto_id: 1, quantidade: 999_999 },
        { produto_id: 1, quantidade: 2 },
      ],
    },
    { itens: [{ produto_id: 1, preco: -1 }] },
    { itens: [{ produto_id: 1, preco: 'x' }] },
    { itens: [null] },
    { itens: Array.from({ length: 51 }, (_, index) => ({ produto_id: index + 1 })) },
    { valor_total: '1' },
    { valor_total: -1 },
  ])('DS11 is refused with %j', (change) => {
    expect(readOrder(json, body({ ...order, ...change }))).toMatchObject({ kind: 'refused', answer: { status: 400 } })
  })

  it('DS12 moves to one of the five states', () => {
    expect(readMove(json, body({ status: 'Estoque_Confirmado' }))).toMatchObject({ value: 'estoque confirmado' })
    expect(readMove(json, body({ status: 'pago' }))).toMatchObject({ kind: 'refused', answer: { status: 400 } })
    expect(readMove(json, body({}))).toMatchObject({ kind: 'refused' })
  })
})
