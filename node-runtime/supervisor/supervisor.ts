import type { ChatSetup } from '#contract/window/chat'
import type { EventPayload } from '#contract/window/contract'
import type { RingConfigured, RingSettingsChange, RingSetup } from '#contract/window/ring'
import type { ShopSetup } from '#contract/window/shop'
import type { TopologySnapshot } from '#contract/window/topology'
import type { ChatSettings } from '#contract/worker/chat'
import type { HttpDialect } from '#contract/worker/dialects'
import type { ActiveFault, Fault } from '#contract/worker/faults'
import type { NodeAnswers, NodeRequest } from '#contract/worker/protocol'
import type { ShopReach } from '#contract/worker/shop'
import type { ClusterId, FaultId, NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import { LabSupervisor } from './lab-supervisor.ts'
import type { Launcher } from './launcher.ts'
import type { NodeLimits } from './managed-node.ts'
import { type ClusterSpec, presets } from './presets.ts'
import type { Recorder } from './recorder.ts'

export type Problem = EventPayload<'problem.raised'>

export interface SupervisorOptions {
  /** The lab's own folder, `<userData>/labs/<lab>`. It is made when it is not there. */
  readonly labDir: string
  readonly lab: string
  readonly launcher: Launcher
  /** Where the nodes' wires listen. */
  readonly host?: string
  /** The clusters of this lab; the presets unless a test says otherwise. */
  readonly clusters?: readonly ClusterSpec[]
  /** How long a worker may take and how often it may crash; the tests and the benches have limits of their own. */
  readonly limits?: Partial<NodeLimits>
}

/** Starts, watches and disturbs the nodes of one lab. */
export interface Supervisor {
  topology(): TopologySnapshot
  /** At most five calls a second, and only when something changed. */
  onTopology(listener: () => void): Stop
  onProblem(listener: (problem: Problem) => void): Stop
  startCluster(id: ClusterId): Promise<Result<null>>
  stopCluster(id: ClusterId): Promise<Result<null>>
  /** Kept for every life to come, and told to those that run. */
  speak(id: ClusterId, dialect: HttpDialect): Promise<Result<null>>
  /** With how many nodes, which is kept; refused once one of them has run. */
  found(id: ClusterId, count: number): Result<null>
  /** One more node for the catalogue of a shop that is open: it learns first, and then it has a vote. */
  addReplica(id: ClusterId): Promise<Result<NodeId>>
  /** Its group lets it go, and then it is stopped; it may come back, as somebody new. */
  removeReplica(node: NodeId): Promise<Result<null>>
  ringSetup(id: ClusterId): Promise<Result<RingSetup>>
  /** Kept for every start to come. Peers that run are started anew with it. */
  configureRing(id: ClusterId, change: RingSettingsChange): Promise<Result<RingConfigured>>
  chatSetup(id: ClusterId): Result<ChatSetup>
  /** Kept for every start to come. Refused while it is up, and another profile once a server of it has run. */
  configureChat(id: ClusterId, change: Partial<ChatSettings>): Result<ChatSettings>
  shopSetup(id: ClusterId): Result<ShopSetup>
  /** Kept for every start to come. Refused while it is up. */
  configureShop(id: ClusterId, reach: ShopReach): Result<ShopSetup>
  startNode(id: NodeId): Promise<Result<null>>
  stopNode(id: NodeId): Promise<Result<null>>
  inject(fault: Fault, forMs: number | null): Result<ActiveFault>
  clear(id: FaultId): Result<null>
  clearAll(): Result<null>
  ask<Kind extends NodeRequest['kind']>(
    nodeId: NodeId,
    request: Extract<NodeRequest, { kind: Kind }>,
  ): Promise<Result<NodeAnswers[Kind]>>
  readonly recorder: Recorder
  /** Stops every node and deletes the lab's folder, nothing else. The lab can be started anew afterwards. */
  reset(): Promise<Result<null>>
  /** Stops every node in reverse start order; a node that does not stop in time is killed. No process is left. */
  stop(): Promise<void>
}

/** Never refuses by itself: a lab that cannot be opened says so when something is started, and can be reset. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  return new LabSupervisor({ host: '127.0.0.1', clusters: presets, limits: {}, ...options })
}
