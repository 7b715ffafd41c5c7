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
  /** All of the lab: some ask others. */
  readonly clusters: readonly ClusterSpec[]
}

/**
 * Ports are kept from run to run while they are free; a cluster whose ports are taken moves as a whole, those for
 * strangers with it. Gives back whether it has moved.
 */
export async function keepPortsFor(spec: ClusterSpec, { folder, host }: PlanParts): Promise<Result<boolean>> {
  const ids = namesIn(spec)
  const [first] = ids
  if (first === undefined) return ok(false)
  const open = spec.httpPort === null ? [] : spec.nodes.map(({ id }) => id)
  const wanted = [
    ...following(folder.port(first) ?? spec.basePort, ids.length),
    ...following(folder.httpPort(first) ?? spec.httpPort ?? 0, open.length),
  ]
  const chosen = await choosePorts(wanted, isFreeOn(host))
  if (!chosen.ok) return chosen
  const byNode = named(ids, chosen.value)
  const http = named(open, chosen.value.slice(ids.length))
  const isSame =
    ids.every((id) => folder.port(id) === byNode[id]) && open.every((id) => folder.httpPort(id) === http[id])
  if (isSame) return ok(false)
  const kept = folder.keepPorts(byNode, http)
  return kept.ok ? ok(true) : kept
}

function following(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index)
}

function named(ids: readonly NodeId[], ports: readonly number[]): Readonly<Record<NodeId, number>> {
  return Object.fromEntries(ids.map((id, index) => [id, ports[index] ?? 0]))
}

/** What one node is told. Keys and ports are there already: `keepPortsFor` and `keys` came first. */
export function planFor(spec: ClusterSpec, node: NodeId, parts: PlanParts): Result<() => NodePlan> {
  const { folder, host, lab, faults, clusters } = parts
  const asked = clusters.filter(({ id }) => spec.asks.includes(id)).flatMap(nodesIn)
  const asking = clusters.filter(({ asks }) => asks.includes(spec.id)).flatMap(nodesIn)
  const keys = folder.keys([...namesIn(spec), ...asked, ...asking])
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
    http: httpOf(folder, host, node),
    peers: [...nodesIn(spec).filter((id) => id !== node), ...asked].map(address),
    clients: [...spec.clients, ...asking].map(address),
    timing: spec.timing,
    group: groupPlan(spec, folder.hasRun(node)),
    faults: rulesFor(node, faults.active),
  }))
}

/** Nodes first, so that adding a client moves nobody's port. */
function namesIn({ nodes, clients }: ClusterSpec): readonly NodeId[] {
  return [...nodes.map(({ id }) => id), ...clients]
}

function nodesIn({ nodes }: ClusterSpec): readonly NodeId[] {
  return nodes.map(({ id }) => id)
}

export function httpOf(folder: LabFolder, host: string, node: NodeId): NodePlan['http'] {
  const port = folder.httpPort(node)
  return port === null ? null : { host, port }
}

function groupPlan({ group, nodes }: ClusterSpec, hasRun: boolean): GroupPlan | null {
  return group === null ? null : { ...group, founders: nodes.map(({ id }) => id), hasRun }
}

function portOf(folder: LabFolder, node: NodeId): number {
  const port = folder.port(node)
  assert(port !== null, `${node} has a port`)
  return port
}
