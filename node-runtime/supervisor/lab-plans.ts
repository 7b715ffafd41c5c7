import type { NodePlan } from '#contract/worker/protocol'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import { ok, type Result } from '#kit/result'
import type { FaultInjector } from './fault-injector.ts'
import { rulesFor } from './fault-rules.ts'
import type { LabFolder } from './lab-folder.ts'
import { choosePorts, isFreeOn } from './port-allocator.ts'
import type { ClusterSpec } from './presets.ts'

export interface PlanParts {
  readonly lab: string
  readonly host: string
  readonly folder: LabFolder
  readonly faults: FaultInjector
}

/** Ports are kept from run to run while they are free; a cluster whose ports are taken moves as a whole. */
export async function keepPortsFor(spec: ClusterSpec, { folder, host }: PlanParts): Promise<Result<null>> {
  const kept = spec.nodes[0] === undefined ? null : folder.port(spec.nodes[0].id)
  const ports = await choosePorts(kept ?? spec.basePort, spec.nodes.length, isFreeOn(host))
  if (!ports.ok) return ports
  const byNode = Object.fromEntries(spec.nodes.map(({ id }, index) => [id, ports.value[index] ?? 0]))
  if (spec.nodes.every(({ id }) => folder.port(id) === byNode[id])) return ok(null)
  return folder.keepPorts(byNode)
}

/** What one node is told. Keys and ports are there already: `keepPortsFor` and `keys` came first. */
export function planFor(spec: ClusterSpec, node: NodeId, parts: PlanParts): Result<() => NodePlan> {
  const { folder, host, lab, faults } = parts
  const keys = folder.keys(spec.nodes.map(({ id }) => id))
  if (!keys.ok) return keys
  const role = spec.nodes.find(({ id }) => id === node)?.role
  const pair = keys.value[node]
  assert(role !== undefined && pair !== undefined, `${node} is a node of ${spec.id}`)
  return ok(() => ({
    lab,
    clusterId: spec.id,
    nodeId: node,
    role,
    dataDir: folder.nodeDir(node),
    wire: { host, port: portOf(folder, node), keys: pair },
    peers: spec.nodes
      .filter(({ id }) => id !== node)
      .map(({ id }) => ({ nodeId: id, host, port: portOf(folder, id), publicKey: keys.value[id]?.publicKey ?? '' })),
    timing: spec.timing,
    faults: rulesFor(node, faults.active),
  }))
}

function portOf(folder: LabFolder, node: NodeId): number {
  const port = folder.port(node)
  assert(port !== null, `${node} has a port`)
  return port
}
