import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { clusterId } from '#kit/ids'
import { createSupervisor, type Supervisor } from '#supervisor/supervisor'
import { willingLauncher } from '#supervisor/testing/fake-worker'
import { testClusters } from '#supervisor/testing/real-lab'
import { configureShop } from './shop-setup.ts'

const [shop, desk] = ['shop', 'desk'].map(clusterId) as [never, never]

/** Its workers take a while to end, as real ones do. */
const { launcher, plans } = willingLauncher({ doLinger: true })
let dir: string
let lab: Supervisor
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'colmeia-reach-'))
  plans.splice(0)
  lab = createSupervisor({ labDir: dir, lab: 'test', launcher, clusters: testClusters })
})
afterEach(async () => {
  await lab.stop()
  rmSync(dir, { recursive: true, force: true })
})

const statesOf = (id: string) =>
  lab
    .topology()
    .clusters.find((cluster) => cluster.id === id)
    ?.nodes.map(({ state }) => state.kind)
const tokenOf = (node: string) => plans.findLast(({ nodeId }) => nodeId === node)?.shop?.staffToken

/** By the lab's own signals; the time of the test is the limit. */
const until = (look: () => boolean) =>
  new Promise<void>((resolve) => {
    const check = (): void => {
      if (look()) resolve()
    }
    lab.onTopology(check)
    check()
  })

it('opens a shop that is open anew, and whoever asks it is told the token', async () => {
  await lab.startCluster(shop)
  await lab.startCluster(desk)
  expect(tokenOf('desk')).toBeNull()
  const opened = await configureShop(lab, { clusterId: shop, reach: 'lan' })
  if (!opened.ok) throw new Error(opened.failure.message)
  expect(new Set(statesOf('shop'))).toEqual(new Set(['running']))
  expect(plans.findLast(({ nodeId }) => nodeId === 'shop-gateway')?.http?.host).toBe('0.0.0.0')
  expect(plans.findLast(({ nodeId }) => nodeId === 'shop-catalog-1')?.http?.host).toBe('127.0.0.1')
  expect(tokenOf('shop-orders')).toBe(opened.value.staffToken)
  await until(() => statesOf('desk')?.[0] === 'running')
  expect(tokenOf('desk')).toBe(opened.value.staffToken)

  const closed = await configureShop(lab, { clusterId: shop, reach: 'loopback' })
  expect(closed).toMatchObject({ ok: true, value: { staffToken: null } })
  await until(() => statesOf('desk')?.[0] === 'running' && tokenOf('desk') === null)
})

it('leaves a shop that is closed closed, and one that is as it was asked to be alone', async () => {
  expect(await configureShop(lab, { clusterId: shop, reach: 'lan' })).toMatchObject({ ok: true })
  expect(new Set(statesOf('shop'))).toEqual(new Set(['stopped']))
  await lab.startCluster(shop)
  const before = plans.length
  expect(await configureShop(lab, { clusterId: shop, reach: 'lan' })).toMatchObject({ ok: true })
  expect(plans).toHaveLength(before)
  expect(await configureShop(lab, { clusterId: desk, reach: 'lan' })).toMatchObject({ ok: false })
})
