import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clusterId, nodeId } from '#kit/ids'
import { createSupervisor, type Supervisor } from './supervisor.ts'
import { willingLauncher } from './testing/fake-worker.ts'
import { testClusters } from './testing/real-lab.ts'

const [notary, desk, ring] = ['notary', 'desk', 'ring'].map(clusterId)
const done = { ok: true, value: null }

const { launcher, plans } = willingLauncher()
let dir: string
let lab: Supervisor
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colmeia-founding-'))
  plans.splice(0)
  lab = opened()
})
afterEach(async () => {
  await lab.stop()
  rmSync(dir, { recursive: true, force: true })
})

const opened = (): Supervisor => createSupervisor({ labDir: dir, lab: 'test', launcher, clusters: testClusters })

const card = (id = notary) => lab.topology().clusters.find((cluster) => cluster.id === id)!
const names = () => card().nodes.map(({ id }) => id)
const peersNamed = (count: number) => Array.from({ length: count }, (_, index) => `notary-${index + 1}`)

describe('how many peers found a notary', () => {
  it('is three unless somebody chooses, and the choice is there to be made', () => {
    expect(names()).toEqual(peersNamed(3))
    expect(card().sizes).toEqual({ min: 1, max: 7 })
    expect([card(desk).sizes, card(ring).sizes]).toEqual([null, null])
  })

  it.each([1, 2, 7])('can be %i: all of them are told of each other, and have ports of their own', async (count) => {
    expect(lab.found(notary!, count)).toEqual(done)
    expect(names()).toEqual(peersNamed(count))
    expect(await lab.startCluster(notary!)).toEqual(done)
    expect(plans.map(({ nodeId: id }) => id).sort()).toEqual(peersNamed(count))
    for (const plan of plans) {
      expect(plan.group?.founders).toEqual(peersNamed(count))
      expect(plan.peers).toHaveLength(count - 1)
      expect(plan.role).toBe('notary-peer')
    }
    expect(new Set(plans.flatMap(({ wire, http }) => [wire.port, http?.port])).size).toBe(2 * count)
  })

  it('is kept in lab.json, and known to whoever opens the lab next, before anything starts', async () => {
    lab.found(notary!, 5)
    await lab.stop()
    expect(JSON.parse(readFileSync(join(dir, 'lab.json'), 'utf8'))).toMatchObject({ sizes: { notary: 5 } })
    lab = opened()
    expect(names()).toEqual(peersNamed(5))
    expect(card().sizes, 'nobody has run').not.toBeNull()
  })

  it('can be chosen again until one of them has run, and then no more, also in the next life of the lab', async () => {
    lab.found(notary!, 7)
    expect(lab.found(notary!, 1)).toEqual(done)
    await lab.startNode(nodeId('notary-1'))
    const refused = { failure: { code: 'does-not-apply' } }
    expect(lab.found(notary!, 3)).toMatchObject(refused)
    expect(lab.found(notary!, 1), 'as it is').toEqual(done)
    await lab.stop()
    lab = opened()
    expect([names(), card().sizes]).toEqual([['notary-1'], null])
    expect(lab.found(notary!, 3)).toMatchObject(refused)
  })

  it('is to be chosen anew when the lab was reset', async () => {
    lab.found(notary!, 5)
    await lab.startCluster(notary!)
    expect(await lab.reset()).toEqual(done)
    expect([names(), card().sizes]).toEqual([peersNamed(3), { min: 1, max: 7 }])
    expect(lab.found(notary!, 2)).toEqual(done)
  })

  it('is told to a desk that runs already', async () => {
    await lab.startCluster(desk!)
    // Of the chat it asks one node.
    const askedThere = () => plans.at(-1)?.peers.filter(({ nodeId: id }) => id.startsWith('notary-')).length
    expect(askedThere()).toBe(3)
    lab.found(notary!, 7)
    await new Promise<void>((resolve) => {
      const look = () => askedThere() === 7 && resolve()
      lab.onTopology(look)
      look()
    })
    expect(await lab.startCluster(notary!)).toEqual(done)
    expect(new Set(plans.slice(-7).flatMap(({ clients }) => clients.map(({ nodeId: id }) => id)))).toEqual(
      new Set(['desk']),
    )
  })

  it.each([
    ['no cluster', 'bakery', 3, 'unknown-cluster'],
    ['a cluster of one', 'desk', 3, 'does-not-apply'],
    ['a ring, which is set up in another way', 'ring', 4, 'does-not-apply'],
    ['none', 'notary', 0, 'bad-request'],
    ['too many', 'notary', 8, 'bad-request'],
  ])('is refused of %s', (_, id, count, code) => {
    expect(lab.found(clusterId(id), count)).toMatchObject({ failure: { code } })
  })

  it('is not guessed where lab.json cannot be read: starting says why', async () => {
    await lab.stop()
    writeFileSync(join(dir, 'lab.json'), '{"version":1,"ports":{},"sizes":{"notary":99}}')
    lab = opened()
    expect(lab.found(notary!, 5)).toMatchObject({ failure: { code: 'lab-damaged' } })
    expect(await lab.startCluster(notary!)).toMatchObject({ failure: { code: 'lab-damaged' } })
  })
})
