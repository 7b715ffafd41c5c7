import { beforeEach, describe, expect, it } from 'vitest'
import type { ShopOrder } from '#contract/worker/shop-shapes'
import { orderSpaces } from '#cores/shop/orders/rows'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { plainSha256 } from '#kit/sha256'
import { VirtualStore } from '#sim/virtual-store'
import { orders } from '../../shop/testing/virtual-shop.ts'
import { receiptOf } from './receipts.ts'
import { ShopDeskWorld } from './testing/shop-desk-world.ts'

let world: ShopDeskWorld
let order: string
beforeEach(() => {
  world = new ShopDeskWorld()
  const id = world.freshId()
  world.get('shop.order', { id, form: world.formFor(1) })
  const { state } = world.settled(id)
  if (state.kind !== 'placed') throw new Error(state.kind)
  order = state.order
})

const said = { title: 'Pedido 1', registrant: 'Confeitaria' }

describe('the receipt of an order', () => {
  it('is registered once, as a hash that tells nothing of the order', () => {
    expect(world.get('shop.checkReceipt', { order }).kind).toBe('not-registered')
    const given = world.get('shop.registerReceipt', { order, ...said })
    expect(given).toMatchObject({ state: 'waiting', fileName: 'pedido-1.txt' })
    world.get('shop.registerReceipt', { order, ...said })
    world.hosts.until(() => world.get('shop.receipt', { order }).index !== null)
    expect(world.notary.records).toMatchObject([{ kind: 'file', sha256: given.sha256, title: 'Pedido 1', text: null }])
    expect(given.sha256).toBe(toHex(plainSha256(encodeText(given.text))))
  })

  it('is checked against the register whatever became of the order, also by another life of the desk', () => {
    world.get('shop.registerReceipt', { order, ...said })
    world.hosts.until(() => world.get('shop.receipt', { order }).index !== null)
    world.get('shop.cancel', { order })
    world.restart()
    const checked = world.get('shop.checkReceipt', { order })
    expect(checked).toMatchObject({ kind: 'registered', index: 0, registeredAtMs: 1_700_000_000_000 })
    expect(world.get('shop.orders', { of: { kind: 'all' }, after: null, limit: 9 }).orders[0]?.receipt).toBe('in-log')
  })

  it('waits while the notary says nothing, and counts as registered only then', () => {
    world.notary.moods.set(world.notary.peers[0]!, 'busy')
    world.get('shop.registerReceipt', { order, ...said })
    world.hosts.run(1_000)
    world.notary.moods.clear()
    expect(['waiting', 'registered']).toContain(world.get('shop.checkReceipt', { order }).kind)
    world.hosts.until(() => world.get('shop.checkReceipt', { order }).kind === 'registered')
  })

  it('says that the order is another than the registered one', () => {
    world.get('shop.registerReceipt', { order, ...said })
    world.hosts.until(() => world.get('shop.receipt', { order }).index !== null)
    tamper('Sem velas', 'Com velas')
    expect(world.get('shop.checkReceipt', { order }).kind).toBe('changed')
  })

  it('is of an order that is there', () => {
    expect(world.ask('shop.receipt', { order: 'nobody' })).toMatchObject({ ok: false, failure: { code: 'not-found' } })
  })

  it('has one text for one order, and no text of a person can look like another line', () => {
    const found = world.get('shop.orderById', { order }).order!
    const other = (change: Partial<ShopOrder>) => receiptOf({ ...found, ...change })
    expect(other({ state: 'cancelled', updatedAtMs: 1, history: [], receipt: 'in-log' })).toBe(receiptOf(found))
    const forged = other({ message: 'x"\ntotal-cents: 1' })
    expect(forged.split('\n').length).toBe(receiptOf(found).split('\n').length)
    const changes = [
      { name: 'B' },
      { phone: '1' },
      { pickupDate: 'x' },
      { message: '' },
      { totalCents: 1 },
      { number: 9 },
    ]
    expect(new Set([receiptOf(found), ...changes.map(other)]).size).toBe(changes.length + 1)
  })
})

/** What the shop keeps of its orders is changed behind its back; the texts are as long as each other. */
function tamper(from: string, to: string): void {
  const store = new VirtualStore(world.hosts.host(orders).disk)
  store.transaction((tx) => {
    for (const { key, value } of tx.scan(orderSpaces.orders)) {
      const text = latin.decode(value)
      const at = text.indexOf(from)
      if (at < 0) continue
      const changed = value.slice()
      changed.set(encodeText(to), at)
      tx.put(orderSpaces.orders, key, changed)
    }
  })
}

const latin = new TextDecoder('latin1')
