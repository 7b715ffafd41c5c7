import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { clusterId, nodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { LabSeats } from './lab-seats.ts'
import { createSupervisor, type Supervisor } from './supervisor.ts'
import { willingLauncher } from './testing/fake-worker.ts'
import { testClusters } from './testing/real-lab.ts'

const shop = clusterId('shop')
const [first, fourth, fifth] = [1, 4, 5].map((number) => nodeId(`shop-catalog-${number}`)) as [never, never, never]
const done = { ok: true, value: null }

const { launcher, plans } = willingLauncher()
let dir: string
let lab: Supervisor
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colmeia-seats-'))
  plans.splice(0)
  lab = opened()
})
afterEach(async () => {
  await lab.stop()
  rmSync(dir, { recursive: true, force: true })
})

const opened = (): Supervisor => createSupervisor({ labDir: dir, lab: 'test', launcher, clusters: testClusters })

const names = () =>
  lab
    .topology()
    .clusters.find(({ id }) => id === shop)
    ?.nodes.flatMap(({ id, role }) => (role === 'shop-catalog' ? [id] : []))
const planOf = (node: string) => plans.findLast((plan) => plan.nodeId === node)

describe('who has a seat in the catalogue of a shop', () => {
  it('takes one while the shop is open, and is known to all of it before it comes', async () => {
    expect(await lab.addReplica(shop)).toMatchObject({ ok: false, failure: { code: 'does-not-apply' } })
    expect(await lab.startCluster(shop)).toEqual(done)
    const known = planOf(first)?.peers.find((peer) => peer.nodeId === fourth)
    const before = plans.length
    expect(await lab.addReplica(shop)).toEqual({ ok: true, value: fourth })
    expect(
      plans.slice(before).map((plan) => plan.nodeId),
      'nobody else is started for it',
    ).toEqual([fourth])
    expect(planOf(fourth)?.wire.port).toBe(known?.port)
    expect(planOf(fourth)?.wire.keys.publicKey).toBe(known?.publicKey)
    expect(planOf(fourth)?.group?.founders).not.toContain(fourth)
    expect(names()).toHaveLength(4)
    expect(await lab.addReplica(shop)).toEqual({ ok: true, value: fifth })
    expect(await lab.addReplica(shop), 'there are five').toMatchObject({ failure: { code: 'does-not-apply' } })
  })

  it('keeps it over the lab’s own lives, and none when the lab is as new', async () => {
    await lab.startCluster(shop)
    await lab.addReplica(shop)
    await lab.stop()
    expect(JSON.parse(readFileSync(join(dir, 'lab.json'), 'utf8')).seated.shop).toContain(fourth)
    lab = opened()
    expect(names()).toHaveLength(4)
    expect(await lab.reset()).toEqual(done)
    expect(names()).toHaveLength(3)
  })

  it('begins with nothing, whoever sat there before', async () => {
    await lab.startCluster(shop)
    const left = join(dir, 'nodes', fourth, 'node.sqlite')
    mkdirSync(join(dir, 'nodes', fourth), { recursive: true })
    writeFileSync(left, 'of somebody who was let go')
    await lab.addReplica(shop)
    expect(existsSync(left)).toBe(false)
  })

  it('is let go only by a group that is led, and never below the number with which a shop begins', async () => {
    await lab.startCluster(shop)
    expect(await lab.removeReplica(first)).toMatchObject({ failure: { code: 'does-not-apply' } })
    await lab.addReplica(shop)
    expect(await lab.removeReplica(fourth)).toMatchObject({ failure: { code: 'not-leader' } })
    expect(names(), 'nothing was done').toHaveLength(4)
    expect(await lab.removeReplica(nodeId('shop-cart'))).toMatchObject({ failure: { code: 'does-not-apply' } })
    expect(await lab.removeReplica(nodeId('nobody'))).toMatchObject({ failure: { code: 'unknown-node' } })
  })

  it('is asked for again while the lead of the group changes hands', async () => {
    const refusals: Result<unknown>[] = [fail('busy', 'hands over'), fail('not-leader', 'has handed over')]
    const asked = vi.fn(async () => refusals.shift() ?? ok(null))
    const stopped = vi.fn(async () => undefined)
    const leadership = { leadership: 'leader', term: 1, members: [fourth], learners: [] }
    const nodes = [1, 2, 3, 4].map((number) => ({
      id: nodeId(`shop-catalog-${number}`),
      state: { kind: 'running' },
      lastView: { view: { leadership: number === 1 ? leadership : null } },
      ask: asked,
      stop: stopped,
    }))
    const spec = testClusters.find(({ id }) => id === shop)
    const parts = { kept: { seated: {} }, changed: vi.fn(), start: vi.fn(), gone: vi.fn(), pause: async () => {} }
    const folder = { keepSeated: () => ok(null) }
    expect(await new LabSeats(parts).remove({ spec, nodes } as never, fourth, folder as never)).toEqual(done)
    expect(asked).toHaveBeenCalledTimes(3)
    expect(stopped).toHaveBeenCalledTimes(1)
  })

  it('comes and goes one at a time', async () => {
    await lab.startCluster(shop)
    const [one, other] = await Promise.all([lab.addReplica(shop), lab.addReplica(shop)])
    expect([one.ok, other]).toMatchObject([true, { failure: { code: 'busy' } }])
    expect(names()).toHaveLength(4)
  })
})
