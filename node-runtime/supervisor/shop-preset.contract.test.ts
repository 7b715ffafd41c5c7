import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NodePlan } from '#contract/worker/protocol'
import { nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { FaultInjector } from './fault-injector.ts'
import { LabFolder } from './lab-folder.ts'
import { keepPortsFor, type PlanParts, planFor } from './lab-plans.ts'
import { LabRings } from './lab-rings.ts'
import { type ClusterSpec, type NodeSpec, presets } from './presets.ts'
import { seatsOf, shopPreset } from './shop-preset.ts'

const host = '127.0.0.1'
/**
 * The clusters of the program on ports of this test alone, as far from each other as they are in the program, and none of
 * them among those that the system gives to whoever dials.
 */
const base = 14_000 + (process.pid % 20) * 400
const shop: ClusterSpec = {
  ...shopPreset,
  basePort: base + 85,
  httpPort: base + 80,
  nodes: shopPreset.nodes.map(moved),
  seats: seatsOf(shopPreset).map(moved),
}
function moved(node: NodeSpec): NodeSpec {
  return { ...node, httpPort: (node.httpPort ?? 0) - 5_000 + base }
}
const [first] = presets
const notary: ClusterSpec | null = first === undefined ? null : { ...first, basePort: base + 60, httpPort: base + 1 }

describe('where a shop is', () => {
  let dir: string
  let folder: LabFolder
  let parts: PlanParts

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'shop-places-'))
    folder = valueIn(LabFolder.open(dir))
    const faults = new FaultInjector({
      isNode: () => true,
      isDown: () => false,
      areLinked: () => true,
      began: () => {},
      ended: () => {},
    })
    const clusters = [...(notary === null ? [] : [notary]), shop]
    parts = { lab: 'test', host, folder, faults, rings: new LabRings(host, {}), clusters }
  })

  afterEach(() => rmSync(dir, { recursive: true }))

  const planOf = (node: string): NodePlan => valueIn(planFor(shop, nodeId(node), parts))()
  const portsOf = (): readonly (number | undefined)[] => shop.nodes.map(({ id }) => planOf(id).http?.port)

  it('is on the ports that programs know', async () => {
    valueIn(await keepPortsFor(shop, parts))
    expect(portsOf().map((port) => (port ?? 0) - base)).toEqual([80, 1, 11, 21, 2, 3])
    expect(await keepPortsFor(shop, parts)).toEqual({ ok: true, value: false })
  })

  it('moves as a whole where another system of the lab has one of them, whether that runs or not', async () => {
    if (notary === null) throw new Error('the program has a cluster')
    valueIn(await keepPortsFor(notary, parts))
    valueIn(await keepPortsFor(shop, parts))
    expect(portsOf().map((port) => (port ?? 0) - base)).toEqual([180, 101, 111, 121, 102, 103])
    expect(planOf('shop-cart').wire.port).toBe(base + 185 + 4)
    expect(await keepPortsFor(shop, parts)).toEqual({ ok: true, value: false })
  })

  it('is told who is who, and only the catalogue is a group', async () => {
    valueIn(await keepPortsFor(shop, parts))
    const catalogues = [1, 2, 3, 4, 5].map((number) => `shop-catalog-${number}`)
    const founders = catalogues.slice(0, 3)
    const plan = planOf('shop-catalog-2')
    expect(plan.group).toMatchObject({ founders, favourites: founders })
    expect(plan.peers.map(({ nodeId: id }) => id)).toEqual(catalogues.filter((id) => id !== 'shop-catalog-2'))
    expect(plan.clients.map(({ nodeId: id }) => id)).toEqual(['shop-gateway', 'shop-cart', 'shop-orders'])
    expect(planOf('shop-gateway')).toMatchObject({ group: null, shop: { catalogues, founders, staffToken: null } })
    expect(planOf('shop-gateway').peers).toHaveLength(7)
  })
})

function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`)
  return result.value
}
