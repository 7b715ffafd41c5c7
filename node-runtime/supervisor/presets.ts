import type { ClusterKind } from '#contract/window/topology'
import type { GroupPlan, NodeTiming, RoleName } from '#contract/worker/protocol'
import { type ClusterId, clusterId, type NodeId, nodeId } from '#kit/ids'

export interface NodeSpec {
  readonly id: NodeId
  readonly role: RoleName
}

export interface ClusterSpec {
  readonly id: ClusterId
  readonly kind: ClusterKind
  /** The first wire port of the cluster; its nodes take one each from here on. */
  readonly basePort: number
  /** The first port where strangers ask its nodes over HTTP, one each as well; null: nowhere. */
  readonly httpPort: number | null
  readonly nodes: readonly NodeSpec[]
  /** Clusters whose nodes its own nodes ask: those hear them as their clients. */
  readonly asks: readonly ClusterId[]
  /** Who else may ask its nodes, each with keys and a port after theirs. */
  readonly clients: readonly NodeId[]
  readonly timing: NodeTiming
  /** What its nodes are told as members of one replicated group; null: they are none. */
  readonly group: Pick<GroupPlan, 'favourites' | 'favouriteWaitTicks'> | null
}

/**
 * Measured on two cores (bench failover): with 200 to 475 ms until a follower loses patience, a new leader is followed
 * after about 270 ms, and after about 650 ms when the vote was split. With six busy programs beside it no leader was
 * deposed in vain; with sixteen, two in 40 s, which a minimum of 12 ticks avoids at the price of take-overs near 1 s.
 */
const demoTiming: NodeTiming = { tickMs: 25, heartbeatTicks: 2, electionTicksMin: 8, electionTicksSpread: 12 }

const notary = clusterId('notary')

/** The clusters of a fresh lab. Each system that is added to the house adds its own. */
export const presets: readonly ClusterSpec[] = [
  {
    id: notary,
    kind: 'notary',
    basePort: 5710,
    httpPort: 5001,
    asks: [],
    nodes: [1, 2, 3].map((number) => ({ id: nodeId(`notary-${number}`), role: 'notary-peer' })),
    clients: [],
    timing: demoTiming,
    group: { favourites: [], favouriteWaitTicks: 200 },
  },
  {
    id: clusterId('desk'),
    kind: 'desk',
    basePort: 5790,
    httpPort: null,
    nodes: [{ id: nodeId('desk'), role: 'desk' }],
    asks: [notary],
    clients: [],
    timing: demoTiming,
    group: null,
  },
]
