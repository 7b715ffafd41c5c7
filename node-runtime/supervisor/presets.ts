import type { ClusterKind } from '#contract/window/topology'
import type { ChatPlan } from '#contract/worker/chat'
import type { GroupPlan, NodeTiming, RoleName } from '#contract/worker/protocol'
import type { RingPlan } from '#contract/worker/ring'
import { notarySizes } from '#contract/worker/sizes'
import { type ClusterId, clusterId, type NodeId, nodeId } from '#kit/ids'
import { type ShopSpec, shopPreset } from './shop-preset.ts'

export interface NodeSpec {
  readonly id: NodeId
  readonly role: RoleName
  /** What people call it, where they talk to each other by it; its id if nothing is said. */
  readonly name?: string
  /** Where strangers ask it over HTTP, where the ports of its cluster are spread. */
  readonly httpPort?: number
}

export interface ClusterSpec {
  readonly id: ClusterId
  readonly kind: ClusterKind
  /** The first wire port of the cluster; its nodes take one each from here on. */
  readonly basePort: number
  /** The first port where strangers ask its nodes over HTTP, one each as well; null: nowhere. */
  readonly httpPort: number | null
  readonly nodes: readonly NodeSpec[]
  /** With how many nodes it may be founded instead; null: it has these, or another choice is made of them. */
  readonly sizes: { readonly min: number; readonly max: number } | null
  /** Clusters whose nodes its own nodes ask: those hear them as their clients. */
  readonly asks: readonly ClusterId[]
  /** Who else may ask its nodes, each with keys and a port after theirs. */
  readonly clients: readonly NodeId[]
  readonly timing: NodeTiming
  /** What its nodes are told as members of one replicated group; null: they are none. */
  readonly group: Pick<GroupPlan, 'favourites' | 'favouriteWaitTicks'> | null
  /** What its nodes are told as peers of one ring; null: they are none. */
  readonly ring: RingSpec | null
  /** What its nodes are told as nodes of a chat, of which only the servers are a group; null: they are none. */
  readonly chat: ChatSpec | null
  /** What its nodes are told as nodes of a shop, of which only the catalogue is a group. */
  readonly shop?: ShopSpec
  /**
   * Whoever may ever be a node of it, where that changes while it runs, in the order of their ports. All know the keys and the
   * ports of all, so that nobody has to be told anything when one comes or goes. Those that it has now are `nodes`.
   */
  readonly seats?: readonly NodeSpec[]
}

/** Who is who in a chat, and where foreign programs look for it. What a person chooses comes from the lab. */
export interface ChatSpec extends Pick<ChatPlan, 'broker' | 'proxy' | 'reference' | 'servers'> {
  readonly ports: ChatPorts
}

/** Each proxy hears at `from` and tells at `to`. */
export interface ChatPorts {
  readonly clients: number
  readonly servers: number
  readonly ranks: number
  readonly course: ProxyPorts
  readonly account: ProxyPorts
  readonly native: ProxyPorts
}

interface ProxyPorts {
  readonly from: number
  readonly to: number
}

/** Of a ring what a person does not choose, and what holds until somebody chooses. Its place and its key come from the lab. */
export type RingSpec = Pick<RingPlan, 'group' | 'textsFrom' | 'timing'>

/**
 * Measured on two cores (bench failover): with 200 to 475 ms until a follower loses patience, a new leader is followed
 * after about 270 ms, and after about 650 ms when the vote was split. With six busy programs beside it no leader was
 * deposed in vain; with sixteen, two in 40 s, which a minimum of 12 ticks avoids at the price of take-overs near 1 s.
 */
const demoTiming: NodeTiming = { tickMs: 25, heartbeatTicks: 2, electionTicksMin: 8, electionTicksSpread: 12 }

/** A ring knows no majority and draws no election time: only the length of its tick counts. */
const ringTiming: NodeTiming = { ...demoTiming, tickMs: 50 }

const notary = clusterId('notary')
const chat = clusterId('chat')

const [broker, proxy, reference] = [nodeId('chat-broker'), nodeId('chat-proxy'), nodeId('chat-reference')]
const servers = [1, 2, 3].map((number) => nodeId(`chat-server-${number}`))
const bots = [1, 2].map((number) => nodeId(`chat-bot-${number}`))

export const chatPreset: ClusterSpec = {
  id: chat,
  kind: 'chat',
  basePort: 5810,
  httpPort: null,
  nodes: [
    { id: broker, role: 'chat-broker' },
    { id: proxy, role: 'chat-proxy' },
    { id: reference, role: 'chat-reference' },
    ...servers.map((id) => ({ id, role: 'chat-server' }) as const),
    ...bots.map((id) => ({ id, role: 'chat-bot' }) as const),
  ],
  sizes: null,
  asks: [],
  clients: [],
  timing: demoTiming,
  // The highest of those that live is to lead.
  group: { favourites: servers.toReversed(), favouriteWaitTicks: 200 },
  ring: null,
  chat: {
    broker,
    proxy,
    reference,
    servers,
    ports: {
      clients: 5555,
      servers: 5556,
      ranks: 6000,
      course: { from: 5557, to: 5558 },
      account: { from: 5558, to: 5557 },
      native: { from: 5818, to: 5819 },
    },
  },
}

/** The clusters of a fresh lab. Each system that is added to the house adds its own. */
export const presets: readonly ClusterSpec[] = [
  {
    id: notary,
    kind: 'notary',
    basePort: 5710,
    httpPort: 5001,
    asks: [],
    nodes: [1, 2, 3].map((number) => ({ id: nodeId(`notary-${number}`), role: 'notary-peer' })),
    sizes: notarySizes,
    clients: [],
    timing: demoTiming,
    group: { favourites: [], favouriteWaitTicks: 200 },
    ring: null,
    chat: null,
  },
  {
    id: clusterId('desk'),
    kind: 'desk',
    basePort: 5790,
    httpPort: null,
    nodes: [{ id: nodeId('desk'), role: 'desk' }],
    sizes: null,
    asks: [notary, chat, shopPreset.id],
    clients: [],
    timing: demoTiming,
    group: null,
    ring: null,
    chat: null,
  },
  {
    id: clusterId('ring'),
    kind: 'ring',
    basePort: 9001,
    httpPort: null,
    nodes: ['Ana', 'Bia', 'Caio'].map((name, index) => ({ id: nodeId(`ring-${index + 1}`), role: 'ring-peer', name })),
    sizes: null,
    asks: [],
    clients: [],
    timing: ringTiming,
    group: null,
    ring: {
      group: { host: '224.1.1.1', port: 5007 },
      textsFrom: 'this-machine',
      timing: 'demo',
    },
    chat: null,
  },
  chatPreset,
  shopPreset,
]
