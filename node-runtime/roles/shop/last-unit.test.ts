import { describe, expect, it } from 'vitest'
import { ledgerOf, productOf, wrongIn } from './testing/ledger.ts'
import { Shopper, untilDefinite } from './testing/shopper.ts'
import { catalogues, type Heard, orders, VirtualShop } from './testing/virtual-shop.ts'

const shoppers = 100

function oneCakeLeft(): VirtualShop {
  const shop = new VirtualShop()
  shop.untilOpen()
  shop.shop('/api/produtos/3/estoque', { method: 'PUT', body: { quantidade: 1 } })
  return shop
}

function all(shop: VirtualShop): readonly Shopper[] {
  return Array.from(
    { length: shoppers },
    (_, index) => new Shopper(shop, { product: 3, key: `shopper ${index}`.replace(' ', '-') }),
  )
}

function expectOneSold(shop: VirtualShop, ends: readonly Heard[]): void {
  expect(ends.filter(({ status }) => status === 201)).toHaveLength(1)
  const refused = ends.filter(({ json }) => json.codigo === 'estoque_insuficiente')
  expect(refused).toHaveLength(shoppers - 1)
  for (const { json } of refused) {
    expect(json.indisponiveis).toEqual([{ disponivel: 0, produto_id: 3, quantidade_solicitada: 1 }])
  }
  shop.hosts.until(() => productOf(shop, 3).reserved === 0)
  expect(productOf(shop, 3)).toMatchObject({ onHand: 0, reserved: 0 })
  expect(wrongIn(ledgerOf(shop))).toBe(null)
}

describe('a hundred orders for the last one', () => {
  it('sell it once', () => {
    const shop = oneCakeLeft()
    expectOneSold(shop, untilDefinite(shop, all(shop)))
  })

  it.each([0, 5, 10, 20, 40, 80])('sell it once when the primary is killed %i ms into them', (killMs) => {
    const shop = oneCakeLeft()
    shop.hosts.latencyMs = () => 5
    const crowd = all(shop)
    shop.hosts.run(killMs)
    const primary = shop.primary ?? catalogues[0]
    if (primary === undefined) throw new Error('somebody leads')
    shop.powerOff(primary)
    const ends = untilDefinite(shop, crowd)
    shop.boot(primary)
    expectOneSold(shop, ends)
  })

  it.each([5, 15, 30, 60])('sell it once when the orders are killed %i ms into them', (killMs) => {
    const shop = oneCakeLeft()
    shop.hosts.latencyMs = () => 5
    const crowd = all(shop)
    shop.hosts.run(killMs)
    shop.powerOff(orders)
    shop.boot(orders)
    expectOneSold(shop, untilDefinite(shop, crowd))
  })
})
