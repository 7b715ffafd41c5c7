import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ShopCallName, ShopInput, ShopOutput } from '#contract/worker/shop-calls'
import type { Race, RaceFault } from '#contract/worker/shop-races'
import { clusterId, nodeId } from '#kit/ids'
import { restartLimits } from '#supervisor/restart-budget'
import { agreedLeader, openRealLab, pidOf, type RealLab, testClusters } from '#supervisor/testing/real-lab'
import { shopHandlers } from '../../../host/shop-handlers.ts'
import { realShopSpec } from '../../shop/testing/real-shop.ts'

/** Races whose primary is killed; a campaign of fifty is COLMEIA_KILLS=50. */
const races = Number(process.env.COLMEIA_KILLS ?? 1)
const desk = nodeId('desk')
const clusters = [
  ...testClusters
    .filter(({ kind }) => kind === 'notary' || kind === 'desk')
    .map((spec) => (spec.kind === 'desk' ? { ...spec, asks: [clusterId('notary'), realShopSpec.id] } : spec)),
  realShopSpec,
]

let lab: RealLab
beforeEach(async () => {
  const restart = { ...restartLimits, crashesMax: Number.POSITIVE_INFINITY, delayMsMax: restartLimits.delayMs }
  lab = openRealLab({ clusters, limits: { restart } })
  for (const { id } of [realShopSpec, { id: clusterId('desk') }]) {
    const started = await lab.supervisor.startCluster(id)
    if (!started.ok) throw new Error(started.failure.message)
  }
  await lab.until(() => agreedLeader(lab.nodes().filter(({ role }) => role === 'shop-catalog')))
  await until('shop.product', { product: 1 })
})
afterEach(() => lab.close())

async function ask<Name extends ShopCallName>(name: Name, input: ShopInput<Name>): Promise<ShopOutput<Name> | null> {
  const handlers = shopHandlers(lab.supervisor)
  const result = await (handlers[name] as (input: ShopInput<Name>) => ReturnType<(typeof handlers)[Name]>)(input)
  return result.ok ? (result.value as ShopOutput<Name>) : null // the desk answers a name with its own output
}

/** Until the shop can be asked: each question waits for its answer, and no longer than its desk does. */
async function until<Name extends ShopCallName>(name: Name, input: ShopInput<Name>): Promise<ShopOutput<Name>> {
  for (;;) {
    const answer = await ask(name, input)
    if (answer !== null) return answer
  }
}

/** As the view of the desk's next life says it, which is heard of without asking. It may be over before anybody saw it go on. */
async function ended(id: string, killed: number): Promise<Race> {
  await lab.until(() => {
    const { state, view, viewWallMs } = lab.node(desk)
    const isNextLife = state.kind === 'running' && state.pid !== killed && (viewWallMs ?? 0) > state.sinceWallMs
    return isNextLife && view?.desk?.shop?.isRacing === false
  })
  const { race } = await until('shop.raceById', { id })
  if (race?.state !== 'done') throw new Error(`the race is ${race?.state}`)
  return race
}

describe('a race in a shop of real processes', () => {
  it('is won by one, whoever is killed in the middle, and its winner has a receipt', async () => {
    const fault: RaceFault = { kind: 'kill', on: 'primary' }
    for (let round = 0; round < races; round += 1) {
      const id = round.toString(16).padStart(32, '0')
      const begun = await until('shop.race', { id, product: 3, shoppers: 100, units: 1, shopper: 'Comprador', fault })
      expect(lab.node(nodeId(begun.target ?? '')).role).toBe('shop-catalog')
      const killed = pidOf(lab.node(desk))
      process.kill(killed, 'SIGKILL')
      const race = await ended(id, killed)
      expect(race.counts).toEqual({ waiting: 0, sent: 0, placed: 1, refused: 99 })
      expect(race.proof?.checks.filter(({ isRight }) => !isRight)).toEqual([])
      await lab.until(({ faults }) => faults.length === 0)
    }
    const { orders } = await until('shop.orders', { of: { kind: 'all' }, after: null, limit: 200 })
    const [winner] = orders
    expect(orders.length).toBe(races)
    await lab.start()
    const order = winner?.id ?? ''
    await until('shop.registerReceipt', { order, title: 'Pedido 1', registrant: 'Confeitaria' })
    await lab.until(() => (lab.node(desk).view?.desk?.outbox['co-signed'] ?? 0) === 1)
    expect(await until('shop.checkReceipt', { order })).toMatchObject({ kind: 'registered', index: 1 })
  })
})
