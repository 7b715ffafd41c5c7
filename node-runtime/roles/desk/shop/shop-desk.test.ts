import { beforeEach, describe, expect, it } from 'vitest'
import { cart, catalogues, gateway, orders } from '../../shop/testing/virtual-shop.ts'
import { ShopDeskWorld } from './testing/shop-desk-world.ts'

const everything = {
  text: '',
  category: null,
  priceCentsMax: null,
  isInStock: false,
  isAll: false,
  after: null,
} as const
const page = { after: null, limit: 50 } as const

let world: ShopDeskWorld
beforeEach(() => {
  world = new ShopDeskWorld()
})

describe('the storefront', () => {
  it('tells categories and products, filtered, page by page, and who answered', () => {
    const { categories } = world.get('shop.categories', {})
    expect(categories.length).toBe(5)
    const first = world.get('shop.products', { ...everything, limit: 5 })
    const second = world.get('shop.products', { ...everything, limit: 50, after: first.next })
    expect([first.products.length, second.products.length, second.next]).toEqual([5, 8, null])
    expect(catalogues).toContain(first.answered.from)
    expect(first.answered).toMatchObject({ lagEntries: 0, isStale: false })
    const found = world.get('shop.products', { ...everything, limit: 50, text: 'chocolate' }).products
    expect(found.length).toBeGreaterThan(0)
    expect(found.every(({ name, description }) => /chocolate/i.test(name + description))).toBe(true)
    const category = categories[0]!.id
    const cheap = world.get('shop.products', { ...everything, limit: 50, category, priceCentsMax: 5_000 }).products
    expect(cheap.every((product) => product.category === category && product.priceCents <= 5_000)).toBe(true)
  })

  it('leaves out what is sold out when that is wanted, and sees at once what the staff has changed', () => {
    world.setStock(1, 0)
    const there = world.get('shop.products', { ...everything, limit: 50, isInStock: true }).products
    expect(there.some(({ id }) => id === 1)).toBe(false)
    const all = world.get('shop.products', { ...everything, limit: 50 }).products
    expect(all.find(({ id }) => id === 1)).toMatchObject({ onHand: 0, available: 0 })
  })

  it('shows the picture of a product, and only a picture', () => {
    const { products } = world.get('shop.products', { ...everything, limit: 1 })
    expect(world.get('shop.art', { photo: products[0]!.photo }).svg).toContain('<svg')
    expect(world.ask('shop.art', { photo: '/art/x.svg' })).toMatchObject({ ok: false, failure: { code: 'not-found' } })
  })

  it('goes on when the primary is lost, and says how old that is', () => {
    const primary = world.shop.primary!
    world.shop.powerOff(primary)
    const { products, answered } = world.get('shop.products', { ...everything, limit: 50 })
    expect(products.length).toBe(13)
    expect(answered.from).not.toBe(primary)
  })

  it('says how old it is, does not care, or waits, as the shop has chosen', () => {
    const [behind, ...others] = catalogues.filter((id) => id !== world.shop.primary)
    if (behind === undefined || world.shop.primary === null) throw new Error('three nodes')
    const ahead = [world.shop.primary, ...others]
    world.get('shop.product', { product: 1 })
    world.hosts.isolate(behind)
    world.setStock(1, 77)
    for (const id of ahead) world.shop.powerOff(id)
    for (const id of [gateway]) for (const link of [`${id}>${behind}`, `${behind}>${id}`]) world.hosts.cut.delete(link)
    world.hosts.run(2_000)
    const old = world.get('shop.product', { product: 1 })
    expect(old.product?.onHand).not.toBe(77)
    expect(old.answered).toMatchObject({ from: behind, isStale: true, lagEntries: null })
    expect(old.answered.ageMs).toBeGreaterThan(1_500)
    expect(world.get('shop.status', {}).last).toMatchObject({ from: behind, isStale: true })
    world.get('shop.choose', { choice: 'any' })
    expect(world.get('shop.product', { product: 1 }).answered).toMatchObject({ from: behind, isStale: false })
    world.get('shop.choose', { choice: 'strong' })
    expect(world.ask('shop.product', { product: 1 })).toMatchObject({ ok: false })
  })

  it('says that nobody answers when the gateway is lost, and since when', () => {
    world.shop.powerOff(gateway)
    const lost = world.ask('shop.products', { ...everything, limit: 50 })
    expect(lost).toMatchObject({ ok: false })
    const silent = world.get('shop.status', {})
    expect(silent.isAnswering).toBe(false)
    expect(silent.silentSinceWallMs).not.toBeNull()
    world.shop.boot(gateway)
    world.hosts.until(() => world.ask('shop.products', { ...everything, limit: 50 }).ok)
    expect(world.get('shop.status', {})).toMatchObject({ isAnswering: true, silentSinceWallMs: null })
  })
})

describe('the cart', () => {
  it('is one and the same over restarts of the desk', () => {
    expect(world.get('shop.cart', {})).toMatchObject({ session: null, items: [], answered: null })
    const added = world.get('shop.addToCart', { product: 1, quantity: 2 })
    expect(added).toMatchObject({ kind: 'done', cart: { items: [{ product: 1, quantity: 2, problem: null }] } })
    const before = world.get('shop.cart', {})
    world.restart()
    expect(world.get('shop.cart', {})).toMatchObject({ session: before.session, items: before.items })
    expect(before.totalCents).toBe(2 * (before.items[0]?.priceCents ?? 0))
  })

  it('refuses what there is not, in a word for each reason', () => {
    world.setStock(1, 3)
    const why = (result: ReturnType<typeof world.get<'shop.addToCart'>>) =>
      result.kind === 'refused' ? result.why : null
    expect(why(world.get('shop.addToCart', { product: 1, quantity: 4 }))).toBe('unavailable')
    expect(why(world.get('shop.addToCart', { product: 999, quantity: 1 }))).toBe('unavailable')
    world.get('shop.addToCart', { product: 1, quantity: 2 })
    expect(why(world.get('shop.addToCart', { product: 1, quantity: 2 }))).toBe('over-stock')
    expect(why(world.get('shop.setInCart', { product: 2, quantity: 1 }))).toBe('not-in-cart')
    expect(why(world.get('shop.setInCart', { product: 1, quantity: 9 }))).toBe('over-stock')
  })

  it('changes, loses and empties', () => {
    world.get('shop.addToCart', { product: 1, quantity: 1 })
    world.get('shop.addToCart', { product: 2, quantity: 1 })
    expect(world.get('shop.setInCart', { product: 1, quantity: 2 }).cart.items[0]?.quantity).toBe(2)
    expect(world.get('shop.setInCart', { product: 1, quantity: 0 }).cart.items.map(({ product }) => product)).toEqual([
      2,
    ])
    expect(world.get('shop.clearCart', {}).cart.items).toEqual([])
  })

  it('says of each item what is wrong with it now', () => {
    world.setStock(1, 5)
    for (const product of [1, 2, 3]) world.get('shop.addToCart', { product, quantity: 2 })
    world.setStock(1, 1)
    const same = { name: null, description: null, priceCents: null, category: null }
    world.get('shop.changeProduct', { id: world.freshId(), product: 2, ...same, isActive: false })
    const problems = () => world.get('shop.cart', {}).items.map(({ product, problem }) => [product, problem])
    expect(problems()).toEqual([
      [1, 'short'],
      [2, 'not-sold'],
      [3, null],
    ])
  })

  it('keeps its items without a price while the catalogue is away', () => {
    world.get('shop.addToCart', { product: 1, quantity: 2 })
    for (const node of catalogues) world.shop.powerOff(node)
    world.hosts.run(3_000)
    const away = world.get('shop.cart', {})
    expect(away.isCatalogueAway).toBe(true)
    expect(away.items).toMatchObject([{ product: 1, quantity: 2, priceCents: null, problem: 'unpriced' }])
    const refused = world.get('shop.addToCart', { product: 2, quantity: 1 })
    expect(refused).toMatchObject({ kind: 'refused', why: 'catalogue-away' })
  })

  it('is another one for another visitor', () => {
    world.get('shop.addToCart', { product: 1, quantity: 2 })
    const before = world.get('shop.status', {}).session
    world.get('shop.leave', {})
    expect(world.get('shop.cart', {}).items).toEqual([])
    world.get('shop.addToCart', { product: 1, quantity: 1 })
    expect(world.get('shop.status', {}).session).not.toBe(before)
  })
})

describe('the staff', () => {
  it('changes stock, prices and products, each once under its id', () => {
    const id = world.freshId()
    const add = { id, product: 1, operation: 'add', quantity: 5 } as const
    const before = world.get('shop.product', { product: 1 }).product!.onHand
    expect(world.get('shop.changeStock', add)).toMatchObject({ kind: 'done', product: { onHand: before + 5 } })
    expect(world.get('shop.changeStock', add)).toMatchObject({ kind: 'done', product: { onHand: before + 5 } })
    const removed = { id: world.freshId(), product: 1, operation: 'remove', quantity: 1_000 } as const
    expect(world.get('shop.changeStock', removed)).toEqual({ kind: 'refused', why: 'out-of-stock' })
    const quindim = { name: 'Quindim', description: '', priceCents: 450, category: 5, onHand: 20 }
    const made = world.get('shop.addProduct', { id: world.freshId(), ...quindim })
    expect(made).toMatchObject({ kind: 'done', product: { name: 'Quindim', priceCents: 450, available: 20 } })
    const nowhere = world.get('shop.addProduct', { id: world.freshId(), ...quindim, category: 77 })
    expect(nowhere).toEqual({ kind: 'refused', why: 'unknown-category' })
    expect(world.get('shop.addCategory', { id: world.freshId(), name: 'Bebidas' })).toEqual({ refused: null })
  })

  it('reads ledger and reservations, and who holds the catalogue', () => {
    world.setStock(1, 7)
    const of = world.get('shop.ledger', { product: 1, ...page })
    expect(of.rows[0]).toMatchObject({ kind: 'set', onHand: 7, available: 7, product: 1 })
    const all = world.get('shop.ledger', { product: null, after: null, limit: 5 })
    expect(all.rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
    expect(world.get('shop.reservations', page).reservations).toEqual([])
    const { services, behind, choice } = world.get('shop.replicas', {})
    expect(choice).toBe('own-writes')
    expect(services.map(({ nodeId }) => nodeId)).toEqual([...catalogues, cart, orders])
    expect(services.filter(({ isPrimary }) => isPrimary).length).toBe(1)
    expect(Object.keys(behind)).toEqual([...catalogues])
  })

  it('chooses how fresh the shop reads, which it keeps', () => {
    world.get('shop.choose', { choice: 'strong' })
    expect(world.get('shop.status', {}).choice).toBe('strong')
    world.restart()
    world.get('shop.status', {})
    world.hosts.until(() => world.get('shop.status', {}).choice === 'strong')
  })
})
