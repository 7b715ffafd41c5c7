import type { GroupPlan, NodePlan } from '#contract/worker/protocol'
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
  const ids = namesIn(spec)
  const kept = ids[0] === undefined ? null : folder.port(ids[0])
  const ports = await choosePorts(kept ?? spec.basePort, ids.length, isFreeOn(host))
  if (!ports.ok) return ports
  const byNode = Object.fromEntries(ids.map((id, index) => [id, ports.value[index] ?? 0]))
  if (ids.every((id) => folder.port(id) === byNode[id])) return ok(null)
  return folder.keepPorts(byNode)
}

/** What one node is told. Keys and ports are there already: `keepPortsFor` and `keys` came first. */
export function planFor(spec: ClusterSpec, node: NodeId, parts: PlanParts): Result<() => NodePlan> {
  const { folder, host, lab, faults } = parts
  const keys = folder.keys(namesIn(spec))
  if (!keys.ok) return keys
  const role = spec.nodes.find(({ id }) => id === node)?.role
  const pair = keys.value[node]
  assert(role !== undefined && pair !== undefined, `${node} is a node of ${spec.id}`)
  const address = (id: NodeId) => {
    return { nodeId: id, host, port: portOf(folder, id), publicKey: keys.value[id]?.publicKey ?? '' }
  }
  return ok(() => ({
    lab,
    clusterId: spec.id,
    nodeId: node,
    role,
    dataDir: folder.nodeDir(node),
    wire: { host, port: portOf(folder, node), keys: pair },
    http: null,
    peers: spec.nodes.flatMap(({ id }) => (id === node ? [] : [address(id)])),
    clients: spec.clients.map(address),
    timing: spec.timing,
    group: groupPlan(spec, folder.hasRun(node)),
    faults: rulesFor(node, faults.active),
  }))
}

/** Nodes first, so that adding a client moves nobody's port. */
function namesIn({ nodes, clients }: ClusterSpec): readonly NodeId[] {
  return [...nodes.map(({ id }) => id), ...clients]
}

function groupPlan({ group, nodes }: ClusterSpec, hasRun: boolean): GroupPlan | null {
  return group === null ? null : { ...group, founders: nodes.map(({ id }) => id), hasRun }
}

function portOf(folder: LabFolder, node: NodeId): number {
  const port = folder.port(node)
  assert(port !== null, `${node} has a port`)
  return port
}
