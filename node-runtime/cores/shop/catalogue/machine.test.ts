import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  decodeCatalogueDeed,
  decodeCatalogueOutcome,
  encodeCatalogueCommand,
  encodeCatalogueDeed,
  encodeCatalogueOutcome,
} from '../index.ts'
import { shopLimits } from '../limits.ts'
import type { CatalogueDeed, CatalogueOutcome } from '../messages.ts'
import { OneCatalogue, reserveOf, wrongWith } from '../testing/one-catalogue.ts'

const order = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const line = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 7 }))
const lines = fc.uniqueArray(line, { minLength: 1, maxLength: 3, selector: ([product]) => product })
const ofOrder: fc.Arbitrary<CatalogueDeed> = fc.oneof(
  fc.tuple(order, lines).map(([id, wanted]) => reserveOf(id, ...wanted)),
  fc.record({ kind: fc.constantFrom('confirm' as const, 'release' as const, 'give-back' as const), order }),
)
const ofStaff: fc.Arbitrary<CatalogueDeed> = fc.record({
  kind: fc.constant('stock' as const),
  id: fc.integer({ min: 0, max: 9 }).map((number) => String(number).padStart(32, '0')),
  by: fc.constant('bia'),
  product: fc.integer({ min: 1, max: 4 }),
  operation: fc.constantFrom('add' as const, 'remove' as const, 'set' as const),
  quantity: fc.integer({ min: 0, max: 12 }),
  why: fc.string(),
})
const deed = fc.oneof({ weight: 5, arbitrary: ofOrder }, ofStaff, fc.constant<CatalogueDeed>({ kind: 'expire' }))
/** Commands, and how long nothing happens before each. */
const life = fc.array(
  fc.tuple(
    fc.array(deed, { maxLength: 4 }),
    fc.constantFrom(0, 1_000, shopLimits.reservationMs / 2, shopLimits.reservationMs),
  ),
  { minLength: 1, maxLength: 30 },
)

/** States of an order from which nothing leads on. */
const ended = ['released', 'given-back', 'refused']

it('SH1 and SH6 whatever is asked for, the ledger adds up, what is reserved is what live orders keep, and ends are ends', () => {
  fc.assert(
    fc.property(life, (commands) => {
      const shop = new OneCatalogue()
      const over = new Map<string, string>()
      for (const [deeds, waitMs] of commands) {
        shop.atMs += waitMs
        shop.apply(...deeds)
        const kept = [0, 0, 0, 0]
        for (const id of ['a', 'b', 'c', 'd', 'e']) {
          const { reservation } = shop.ask({ kind: 'reservation', order: id })
          if (reservation?.state === 'live')
            for (const { product, quantity } of reservation.lines) kept[product]! += quantity
          if (over.has(id)) expect(reservation?.state).toBe(over.get(id))
          if (ended.includes(reservation?.state ?? '')) over.set(id, reservation?.state ?? '')
        }
        expect([1, 2, 3].map((id) => shop.product(id).reserved)).toEqual(kept.slice(1))
      }
      expect(wrongWith(shop.ledger())).toBeNull()
      for (const [id, opening] of [10, 8, 6].entries()) {
        const changes = shop.ledger().filter(({ product, kind }) => product === id + 1 && kind !== 'opened')
        expect(shop.product(id + 1).onHand).toBe(changes.reduce((sum, { onHandChange }) => sum + onHandChange, opening))
      }
    }),
    { numRuns: 120 },
  )
})

it('SH2 and SH3 one command of many deeds does what many commands do, and twice the same is the same', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 20 }), (deeds) => {
      const together = new OneCatalogue()
      const again = new OneCatalogue()
      const apart = new OneCatalogue()
      const outcomes = together.apply(...deeds)
      expect(again.apply(...deeds)).toEqual(outcomes)
      expect(again.state.text()).toBe(together.state.text())
      apart.apply()
      const one = deeds.map((it) => apart.do(it))
      const kinds = (list: readonly CatalogueOutcome[]) => list.map((it) => (it.kind === 'refused' ? it.why : it.kind))
      expect(kinds(one)).toEqual(kinds(outcomes))
      const stock = (shop: OneCatalogue) => [1, 2, 3, 4].map((id) => shop.stock(id))
      expect(stock(apart)).toEqual(stock(together))
    }),
  )
})

it('deeds and outcomes travel as they are, also each on its own', () => {
  fc.assert(
    fc.property(deed, (it) => {
      expect(decodeCatalogueDeed(encodeCatalogueDeed(it))).toEqual(it)
      const [outcome] = new OneCatalogue().apply(it)
      expect(decodeCatalogueOutcome(encodeCatalogueOutcome(outcome!))).toEqual(outcome)
    }),
  )
  const tooMany = Array.from({ length: shopLimits.deedsPerCommandMax + 1 }, (): CatalogueDeed => ({ kind: 'expire' }))
  expect(new OneCatalogue().applyBytes(encodeCatalogueCommand({ deeds: tooMany }))).toEqual({ kind: 'refused' })
})

const anyNumber = fc.oneof(fc.nat({ max: 20 }), fc.constantFrom(2 ** 31, 2 ** 53 - 1))
const anyDeed: fc.Arbitrary<CatalogueDeed> = fc.oneof(
  fc.record({
    kind: fc.constant('reserve' as const),
    order: fc.oneof(order, fc.string()),
    lines: fc.array(fc.record({ product: anyNumber, quantity: anyNumber, priceCents: fc.option(anyNumber) })),
    totalCents: fc.option(anyNumber),
  }),
  fc.record({
    kind: fc.constant('stock' as const),
    id: fc.oneof(fc.constant('0'.repeat(32)), fc.string()),
    by: fc.string(),
    product: anyNumber,
    operation: fc.constantFrom('add' as const, 'remove' as const, 'set' as const),
    quantity: anyNumber,
    why: fc.string({ unit: 'binary' }),
  }),
  fc.record({
    kind: fc.constant('add-product' as const),
    id: fc.constantFrom('1'.repeat(32), '2'.repeat(32)),
    by: fc.string(),
    name: fc.string({ unit: 'binary' }),
    description: fc.string(),
    priceCents: anyNumber,
    category: anyNumber,
    photo: fc.string(),
    onHand: anyNumber,
  }),
)

it('SH1 and SH2 no number, text or broken byte of anybody stops it, or makes the ledger lie', () => {
  const flips = fc.array(fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 255 })), { maxLength: 3 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(fc.oneof(anyDeed, deed), { maxLength: 3 }), flips), { maxLength: 8 }),
      (commands) => {
        const shop = new OneCatalogue()
        for (const [deeds, changes] of commands) {
          const bytes = encodeCatalogueCommand({ deeds })
          for (const [at, byte] of changes) if (at < bytes.length) bytes[at] = byte
          expect(shop.applyBytes(bytes)).not.toBeNull()
        }
        expect(wrongWith(shop.ledger())).toBeNull()
      },
    ),
    { numRuns: 120 },
  )
})
