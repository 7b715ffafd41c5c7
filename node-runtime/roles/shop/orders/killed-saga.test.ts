import { describe, expect, it } from 'vitest'
import { PowerGone } from '../../testing/virtual-hosts.ts'
import { ledgerOf, productOf, wrongIn } from '../testing/ledger.ts'
import { Shopper, untilDefinite } from '../testing/shopper.ts'
import { orders, VirtualShop } from '../testing/virtual-shop.ts'

/** Transactions of one order from its request to its answer, and some to spare. */
const transactions = Array.from({ length: 8 }, (_, index) => index + 1)

function bootAgain(shop: VirtualShop): void {
  shop.hosts.died = (host, cause) => {
    if (!(cause instanceof PowerGone)) throw cause
    shop.powerOff(host.id)
    shop.boot(host.id)
  }
}

describe.each([true, false])('power that goes in a transaction of the saga (kept: %s)', (isKept) => {
  it.each(transactions)('at number %i: the order is carried to its end, once', (transactionsLeft) => {
    const shop = new VirtualShop()
    shop.untilOpen()
    bootAgain(shop)
    shop.hosts.host(orders).blink = { transactionsLeft, isKept }
    const [heard] = untilDefinite(shop, [new Shopper(shop, { product: 8, quantity: 2, key: 'k' })])
    expect(heard?.status).toBe(201)
    shop.hosts.until(() => shop.hosts.host(orders).blink === null)
    // Whatever a former life has begun is over by now, or soon.
    shop.hosts.until(() => productOf(shop, 8).reserved === 0)
    shop.hosts.run(1_000)
    expect(productOf(shop, 8)).toMatchObject({ onHand: 3, reserved: 0 })
    expect(wrongIn(ledgerOf(shop))).toBe(null)
    const { data } = JSON.parse(shop.shop('/api/pedidos', { query: { telefone: '11999990000' } }).text)
    expect(data.map(({ status }: { status: string }) => status)).toEqual(['estoque confirmado'])
  })

  it.each(transactions)('at number %i: what was refused leaves nothing behind', (transactionsLeft) => {
    const shop = new VirtualShop()
    shop.untilOpen()
    bootAgain(shop)
    shop.hosts.host(orders).blink = { transactionsLeft, isKept }
    const [heard] = untilDefinite(shop, [new Shopper(shop, { product: 8, quantity: 6, key: 'k' })])
    expect(heard?.json.codigo).toBe('estoque_insuficiente')
    shop.hosts.until(() => shop.hosts.host(orders).blink === null)
    shop.hosts.run(1_000)
    expect(productOf(shop, 8)).toMatchObject({ onHand: 5, reserved: 0 })
    expect(wrongIn(ledgerOf(shop))).toBe(null)
  })

  it.each(transactions)('at number %i of a cancellation: stock comes back once', (transactionsLeft) => {
    const shop = new VirtualShop()
    shop.untilOpen()
    const [placed] = untilDefinite(shop, [new Shopper(shop, { product: 8, quantity: 2, key: 'k' })])
    const path = `/api/pedidos/${JSON.parse(placed?.text ?? '').data.id}/status`
    bootAgain(shop)
    shop.hosts.host(orders).blink = { transactionsLeft, isKept }
    let status = 0
    for (let attempt = 0; attempt < 20 && status !== 200; attempt += 1) {
      status = shop.shop(path, { method: 'PUT', body: { status: 'cancelado' } }).status
    }
    expect(status).toBe(200)
    shop.hosts.until(() => shop.hosts.host(orders).blink === null)
    shop.hosts.until(() => productOf(shop, 8).onHand === 5)
    shop.hosts.run(1_000)
    expect(productOf(shop, 8)).toMatchObject({ onHand: 5, reserved: 0 })
    expect(wrongIn(ledgerOf(shop))).toBe(null)
  })
})
