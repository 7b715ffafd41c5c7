import type { ChatFacts } from '#contract/worker/chat'
import type { DeskView } from '#contract/worker/desk'
import type { FaultRules } from '#contract/worker/faults'
import type { LogLevel, NodePlan, NodeRequest } from '#contract/worker/protocol'
import type { RingPeerFacts } from '#contract/worker/ring'
import type { ShopFacts } from '#contract/worker/shop'
import type { ClockSyncView, LeadershipView, LogView, NotaryPeerFacts, TimerView } from '#contract/worker/view'
import type { LamportClock } from '#cores/clocks/lamport'
import type { Random } from '#kit/random'
import type { Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { Endpoint } from '#ports/endpoint'
import type { Paper } from '#ports/paper'
import type { Queries } from '#ports/queries'
import type { RingLinks } from '#ports/ring-links'
import type { Secrets } from '#ports/secrets'
import type { Sockets } from '#ports/sockets'
import type { Store } from '#ports/store'
import type { TextIndex } from '#ports/text-index'
import type { Trace } from '#ports/trace'
import type { Wire } from '#ports/wire'

/** The world of a node, real or virtual. */
export interface NodePorts {
  readonly clock: Clock
  readonly wire: Wire
  readonly store: Store
  /** `damaged`: the node's file could not be read, was put aside, and this is a new one. */
  readonly storeHistory: 'kept' | 'damaged'
  readonly queries: Queries
  readonly texts: TextIndex
  /** null: the plan has no address for it. */
  readonly endpoint: Endpoint | null
  /** The ring's own wire, the same as `wire`; null: this node is no peer of a ring. */
  readonly ring: RingLinks | null
  /** Those that the plan names. */
  readonly sockets: Sockets
  readonly secrets: Secrets
  readonly paper: Paper
  readonly trace: Trace
  readonly lamport: LamportClock
  readonly random: Random
  readonly log: (level: LogLevel, line: string) => void
  /** Runs work after the present callback, once. */
  readonly soon: (work: () => void) => void
  /** Something that `facts` shows has changed. Called often; whoever reports decides when. */
  readonly onChange: () => void
}

/** What a role knows of itself, for its status. */
export interface RoleFacts {
  readonly leadership: LeadershipView | null
  readonly log: LogView | null
  readonly clockSync: ClockSyncView | null
  readonly notary: NotaryPeerFacts | null
  readonly desk: DeskView | null
  readonly ring: RingPeerFacts | null
  readonly chat: ChatFacts | null
  readonly shop: ShopFacts | null
  readonly timers: readonly TimerView[]
  readonly isPaused: boolean
  readonly canWrite: boolean
  readonly inboxLength: number
  readonly anomalies: number
}

/** A node that runs. Its stop leaves the ports open: whoever opened them closes them. */
export interface RunningRole {
  facts(): RoleFacts
  /** The drivers have been told already; the role does the rest. */
  setFaults(rules: FaultRules): void
  /** `done` is called once, at once or later. */
  answer(request: NodeRequest, done: (result: Result<unknown>) => void): void
  stop(): void
}

/** Throws StoreFailure when what is on the disk cannot be the node's own state. */
export type RoleStart = (plan: NodePlan, ports: NodePorts) => RunningRole
