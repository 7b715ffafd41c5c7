import { beforeEach, describe, expect, it } from 'vitest'
import { encodeCatalogueCommand } from '#cores/shop/index'
import type { CatalogueDeed, CatalogueQuery } from '#cores/shop/messages'
import { OneCatalogue } from '#cores/shop/testing/one-catalogue'
import type { Look } from './looking.ts'
import { Shelf, shelfLimits } from './shelf.ts'

const made = 250
const all = { category: null, priceMaxCents: null, inStock: false, words: '' }

let catalogue: OneCatalogue
let shelf: Shelf
/** How many products were read, look by look. */
let looks: number[]

beforeEach(() => {
  catalogue = new OneCatalogue()
  looks = []
  const look: Look = <Query extends CatalogueQuery>(query: Query) => {
    if (query.kind === 'products-by-id') looks.push(query.products.length)
    return catalogue.ask(query)
  }
  shelf = new Shelf({ look })
  applied([])
  applied(Array.from({ length: made - 13 }, (_, index) => product(index)))
})

const product = (index: number): CatalogueDeed => ({
  ...{ kind: 'add-product', id: catalogue.id(), by: 'bia', name: `Doce ${index}`, description: '', photo: '' },
  ...{ priceCents: 500, category: 1, onHand: 3 },
})

function applied(deeds: readonly CatalogueDeed[]): void {
  catalogue.index += 1
  const entry = { index: catalogue.index, atMs: catalogue.atMs, lamport: 1, bytes: encodeCatalogueCommand({ deeds }) }
  shelf.applied(catalogue.machine.apply(entry, catalogue.state))
}

const ids = () => shelf.find(all).map((row) => row.product.id)

describe('the shelf', () => {
  it('is made ready bit by bit, so that whoever searches finds it ready', () => {
    for (let tick = 0; tick < 3; tick += 1) shelf.tend()
    expect(looks).toEqual([shelfLimits.rowsPerTick, shelfLimits.rowsPerTick, made - 2 * shelfLimits.rowsPerTick])
    expect(ids()).toHaveLength(made)
    expect(looks).toHaveLength(3)
  })

  it('is whole for whoever searches before it is ready, and in the order of its numbers', () => {
    expect(shelf.one(200)?.product.name).toBe('Doce 186')
    expect(looks).toEqual([1])
    shelf.tend()
    expect(ids()).toEqual(Array.from({ length: made }, (_, index) => index + 1))
    expect(looks).toEqual([1, shelfLimits.rowsPerTick, made - 1 - shelfLimits.rowsPerTick])
  })

  it('reads of what has changed since that alone', () => {
    ids()
    looks = []
    applied([{ kind: 'stock', id: catalogue.id(), by: 'bia', product: 7, operation: 'set', quantity: 1, why: '' }])
    expect(shelf.one(6)?.product.onHand).toBeGreaterThan(1)
    expect(looks).toEqual([])
    expect(shelf.one(7)?.product.onHand).toBe(1)
    expect(looks).toEqual([1])
    shelf.forget()
    expect(shelf.one(7)?.product.onHand).toBe(1)
    expect(looks).toEqual([1, 1])
  })
})
