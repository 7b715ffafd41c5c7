import type { GroupPlan, NodePlan } from '#contract/worker/protocol'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import { ok, type Result } from '#kit/result'
import type { FaultInjector } from './fault-injector.ts'
import { rulesFor } from './fault-rules.ts'
import { chatPlaces, chatPlan, chatSocketPlans } from './lab-chats.ts'
import type { LabFolder } from './lab-folder.ts'
import type { LabRings } from './lab-rings.ts'
import { choosePorts, isFreeOn } from './port-allocator.ts'
import type { ClusterSpec } from './presets.ts'
import { httpPortsWanted, portsOfOthers, seatsOf, shopPlan } from './shop-preset.ts'
import { staffTokenOf } from './staff-token.ts'

/** All addresses of this machine. */
const everywhere = '0.0.0.0'

export interface PlanParts {
  readonly lab: string
  readonly host: string
  readonly folder: LabFolder
  readonly faults: FaultInjector
  readonly rings: LabRings
  /** All of the lab: some ask others. */
  readonly clusters: readonly ClusterSpec[]
}

/**
 * Ports are kept from run to run while they are free; a cluster whose ports are taken moves as a whole, those for
 * strangers with it. Gives back whether it has moved.
 */
export async function keepPortsFor(spec: ClusterSpec, parts: PlanParts): Promise<Result<boolean>> {
  const { folder, rings, clusters } = parts
  const placed = await rings.choosePlace(spec)
  if (!placed.ok) return placed
  const ids = namesIn(spec)
  const [first] = ids
  if (first === undefined) return ok(false)
  const host = rings.hostOf(spec)
  const open = spec.httpPort === null ? [] : nodesIn(spec)
  const sockets = await chatPlaces(spec, folder, host)
  const wanted = [
    ...following(folder.port(first) ?? spec.basePort, ids.length),
    ...httpPortsWanted(spec, folder),
    ...sockets.map(({ name, port }) => folder.sockets(spec.id)[name] ?? port),
  ]
  const httpHosts = open.map((id) => httpHostOf(spec, id, parts))
  const hosts = [...ids.map(() => host), ...httpHosts, ...sockets.map((socket) => socket.host)]
  const taken = portsOfOthers(spec, clusters, folder)
  const chosen = await choosePorts(
    wanted,
    async (port, index) => !taken.has(port) && (await isFreeOn(hosts[index] ?? host)(port)),
  )
  if (!chosen.ok) return chosen
  const byNode = named(ids, chosen.value)
  const http = named(open, chosen.value.slice(ids.length))
  const bySocket = named(
    sockets.map(({ name }) => name),
    chosen.value.slice(ids.length + open.length),
  )
  const isSame =
    ids.every((id) => folder.port(id) === byNode[id]) &&
    open.every((id) => folder.httpPort(id) === http[id]) &&
    areSame(folder.sockets(spec.id), bySocket)
  if (isSame) return ok(false)
  const kept = folder.keepPorts(byNode, http, sockets.length === 0 ? {} : { [spec.id]: bySocket })
  return kept.ok ? ok(true) : kept
}

function areSame(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}

function following(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index)
}

function named(names: readonly string[], ports: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name, index) => [name, ports[index] ?? 0]))
}

/** What one node is told. Keys and ports are there already: `keepPortsFor` and `keys` came first. */
export function planFor(spec: ClusterSpec, node: NodeId, parts: PlanParts): Result<() => NodePlan> {
  const { folder, lab, faults, clusters, rings } = parts
  const host = rings.hostOf(spec)
  const asked = clusters.filter(({ id }) => spec.asks.includes(id))
  const asking = clusters.filter(({ asks }) => asks.includes(spec.id)).flatMap(nodesIn)
  const shared = rings.keyNameOf(spec)
  const keys = folder.keys([
    ...namesIn(spec),
    ...asked.flatMap(nodesIn),
    ...asking,
    ...(shared === null ? [] : [shared]),
  ])
  if (!keys.ok) return keys
  const self = spec.nodes.find(({ id }) => id === node)
  const pair = keys.value[node]
  assert(self !== undefined && pair !== undefined, `${node} is a node of ${spec.id}`)
  const address = (id: NodeId) => {
    return { nodeId: id, host, port: portOf(folder, id), publicKey: publicKeys(id) }
  }
  const peers = membersWith(spec, node)
  const others = nodesIn(spec).filter((id) => !peers.includes(id))
  const chat = [spec, ...asked].find((one) => one.chat !== null) ?? null
  const shop = [spec, ...asked].find((one) => one.shop !== undefined) ?? null
  const staffToken = shop === null ? ok(null) : staffTokenOf(shop, folder)
  if (!staffToken.ok) return staffToken
  const publicKeys = (id: NodeId) => keys.value[id]?.publicKey ?? ''
  return ok(() => ({
    lab,
    clusterId: spec.id,
    nodeId: node,
    role: self.role,
    dataDir: folder.nodeDir(node),
    wire: { host, port: portOf(folder, node), keys: pair },
    http: httpOf(spec, node, parts),
    peers: [...peers.filter((id) => id !== node), ...asked.flatMap(doorsOf)].map(address),
    clients: [...others, ...spec.clients, ...asking].map(address),
    timing: spec.timing,
    ring: rings.planOf(spec, node, keys.value),
    sockets: chat === null ? [] : chatSocketPlans({ spec: chat, node, folder, host, publicKeys }),
    chat: chat === null ? null : chatPlan(chat, folder),
    shop: shop === null ? null : shopPlan(shop, staffToken.value),
    group: groupPlan(spec, node, folder),
    faults: rulesFor(node, faults.active),
  }))
}

/** Nodes first, so that adding a client moves nobody's port. */
function namesIn(spec: ClusterSpec): readonly NodeId[] {
  return [...nodesIn(spec), ...spec.clients]
}

/** And whoever may become one. */
function nodesIn(spec: ClusterSpec): readonly NodeId[] {
  return seatsOf(spec).map(({ id }) => id)
}

function httpOf(spec: ClusterSpec, node: NodeId, parts: PlanParts): NodePlan['http'] {
  const { folder } = parts
  const port = folder.httpPort(node)
  return port === null ? null : { host: httpHostOf(spec, node, parts), port, dialect: folder.dialect(spec.id) }
}

/** Of a shop on the networks only its one address for people; whatever stands behind it stays on this machine. */
function httpHostOf({ id, shop }: ClusterSpec, node: NodeId, { folder, host }: PlanParts): string {
  return shop?.gateway === node && folder.shopReach(id) === 'lan' ? everywhere : host
}

function groupPlan(spec: ClusterSpec, node: NodeId, folder: LabFolder): GroupPlan | null {
  const members = groupOf(spec)
  if (spec.group === null || !members.includes(node)) return null
  // Where everyone answers, nobody agrees on one log.
  if (spec.chat !== null && folder.chat(spec.id).profile === 'everyone') return null
  return { ...spec.group, founders: spec.shop?.founders ?? members, hasRun: folder.hasRun(node) }
}

/** Whoever may belong to it: of a chat only its servers, of a shop only its catalogue. */
function groupOf({ chat, shop, nodes }: ClusterSpec): readonly NodeId[] {
  return chat?.servers ?? shop?.catalogues ?? nodes.map(({ id }) => id)
}

/** A member of a group talks to it as its equals; all others of its cluster are its clients. */
function membersWith(spec: ClusterSpec, node: NodeId): readonly NodeId[] {
  const group = groupOf(spec)
  return group.includes(node) ? group : nodesIn(spec)
}

/** Whom others ask there. */
function doorsOf({ chat, shop, nodes }: ClusterSpec): readonly NodeId[] {
  if (shop !== undefined) return [shop.gateway]
  return chat === null ? nodes.map(({ id }) => id) : [chat.broker]
}

function portOf(folder: LabFolder, node: NodeId): number {
  const port = folder.port(node)
  assert(port !== null, `${node} has a port`)
  return port
}
