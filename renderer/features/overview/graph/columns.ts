import type { ClusterCard, NodeCard } from '#contract/window/topology'
import type { RoleName } from '#contract/worker/protocol'
import { outsideId, outsideOf } from '../../../stores/derived/open-ways.ts'

type Columns = readonly (readonly string[])[]

/** The way of a request through a system, from left to right. */
const orders: Partial<Record<ClusterCard['kind'], readonly (readonly RoleName[])[]>> = {
  // Who speaks, where it is asked, who keeps it, where it goes out.
  chat: [['chat-bot'], ['chat-broker', 'chat-reference'], ['chat-server'], ['chat-proxy']],
  // The one address, what stands behind it, and what these ask in turn.
  shop: [['shop-gateway'], ['shop-cart', 'shop-orders'], ['shop-catalog']],
}

/** null: the nodes of such a cluster are peers, and stand on a circle. */
export function columnsOf({
  kind,
  nodes,
}: Pick<ClusterCard, 'kind'> & { readonly nodes: readonly Pick<NodeCard, 'id' | 'role'>[] }): Columns | null {
  const order = orders[kind]
  if (order === undefined) return null
  const columns = order.map((roles) => roles.flatMap((role) => nodes.filter((node) => node.role === role)))
  const others = nodes.filter(({ role }) => !order.flat().includes(role))
  return [...columns, others].map((column) => column.map(({ id }) => id)).filter((column) => column.length > 0)
}

/** Where programs of others come in, under those of ours that do the same. */
export function withOutside(columns: Columns, cluster: Pick<ClusterCard, 'id' | 'kind' | 'nodes'>): Columns {
  if (cluster.kind !== 'chat' || outsideOf(cluster) === null) return columns
  const [first = [], ...others] = columns
  const isOfBots = cluster.nodes.some(({ id, role }) => role === 'chat-bot' && first.includes(id))
  const outside = outsideId(cluster)
  return isOfBots ? [[...first, outside], ...others] : [[outside], ...columns]
}
