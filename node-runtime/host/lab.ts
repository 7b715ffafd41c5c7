import type { EventPayload } from '#contract/window/contract'
import type { RecordedEvent, RecordingPage } from '#contract/window/recording'
import type { TopologySnapshot } from '#contract/window/topology'
import type { ActiveFault, Fault } from '#contract/worker/faults'
import type { NodeAnswers, NodeRequest } from '#contract/worker/protocol'
import type { ClusterId, FaultId, NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'

export type Problem = EventPayload<'problem.raised'>

/** What the host needs of a lab, and no more. The supervisor is one; the tests have a small one in memory. */
export interface Lab {
  topology(): TopologySnapshot
  onTopology(listener: () => void): Stop
  onProblem(listener: (problem: Problem) => void): Stop
  startCluster(id: ClusterId): Promise<Result<null>>
  stopCluster(id: ClusterId): Promise<Result<null>>
  startNode(id: NodeId): Promise<Result<null>>
  stopNode(id: NodeId): Promise<Result<null>>
  inject(fault: Fault, forMs: number | null): Result<ActiveFault>
  clear(id: FaultId): Result<null>
  clearAll(): Result<null>
  ask<Kind extends NodeRequest['kind']>(
    nodeId: NodeId,
    request: Extract<NodeRequest, { kind: Kind }>,
  ): Promise<Result<NodeAnswers[Kind]>>
  readonly recorder: LabRecorder
  /** Stops every node and deletes the lab's folder, nothing else. */
  reset(): Promise<Result<null>>
  stop(): Promise<void>
}

export interface RecordingQuery {
  readonly before: number | null
  readonly limit: number
  readonly nodeId: NodeId | null
  readonly withMessages: boolean
}

export interface LabRecorder {
  page(query: RecordingQuery): RecordingPage
  onAppend(listener: (events: readonly RecordedEvent[]) => void): Stop
  noteAction(action: string, detail: string): void
}
