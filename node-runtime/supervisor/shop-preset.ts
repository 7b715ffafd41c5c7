import type { ShopPlan } from '#contract/worker/shop'
import { catalogueSizes } from '#contract/worker/sizes'
import { assert } from '#kit/assert'
import { clusterId, type NodeId, nodeId } from '#kit/ids'
import type { LabFolder } from './lab-folder.ts'
import type { ClusterSpec, NodeSpec } from './presets.ts'

/** Who is who in a shop. Only the nodes of the catalogue are a group. */
export type ShopSpec = Pick<ShopPlan, 'gateway' | 'catalogues' | 'founders' | 'cart' | 'orders'>

const [gateway, cart, orders] = [nodeId('shop-gateway'), nodeId('shop-cart'), nodeId('shop-orders')]
const catalogues = Array.from({ length: catalogueSizes.max }, (_, index) => nodeId(`shop-catalog-${index + 1}`))
const founders = catalogues.slice(0, catalogueSizes.min)

const catalogueSeats = catalogues.map(
  (id, index) => ({ id, role: 'shop-catalog', httpPort: 5001 + 10 * index }) as const,
)
const nodes: readonly NodeSpec[] = [
  { id: gateway, role: 'shop-gateway', httpPort: 5080 },
  ...catalogueSeats.slice(0, catalogueSizes.min),
  { id: cart, role: 'shop-cart', httpPort: 5002 },
  { id: orders, role: 'shop-orders', httpPort: 5003 },
]

export const shopPreset: ClusterSpec = {
  id: clusterId('shop'),
  kind: 'shop',
  basePort: 5850,
  httpPort: 5080,
  nodes,
  seats: [...nodes, ...catalogueSeats.slice(catalogueSizes.min)],
  sizes: null,
  asks: [],
  clients: [],
  timing: { tickMs: 25, heartbeatTicks: 2, electionTicksMin: 8, electionTicksSpread: 12 },
  // Programs of before take the first for the primary, and write there.
  group: { favourites: founders, favouriteWaitTicks: 200 },
  ring: null,
  chat: null,
  shop: { gateway, catalogues, founders, cart, orders },
}

/** What the nodes of a shop, and those who ask it, are told of it. */
export function shopPlan({ shop }: ClusterSpec, staffToken: string | null): ShopPlan {
  assert(shop !== undefined, 'a shop')
  return { ...shop, staffToken }
}

/** All that may ever need keys and ports. */
export function seatsOf({ seats, nodes }: ClusterSpec): readonly NodeSpec[] {
  return seats ?? nodes
}

/** Ports that are spread keep their distances when the whole cluster has to move. */
export function httpPortsWanted(spec: ClusterSpec, folder: LabFolder): readonly number[] {
  const { httpPort } = spec
  if (httpPort === null) return []
  const nodes = seatsOf(spec)
  const [first] = nodes
  const moved = (first === undefined ? null : folder.httpPort(first.id)) ?? httpPort
  return nodes.map((node, index) => moved - httpPort + (node.httpPort ?? httpPort + index))
}

/** Ports that other clusters of the lab have been given, whether they listen now or not. */
export function portsOfOthers(
  spec: ClusterSpec,
  clusters: readonly ClusterSpec[],
  folder: LabFolder,
): ReadonlySet<number> {
  const others = clusters.filter(({ id }) => id !== spec.id)
  const nodes: readonly NodeId[] = others.flatMap((one) => seatsOf(one).map(({ id }) => id))
  const ports = nodes.flatMap((node) => [folder.port(node), folder.httpPort(node)])
  return new Set(ports.filter((port) => port !== null))
}
