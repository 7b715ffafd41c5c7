import { describe, expect, it } from 'vitest'
import { cartAnswers, catalogueAnswers, type DialectProduct, notFound, page, productJson } from './index.ts'
import { recorded, shapeOf } from './testing/recorded.ts'

const atMs = 1_795_225_120_538
const cake: DialectProduct = {
  id: 1,
  name: 'Bolo de Chocolate',
  description: 'Delicioso bolo de chocolate com cobertura cremosa',
  priceCents: 4590,
  available: 10,
  category: { id: 1, name: 'Bolos' },
  photo: '/art/1.svg',
  isActive: true,
  createdMs: atMs,
  changedMs: atMs,
}
const mousse: DialectProduct = {
  ...{ ...cake, id: 13, name: 'Mousse de Maracujá', description: 'Mousse leve e refrescante', priceCents: 2500 },
  ...{ available: 12, category: { id: 5, name: 'Sobremesas' } },
}

/** What the original was heard to answer, by shape. */
function heard(number: number): string {
  return shapeOf(recorded[number - 1]?.body ?? '')
}

function placeOf(method: string, path: string, after = 0): number {
  return recorded.find((one) => one.number > after && one.method === method && one.path === path)?.number ?? 0
}

describe('the recording', () => {
  it('was read to its end', () => {
    expect(recorded).toHaveLength(56)
    expect(recorded.every(({ status, path }) => status >= 200 && path.startsWith('/'))).toBe(true)
  })
})

describe('answers, to the letter of the recording', () => {
  it('DS1 DS5 a product, with its price as a Python float and its letters escaped', () => {
    const body = catalogueAnswers.product(productJson(cake)).body
    expect(shapeOf(body)).toBe(heard(placeOf('GET', '/api/produtos/1')))
    const listed = recorded.find(({ query }) => query.get('categoria_id') === '5')
    expect(shapeOf(listed?.body ?? '')).toContain(shapeOf(productJson(mousse)))
  })

  it('DS4 a category', () => {
    const body = catalogueAnswers.category({ id: 1, name: 'Bolos', createdMs: atMs }).body
    expect(shapeOf(body)).toBe(heard(placeOf('GET', '/api/categorias/1')))
  })

  it('DS6 what is in stock', () => {
    expect(shapeOf(catalogueAnswers.stock(cake, 1).body)).toBe(heard(placeOf('GET', '/api/produtos/1/estoque')))
    expect(catalogueAnswers.stock(cake, -3).body).toContain('"disponivel":true')
  })

  it('DS2 DS3 what is not there', () => {
    expect(shapeOf(notFound.body)).toBe(heard(placeOf('GET', '/api/categorias/99')))
    expect(shapeOf(page(404).body)).toBe(heard(placeOf('GET', '/api/produtos/abc')))
  })

  it('DS8 a cart with what it costs', () => {
    const gourmet: DialectProduct = {
      ...{ ...cake, id: 4, name: 'Brigadeiro Gourmet', description: 'Brigadeiro de chocolate belga (unidade)' },
      ...{ priceCents: 350, available: 100, category: { id: 2, name: 'Doces Finos' } },
    }
    const items = [
      { product: 1, quantity: 4, addedMs: atMs, json: productJson(cake), subtotalCents: 18_360, isShort: false },
      { product: 4, quantity: 1, addedMs: atMs, json: productJson(gourmet), subtotalCents: 350, isShort: false },
    ]
    const kept = { session: '0'.repeat(8), items, createdMs: atMs, changedMs: atMs }
    const priced = cartAnswers.cart({ ...kept, totalCents: 18_710, warning: null })
    const asked = recorded.find(({ body }) => body.includes('"valor_total":187.1'))
    expect(shapeOf(priced.body).replace('"00000000"', '"UUID"')).toBe(shapeOf(asked?.body ?? ''))
  })
})
