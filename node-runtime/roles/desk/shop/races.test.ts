import { beforeEach, describe, expect, it } from 'vitest'
import type { Race, RaceOrder } from '#contract/worker/shop-races'
import type { LedgerRow } from '#contract/worker/shop-shapes'
import { catalogues, gateway, orders } from '../../shop/testing/virtual-shop.ts'
import { type Evidence, proofOf } from './race-proof.ts'
import { ShopDeskWorld } from './testing/shop-desk-world.ts'

let world: ShopDeskWorld
beforeEach(() => {
  world = new ShopDeskWorld()
})

function order(change: Partial<RaceOrder> = {}): RaceOrder {
  return { id: world.freshId(), product: 3, shoppers: 100, units: 1, shopper: 'Comprador', fault: null, ...change }
}

function ended(id: string): Race {
  world.hosts.until(() => world.facts.desk?.shop?.isRacing === false, 120_000)
  const found = world.get('shop.raceById', { id }).race
  if (found?.state !== 'done') throw new Error(`the race is ${found?.state}`)
  return found
}

function expectOneOf(race: Race, { units, shoppers }: RaceOrder): void {
  expect(race.counts).toEqual({ waiting: 0, sent: 0, placed: units, refused: shoppers - units })
  const refused = race.outcomes.filter(({ state }) => state === 'refused')
  expect(refused.every(({ why, available }) => why === 'out-of-stock' && available === 0)).toBe(true)
  expect(race.proof?.sold).toBe(units)
  expect(race.proof?.checks.filter(({ isRight }) => !isRight)).toEqual([])
  expect(race.proof?.checks.length).toBe(4)
}

describe('a race for the last unit', () => {
  it('is won by one of a hundred, and the ledger says so', () => {
    const wanted = order()
    const begun = world.get('shop.race', wanted)
    expect(begun).toMatchObject({ isNew: true, state: 'asking', counts: { waiting: 0, sent: 100 }, target: null })
    const race = ended(wanted.id)
    expectOneOf(race, wanted)
    expect(race.outcomes.map(({ shopper }) => shopper)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1))
    expect(race.proof?.rows.map(({ kind }) => kind)).toEqual(['reserved', 'sold'])
    expect(world.get('shop.races', {}).races).toMatchObject([{ id: wanted.id, state: 'done' }])
  })

  it('is one race however often it is asked for, and one at a time', () => {
    const wanted = order({ shoppers: 5, units: 2 })
    world.get('shop.race', wanted)
    expect(world.get('shop.race', wanted).isNew).toBe(false)
    expect(world.ask('shop.race', order())).toMatchObject({ ok: false, failure: { code: 'busy' } })
    expectOneOf(ended(wanted.id), wanted)
    world.restart()
    expectOneOf(ended(wanted.id), wanted)
  })

  it('names the node for its fault', () => {
    const primary = order({ shoppers: 2, fault: { kind: 'kill', on: 'primary' } })
    expect(world.get('shop.race', primary).target).toBe(world.shop.primary)
    ended(primary.id)
    const single = order({ shoppers: 2, fault: { kind: 'pause', on: 'orders' } })
    expect(world.get('shop.race', single).target).toBe(orders)
  })

  it('is not run for what is not sold', () => {
    expect(world.ask('shop.race', order({ product: 999 }))).toMatchObject({ ok: false, failure: { code: 'not-found' } })
    expect(world.facts.desk?.shop?.isRacing).toBe(false)
  })

  const moments = [0, 10, 25, 50, 90]
  const victims = ['primary', 'orders', 'gateway', 'desk'] as const
  it.each(victims.flatMap((victim) => moments.map((ms) => ({ victim, ms }))))(
    'goes on when the $victim is lost after $ms ms',
    ({ victim, ms }) => {
      let latency = 0
      world.hosts.latencyMs = () => {
        latency = (latency + 7) % 13
        return latency
      }
      const wanted = order({ shoppers: 40 })
      world.get('shop.race', wanted)
      world.hosts.run(ms)
      const node = victim === 'primary' ? world.shop.primary : victim === 'orders' ? orders : gateway
      if (victim === 'desk') world.restart()
      else if (node !== null) {
        world.shop.powerOff(node)
        world.hosts.run(500)
        world.shop.boot(node)
      }
      expectOneOf(ended(wanted.id), wanted)
    },
  )

  it('is proven only when the whole catalogue can say what it knows', () => {
    const wanted = order({ shoppers: 3 })
    world.get('shop.race', wanted)
    world.hosts.until(() => world.get('shop.raceById', { id: wanted.id }).race?.state === 'proving')
    for (const node of catalogues) world.shop.powerOff(node)
    world.hosts.run(5_000)
    expect(world.get('shop.raceById', { id: wanted.id }).race?.state).toBe('proving')
    world.restart()
    for (const node of catalogues) world.shop.boot(node)
    expectOneOf(ended(wanted.id), wanted)
  })
})

const row = (number: number, change: Partial<LedgerRow>): LedgerRow => ({
  ...{ number, product: 1, kind: 'set', onHandChange: 0, reservedChange: 0, onHand: 1, reserved: 0, available: 1 },
  ...{ order: null, by: '', why: '', atMs: 0, logIndex: number, previous: number - 1 },
  ...change,
})
const reserved = row(2, { kind: 'reserved', reservedChange: 1, reserved: 1, available: 0, order: 'a' })
const sold = row(3, { kind: 'sold', onHandChange: -1, reservedChange: -1, onHand: 0, available: 0, order: 'a' })
const sound: Evidence = {
  opening: row(1, {}),
  rows: [reserved, sold],
  told: new Set(['a']),
  held: new Set(['a']),
}

function wrongOf(change: Partial<Evidence>): readonly string[] {
  return proofOf({ ...sound, ...change }).checks.flatMap(({ check, isRight }) => (isRight ? [] : [check]))
}

describe('the ledger as proof', () => {
  it('finds nothing wrong with what is right', () => {
    expect(wrongOf({})).toEqual([])
    expect(wrongOf({ rows: [], told: new Set(), held: new Set() })).toEqual([])
  })

  it('sees a sum that is none, and a row that is missing', () => {
    expect(wrongOf({ rows: [reserved, { ...sold, onHand: 1, available: 1 }] })).toContain('sums')
    expect(wrongOf({ rows: [sold] })).toContain('sums')
  })

  it('sees stock below zero', () => {
    const again = { ...sold, number: 4, previous: 3, onHand: -1, reserved: -1, available: 0, order: 'b' }
    expect(wrongOf({ rows: [reserved, sold, again] })).toEqual(['never-below-zero', 'not-oversold'])
  })

  it('sees what two were told to have, what one was not told, and what was sold twice', () => {
    expect(wrongOf({ told: new Set(['a', 'b']) })).toEqual(['told-is-sold'])
    expect(wrongOf({ told: new Set() })).toEqual(['told-is-sold'])
    expect(wrongOf({ held: new Set(['a', 'b']) })).toEqual(['told-is-sold'])
    const twice = { ...sold, number: 4, previous: 3 }
    expect(wrongOf({ rows: [reserved, sold, twice] })).toContain('told-is-sold')
  })
})
