import type { Failure } from '#kit/failures'
import type { ClusterId, NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { ChatPlan, ExportPage, ForeignPage } from './chat.ts'
import type { ChatCall } from './chat-calls.ts'
import type { DeskCall } from './desk.ts'
import type { HttpDialect } from './dialects.ts'
import type { FaultRules } from './faults.ts'
import type { RingCall, RingPlan } from './ring.ts'
import type { ShopPlan } from './shop.ts'
import type { ShopCall } from './shop-calls.ts'
import type { SocketPlan } from './sockets.ts'
import type { TraceEvent } from './trace.ts'
import type { NodeView, TableInfo, TablePage } from './view.ts'

/** Counts up with every change of these shapes. A worker of another number is not given a role. */
export const workerProtocol = 10

/** Roles that a worker of this build can take. Later systems add theirs. */
export const roleNames = [
  'notary-peer',
  'register-peer',
  'desk',
  'ring-peer',
  'chat-broker',
  'chat-proxy',
  'chat-reference',
  'chat-server',
  'chat-bot',
  'shop-gateway',
  'shop-catalog',
  'shop-cart',
  'shop-orders',
] as const
export type RoleName = (typeof roleNames)[number]

/** A CURVE key pair in the Z85 text form of ZeroMQ. */
export interface KeyPair {
  readonly publicKey: string
  readonly secretKey: string
}

export interface PeerAddress {
  readonly nodeId: NodeId
  readonly host: string
  readonly port: number
  readonly publicKey: string
}

/** All a worker needs to be a node. Plain data. */
export interface NodePlan {
  readonly lab: string
  readonly clusterId: ClusterId
  readonly nodeId: NodeId
  readonly role: RoleName
  readonly dataDir: string
  readonly wire: { readonly host: string; readonly port: number; readonly keys: KeyPair }
  /** Where strangers' programs may ask it, over HTTP; null: nowhere. */
  readonly http: { readonly host: string; readonly port: number; readonly dialect: HttpDialect } | null
  /** The other nodes this one talks to, itself not among them. */
  readonly peers: readonly PeerAddress[]
  /** Who may ask this node and is no node of its cluster; they are heard, and have no part in what its members say. */
  readonly clients: readonly PeerAddress[]
  readonly timing: NodeTiming
  /** For roles that are members of a replicated group; null for all others. */
  readonly group: GroupPlan | null
  /** For peers of a ring, whose wire then is the ring's own; null for all others. */
  readonly ring: RingPlan | null
  /** ZeroMQ sockets beside the wire, each by a name its role knows. */
  readonly sockets: readonly SocketPlan[]
  /** For nodes of a chat and those who ask it; null for all others. */
  readonly chat: ChatPlan | null
  /** For nodes of a shop and those who ask it; null for all others. */
  readonly shop: ShopPlan | null
  /** In force from the first moment, so that a cut node does not come back connected. */
  readonly faults: FaultRules
}

export interface NodeTiming {
  readonly tickMs: number
  readonly heartbeatTicks: number
  readonly electionTicksMin: number
  /** The election timeout is drawn from min to min + spread - 1. */
  readonly electionTicksSpread: number
}

/** How a replicated group begins and whom it likes to be led by. */
export interface GroupPlan {
  /** The voters of the first hour. A node that is not among them asks to be taken in. */
  readonly founders: readonly NodeId[]
  /** Whether this node has ever run: a disk without its state is then a lost one, and not a new one. */
  readonly hasRun: boolean
  /** Who should lead when all are well, best first. Empty: it does not matter. */
  readonly favourites: readonly NodeId[]
  readonly favouriteWaitTicks: number
}

/** What can be asked of a running node. Each kind names the shape of its answer in NodeAnswers. */
export type NodeRequest =
  | { readonly kind: 'tables' }
  | { readonly kind: 'rows'; readonly table: string; readonly cursor: string | null; readonly limit: number }
  /** Asked of a leader; the answer says that it has begun. Whether `to` leads in the end, the next views tell. */
  | { readonly kind: 'hand-over'; readonly to: NodeId }
  /** Asked of a leader; the answer says that its group has agreed to be without that node. */
  | { readonly kind: 'remove-member'; readonly node: NodeId }
  /** The lesson: asked of a notary's peer, which changes the title of that record in its own file and nothing else. */
  | { readonly kind: 'tamper'; readonly index: number }
  /** The peer throws its copy away and takes it anew from the others. */
  | { readonly kind: 'repair' }
  /** The peer begins to compute everything anew; how far it is, its view shows. */
  | { readonly kind: 'examine' }
  /** From now on; the plan of its next life says the same. */
  | { readonly kind: 'speak'; readonly dialect: HttpDialect }
  /** Asked of a desk. What comes back has the shape that DeskCalls gives to the name. */
  | { readonly kind: 'desk'; readonly call: DeskCall }
  /** Asked of a ring peer. What comes back has the shape that RingCalls gives to the name. */
  | { readonly kind: 'ring'; readonly call: RingCall }
  /** Asked of a desk. What comes back has the shape that ChatCalls gives to the name. */
  | { readonly kind: 'chat'; readonly call: ChatCall }
  /** Asked of a desk. What comes back has the shape that ShopCalls gives to the name. */
  | { readonly kind: 'shop'; readonly call: ShopCall }
  /** Asked of nodes of a chat whose sockets foreign programs use: what came there lately. */
  | { readonly kind: 'foreign'; readonly after: number; readonly limit: number }
  /** Asked of a chat's server or reference: what it keeps, in the files of the course. `after`: what the page before said. */
  | { readonly kind: 'export'; readonly after: string | null }

export interface NodeAnswers {
  readonly tables: readonly TableInfo[]
  readonly rows: TablePage
  readonly 'hand-over': null
  readonly 'remove-member': null
  readonly tamper: null
  readonly repair: null
  readonly examine: null
  readonly speak: null
  readonly desk: unknown
  readonly ring: unknown
  readonly chat: unknown
  readonly shop: unknown
  readonly foreign: ForeignPage
  readonly export: ExportPage
}

export type WorkerCommand =
  | { readonly kind: 'start'; readonly plan: NodePlan }
  | { readonly kind: 'faults'; readonly rules: FaultRules }
  | { readonly kind: 'request'; readonly sequence: number; readonly request: NodeRequest }
  | { readonly kind: 'stop' }

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export type WorkerReport =
  | { readonly kind: 'ready'; readonly protocol: number; readonly pid: number }
  /** The role runs: wire bound, store open. */
  | { readonly kind: 'started' }
  /** The role cannot run; the supervisor ends the worker when it hears this. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  | { readonly kind: 'status'; readonly revision: number; readonly view: NodeView }
  | { readonly kind: 'trace'; readonly events: readonly TraceEvent[]; readonly dropped: number }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly line: string }
  /** The value's shape follows from the request that has this sequence number; see worker-link. */
  | { readonly kind: 'answer'; readonly sequence: number; readonly result: Result<unknown> }

/** Named limits of the pipe. */
export const workerLimits = {
  readyWithinMs: 10_000,
  stopWithinMs: 3_000,
  requestWithinMs: 5_000,
  requestsWaitingMax: 64,
  traceBatchMax: 500,
  traceEveryMs: 100,
  statusEveryMs: 100,
  rowsPerPageMax: 200,
  messageBytesMax: 4 * 1024 * 1024,
} as const
