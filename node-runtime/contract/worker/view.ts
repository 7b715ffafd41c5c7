import type { NodeId } from '#kit/ids'
import type { ChatFacts } from './chat.ts'
import type { DeskView, NotaryPeerView } from './desk.ts'
import type { RingPeerFacts } from './ring.ts'
import type { ShopFacts } from './shop.ts'
import type { Leadership } from './trace.ts'

/** What a node knows of the leader of its cluster, by its own lights; it may be wrong, and the window shows that too. */
export interface LeadershipView {
  readonly leadership: Leadership
  readonly term: number
  readonly leader: NodeId | null
  readonly votedFor: NodeId | null
  readonly members: readonly NodeId[]
  /** How long ago the leader was last heard; 0 at the leader itself; null when none is known. */
  readonly leaderHeardMsAgo: number | null
  /** At a leader: how many members (itself included) answered within an election time. null elsewhere. */
  readonly answering: number | null
  /** Members that are sent everything and decide nothing yet; they are not among `members`. */
  readonly learners: readonly NodeId[]
  /** Members that are known to have lost their disks: they count in no majority. */
  readonly lost: readonly NodeId[]
  /** Which life of its disk this node is; another than before means that it lost what it had. */
  readonly incarnation: number
  /** Who should lead when all are well; null: it does not matter. */
  readonly favourite: NodeId | null
  readonly handingOverTo: NodeId | null
}

/** Where a node is in the replicated log. Positions are indexes of entries; 0 is before the first. */
export interface LogView {
  readonly lastIndex: number
  readonly lastTerm: number
  readonly committedIndex: number
  readonly appliedIndex: number
  /** What lies up to here is in the state only; the log begins after it. */
  readonly snapshotIndex: number
  /** At a leader: how far its peers are; empty elsewhere. */
  readonly peers: readonly PeerLogView[]
}

export interface PeerLogView {
  readonly peer: NodeId
  readonly isVoter: boolean
  readonly state: 'probing' | 'replicating' | 'snapshot'
  /** Up to here the peer has the same as the leader, on its disk. */
  readonly matchIndex: number
  readonly isPresent: boolean
}

/** How a node's clock stands to the group's, by Berkeley's method. */
export interface ClockSyncView {
  readonly coordinator: NodeId | null
  /** What this node adds to its own clock. */
  readonly offsetMs: number
  /** How far off it may still be, at most; null before the first synchronisation. */
  readonly errorMs: number | null
  readonly lastSyncMsAgo: number | null
  /** At the coordinator: clocks that took part in the last round, and those left out as outliers. */
  readonly takenPart: number | null
  readonly outliers: readonly NodeId[]
}

export interface TimerView {
  readonly name: string
  readonly leftMs: number
  readonly ofMs: number
}

/** One direction of a link as this node sees it: what it sent to the peer, and what it last had from it. */
export interface PeerLinkView {
  readonly peer: NodeId
  readonly isConnected: boolean
  readonly sentCount: number
  readonly sentBytes: number
  readonly receivedCount: number
  readonly receivedBytes: number
  readonly droppedCount: number
  /** Half of the round trip, by this node's monotonic clock. null until measured. */
  readonly latencyMs: number | null
  readonly heardMsAgo: number | null
}

/** How far a peer of the notary is, and what it last found when it computed everything anew. */
export interface NotaryPeerFacts {
  readonly size: number
  /** Hash of its last block, in lower-case hex. */
  readonly head: string
  /** Size of the newest checkpoint that a majority has co-signed, as far as it knows. */
  readonly witnessedSize: number
  readonly examination: NotaryPeerView['examination']
}

/** State of a node as it reports it. Sent whole, with a revision; the latest wins. */
export interface NodeView {
  readonly leadership: LeadershipView | null
  readonly log: LogView | null
  readonly clockSync: ClockSyncView | null
  /** null: it is no peer of a notary. */
  readonly notary: NotaryPeerFacts | null
  /** null: it is no desk. */
  readonly desk: DeskView | null
  /** null: it is no peer of a ring. */
  readonly ring: RingPeerFacts | null
  /** null: it is no node of a chat. */
  readonly chat: ChatFacts | null
  /** null: it is no node of a shop. */
  readonly shop: ShopFacts | null
  readonly lamport: number
  readonly skewMs: number
  readonly isPaused: boolean
  readonly canWrite: boolean
  readonly timers: readonly TimerView[]
  readonly links: readonly PeerLinkView[]
  readonly inboxLength: number
  readonly anomalies: number
  readonly traceDropped: number
  readonly cpuPercent: number
  readonly memoryMb: number
  /** The last lines of the node's own log, oldest first; bounded. */
  readonly logTail: readonly string[]
}

export interface TableInfo {
  readonly name: string
  readonly rows: number
  /** Columns in the order in which rows give them. A redacted column shows that it is set, never its value. */
  readonly columns: readonly { readonly name: string; readonly isRedacted: boolean }[]
}

export interface TablePage {
  readonly rows: readonly (readonly (string | number | null)[])[]
  /** Pass it back for the next page; null at the end. */
  readonly nextCursor: string | null
}
