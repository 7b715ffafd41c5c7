import fc from 'fast-check'
import { expect, it } from 'vitest'
import { orderLimits, shopLimits } from '../limits.ts'
import { wrongWith } from '../testing/one-catalogue.ts'
import { OneShop } from '../testing/one-shop.ts'
import { newestOrders } from './reading.ts'

type Event =
  | { readonly kind: 'place'; readonly key: string | null; readonly body: string; readonly quantity: number }
  | { readonly kind: 'cancel' | 'ready'; readonly number: number }
  | { readonly kind: 'serve' | 'serve-unheard' | 'lose' | 'start' | 'wait' }
  | { readonly kind: 'tick'; readonly times: number }

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    kind: fc.constant('place' as const),
    key: fc.constantFrom(null, 'k1', 'k2', 'k3'),
    body: fc.constantFrom('one', 'one', 'two'),
    quantity: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({ kind: fc.constantFrom('cancel' as const, 'ready' as const), number: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constantFrom('serve' as const, 'serve-unheard' as const, 'lose' as const) }),
  fc.record({ kind: fc.constantFrom('start' as const, 'wait' as const) }),
  fc.record({ kind: fc.constant('tick' as const), times: fc.constantFrom(1, 6, orderLimits.patienceTicks) }),
)

const all = { before: null, limit: 200 }

it('SO1 to SO8 whatever is lost, late or begun anew: all comes to rest, and orders are what the catalogue has sold', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const shop = new OneShop()
      const asked = new Map<number, string | null>()
      for (const [at, it] of events.entries()) {
        if (it.kind === 'place') {
          const lines = [{ product: 1, quantity: it.quantity, priceCents: null }]
          asked.set(shop.place(`o-${at}`, { key: it.key, body: it.body, lines }), it.key)
        } else perform(shop, it)
      }
      shop.settle()
      expect(shop.core.runningCount).toBe(0)
      expect(['order-attempts', 'orders-owing'].flatMap((space) => shop.disk.scan(space))).toEqual([])
      const { orders } = newestOrders(shop.disk, all)
      const sold = orders.filter(({ state }) => state !== 'cancelled')
      const taken = sold.reduce((sum, { lines }) => sum + (lines[0]?.quantity ?? 0), 0)
      expect(shop.catalogue.stock(1)).toEqual([10 - taken, 0])
      expect(wrongWith(shop.catalogue.ledger())).toBeNull()
      for (const { id, state, refusal } of orders) {
        const { reservation } = shop.catalogue.ask({ kind: 'reservation', order: id })
        const expected = state === 'cancelled' ? (refusal === null ? 'given-back' : 'refused') : 'sold'
        expect(reservation?.state).toBe(expected)
      }
      const keys = orders.flatMap(({ key }) => (key === null ? [] : [key]))
      expect(new Set(keys).size).toBe(keys.length)
      for (const [request, key] of asked) {
        const answer = shop.answers.get(request)
        if (answer?.kind !== 'placed') continue
        const placed = orders.find(({ id }) => id === answer.order.id)
        expect(placed).toMatchObject({ key, refusal: null })
      }
    }),
    { numRuns: 250 },
  )
})

function perform(shop: OneShop, event: Exclude<Event, { kind: 'place' }>): void {
  switch (event.kind) {
    case 'cancel':
    case 'ready': {
      const order = newestOrders(shop.disk, all).orders.find(({ number }) => number === event.number)
      shop.move(order?.id ?? 'nobody', event.kind === 'ready' ? 'ready' : 'cancelled')
      return
    }
    case 'serve':
      return shop.serve()
    case 'serve-unheard':
      return shop.serve({ isHeard: false })
    case 'lose':
      return shop.lose()
    case 'start':
      return shop.start()
    case 'wait':
      shop.catalogue.atMs += shopLimits.reservationMs
      return
    case 'tick':
      return shop.tick(event.times)
  }
}
