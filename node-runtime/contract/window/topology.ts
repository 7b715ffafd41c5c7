import type { HttpDialect } from '#contract/worker/dialects'
import type { ActiveFault } from '#contract/worker/faults'
import type { RoleName } from '#contract/worker/protocol'
import type { NodeView } from '#contract/worker/view'
import type { FailureCode } from '#kit/failures'
import type { ClusterId, FaultId, NodeId } from '#kit/ids'

/** The life of a node's worker as the supervisor sees it. Exit and crash are different ends. */
export type WorkerState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'waiting'; readonly sinceWallMs: number }
  | { readonly kind: 'starting'; readonly sinceWallMs: number; readonly pid: number | null }
  | { readonly kind: 'running'; readonly sinceWallMs: number; readonly pid: number }
  | { readonly kind: 'stopping'; readonly sinceWallMs: number; readonly pid: number }
  /** It ended by itself; it comes back at `retryWallMs`. */
  | { readonly kind: 'crashed'; readonly sinceWallMs: number; readonly how: string; readonly retryWallMs: number }
  /** A kill fault holds it down until the fault ends or somebody starts it. */
  | { readonly kind: 'killed'; readonly sinceWallMs: number; readonly fault: FaultId }
  /** It crashed too often or cannot start; somebody has to look. */
  | { readonly kind: 'left-down'; readonly sinceWallMs: number; readonly code: FailureCode; readonly detail: string }

export interface NodeCard {
  readonly id: NodeId
  readonly clusterId: ClusterId
  readonly role: RoleName
  readonly state: WorkerState
  /** Host and port of the node's own wire. */
  readonly address: { readonly host: string; readonly port: number } | null
  /** Where other programs may ask it, over HTTP; null: nowhere. */
  readonly http: { readonly host: string; readonly port: number } | null
  readonly crashes: number
  /** The node's last report and when it came. Old reports stay here with their age; the window draws them as old. */
  readonly view: NodeView | null
  readonly viewWallMs: number | null
}

/** One direction between two nodes, from what both ends reported. */
export interface LinkCard {
  readonly from: NodeId
  readonly to: NodeId
  readonly messagesPerSecond: number
  readonly bytesPerSecond: number
  readonly droppedPerSecond: number
  readonly latencyMs: number | null
  /** When the receiver last had something from the sender, by the host's clock; null: never in this run. */
  readonly heardWallMs: number | null
  readonly faults: readonly FaultId[]
}

export type SystemKind = 'notary' | 'chat' | 'ring' | 'shop'
/** The systems, and the one node through which people use them. */
export type ClusterKind = SystemKind | 'desk'

export interface ClusterCard {
  readonly id: ClusterId
  readonly kind: ClusterKind
  readonly state: 'stopped' | 'starting' | 'running' | 'stopping'
  /** In what manner its nodes answer over HTTP; null: nobody asks them so, or lab.json has not been read yet. */
  readonly dialect: HttpDialect | null
  /** With how many nodes it can still be founded; null: one of them has run, or nobody chooses that. */
  readonly sizes: { readonly min: number; readonly max: number } | null
  readonly nodes: readonly NodeCard[]
  readonly links: readonly LinkCard[]
  /** Entries that its leader has newly committed, a second. null: nobody who speaks leads, or not for long enough. */
  readonly commitsPerSecond: number | null
}

/** The whole lab at one moment. The latest revision wins; older ones are dropped. */
export interface TopologySnapshot {
  readonly revision: number
  readonly takenWallMs: number
  readonly lab: string
  readonly clusters: readonly ClusterCard[]
  readonly faults: readonly ActiveFault[]
  readonly recording: RecordingState
}

export interface RecordingState {
  readonly kept: number
  readonly keptMax: number
  /** Events that no longer stand in the recording, and those that workers dropped before they were sent. */
  readonly forgotten: number
  readonly droppedByNodes: number
}
