import { describe, expect, it } from 'vitest'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { ledgerOf, wrongIn } from '../../shop/testing/ledger.ts'
import { cart, catalogues, gateway, orders } from '../../shop/testing/virtual-shop.ts'
import { ShopDeskWorld } from './testing/shop-desk-world.ts'

/** A campaign of a thousand is COLMEIA_KILLS=1000. */
const seeds = Number(process.env.COLMEIA_KILLS ?? 5)
const page = { after: null, limit: 200 } as const
/** Of one product, for twelve orders; another is raced for. */
const [ordered, raced, units] = [1, 3, 7]

/** Everything that can be killed is killed while orders and a race are on their way, and words arrive late and out of order. */
function troubled(seed: number): ShopDeskWorld & { readonly ids: readonly string[]; readonly race: string } {
  const world = new ShopDeskWorld()
  const random = new Random(`desk of a shop ${seed}`)
  world.setStock(ordered, units)
  const form = world.formFor(ordered)
  world.hosts.latencyMs = () => (random.below(20) === 0 ? random.below(400) : random.below(12))
  const race = world.freshId()
  world.hosts.until(() => world.ask('shop.race', { ...raceOrder, id: race }).ok)
  const ids = Array.from({ length: 12 }, () => world.freshId())
  const waiting = [...ids]
  const down = new Map<NodeId, number>()
  for (let step = 0; step < 60; step += 1) {
    const id = waiting[0]
    // Asked for until the desk has it; a call that was lost with the desk is made again.
    if (id !== undefined && world.call('shop.order', { id, form }).result?.ok === true) waiting.shift()
    if (random.below(5) === 0) trouble(world, random, down)
    world.hosts.run(random.below(60))
    for (const [node, steps] of down) {
      if (steps > 0) down.set(node, steps - 1)
      else if (down.delete(node)) world.shop.boot(node)
    }
  }
  for (const node of down.keys()) world.shop.boot(node)
  for (const id of waiting) world.hosts.until(() => world.call('shop.order', { id, form }).result?.ok === true)
  return Object.assign(world, { ids, race })
}

const raceOrder = { product: raced, shoppers: 20, units: 1, shopper: 'Comprador', fault: null }

function trouble(world: ShopDeskWorld, random: Random, down: Map<NodeId, number>): void {
  const nodes = [...catalogues, gateway, cart, orders, null]
  const node = nodes[random.below(nodes.length)] ?? null
  if (node === null) return world.restart()
  if (down.has(node)) return
  world.shop.powerOff(node)
  down.set(node, random.below(12))
}

describe('a desk in a shop whose nodes are killed again and again', () => {
  it.each(Array.from({ length: seeds }, (_, index) => index + 1))('orders each once, seed %i', (seed) => {
    const world = troubled(seed)
    const states = world.ids.map((id) => world.settled(id).state)
    const told = states.flatMap((state) => (state.kind === 'placed' ? [state.order] : []))
    expect([told.length, new Set(told).size]).toEqual([units, units])
    world.hosts.until(() => world.facts.desk?.shop?.isRacing === false, 120_000)
    const race = world.get('shop.raceById', { id: world.race }).race
    expect(race?.counts).toEqual({ waiting: 0, sent: 0, placed: 1, refused: 19 })
    expect(race?.proof?.checks.filter(({ isRight }) => !isRight)).toEqual([])
    const winner = race?.outcomes.find(({ state }) => state === 'placed')?.order
    const all = world.get('shop.orders', { of: { kind: 'all' }, ...page }).orders
    const kept = all.filter(({ state }) => state !== 'cancelled').map(({ id }) => id)
    expect(kept.toSorted()).toEqual([...told, winner].toSorted())
    expect(wrongIn(ledgerOf(world.shop))).toBeNull()
    for (const product of [ordered, raced]) {
      expect(world.get('shop.product', { product }).product).toMatchObject({ onHand: 0, reserved: 0 })
    }
  })
})
