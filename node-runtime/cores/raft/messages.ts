import type { NodeId } from '#kit/ids'
import type { Entry } from './entry.ts'
import type { Member, Membership } from './membership.ts'

/** How far a log goes. Of two, the one with the later last term is newer; in the same term, the longer one. */
export interface LogEnd {
  readonly index: number
  readonly term: number
}

/** What a log begins after: the state after everything up to `end`, and who was a member then. */
export interface LogBase {
  readonly end: LogEnd
  readonly membership: Membership
  /** Time and stamp below which no later entry may go. */
  readonly atMs: number
  readonly lamport: number
}

/** A snapshot on its way to a peer. Two transfers are never mixed, even if both are of the same state. */
export interface SnapshotId extends LogBase {
  readonly transfer: number
}

/** What peers of one raft group say to each other. */
export type RaftWords =
  /** Would you vote for me in this term? Asked before the term is raised, so that a cut-off peer disturbs nobody. */
  | { readonly kind: 'pre-vote-request'; readonly term: number; readonly last: LogEnd }
  /** `term` is the term that was asked for; `voterTerm` tells a peer that has fallen behind how far the group is. */
  | { readonly kind: 'pre-vote'; readonly term: number; readonly isGranted: boolean; readonly voterTerm: number }
  /** `isHandOver`: the leader itself asked this candidate to stand, so being led is no reason to refuse. */
  | { readonly kind: 'vote-request'; readonly term: number; readonly last: LogEnd; readonly isHandOver: boolean }
  | { readonly kind: 'vote'; readonly term: number; readonly isGranted: boolean }
  /** `round` counts a leader's heartbeats; an answer proves that the leader still led when that round was sent. */
  | { readonly kind: 'heartbeat'; readonly term: number; readonly round: number; readonly commit: number }
  /** No answer is owed. */
  | { readonly kind: 'commit'; readonly term: number; readonly commit: number }
  /** `lastIndex` is what the peer has on its disk. */
  | { readonly kind: 'heartbeat-answer'; readonly term: number; readonly round: number; readonly lastIndex: number }
  | {
      readonly kind: 'append'
      readonly term: number
      readonly previous: LogEnd
      readonly entries: readonly Entry[]
      readonly commit: number
    }
  /** Everything up to `matchIndex` is on the peer's disk as it is on the leader's. */
  | { readonly kind: 'append-answer'; readonly term: number; readonly matchIndex: number }
  /** The peer has no entry like `previousIndex`. `hint` is the last of its own that may agree with the leader's log. */
  | { readonly kind: 'append-refusal'; readonly term: number; readonly previousIndex: number; readonly hint: LogEnd }
  | ({ readonly kind: 'snapshot-chunk'; readonly term: number; readonly snapshot: SnapshotId } & Chunk)
  /** The peer has every chunk before `wanted` on its disk; null: it has them all. */
  | {
      readonly kind: 'snapshot-answer'
      readonly term: number
      readonly transfer: number
      readonly wanted: number | null
    }
  /** The leader hands over: the peer has everything, and shall stand at once. */
  | { readonly kind: 'stand-now'; readonly term: number }
  /** From a node that has lost its disk, or never had one: take me in as a learner. */
  | { readonly kind: 'join'; readonly term: number }
  /** What the peer once had on its disk is gone, so its word is worth nothing: begin anew under another incarnation. */
  | { readonly kind: 'disown'; readonly term: number; readonly disowned: number }

/** The sender's incarnation goes with every word: a node that lost its disk is not who it was. */
export type RaftMessage = RaftWords & { readonly incarnation: number }

/** A piece of a snapshot, numbered from 0. What is in it only the replica knows. */
export interface Chunk {
  readonly number: number
  readonly isLast: boolean
  readonly bytes: Uint8Array
}

/** Number 0 of a new transfer begins a snapshot of the state as it is now. The last number may be ordered again. */
export interface ChunkOrder {
  readonly to: NodeId
  readonly transfer: number
  readonly number: number
}

/** What must be on disk before anyone hears of it, beside the log. */
export interface HardState {
  readonly term: number
  readonly votedFor: NodeId | null
}

export interface RaftConfig {
  readonly id: NodeId
  /** Drawn anew whenever this node had to begin without what it had promised. */
  readonly incarnation: number
  /** Everyone who may ever be a member: whom the wire reaches, this node not among them. */
  readonly peers: readonly NodeId[]
  readonly heartbeatTicks: number
  readonly electionTicksMin: number
  readonly electionTicksSpread: number
  /** Who should lead when all are well, best first. Empty: it does not matter. */
  readonly favourites: readonly NodeId[]
  /** How long a returning favourite must have been well before it is given the lead. */
  readonly favouriteWaitTicks: number
}

/** What a node finds on its disk when it starts. */
export interface Restored {
  readonly hard: HardState
  /** What the log begins after: nothing, or the end of a snapshot or of what was compacted. */
  readonly base: LogBase
  /** All that follows, in order. The core keeps only the newest in memory. */
  readonly entries: readonly Entry[]
  /** The state on disk is the one after this entry. */
  readonly appliedIndex: number
  /** A snapshot that was coming in when the node went down. */
  readonly incoming: { readonly snapshot: SnapshotId; readonly wanted: number } | null
}

/** Reads entries that are on disk and no longer in the core's memory. */
export type ReadLog = (from: number, limit: { readonly entries: number; readonly bytes: number }) => readonly Entry[]

export type RaftRole = 'follower' | 'pre-candidate' | 'candidate' | 'leader'

export type MemberChange =
  | { readonly kind: 'add'; readonly node: NodeId; readonly incarnation: number }
  | { readonly kind: 'promote'; readonly node: NodeId }
  | { readonly kind: 'remove'; readonly node: NodeId }

export type RaftInput =
  | { readonly kind: 'tick' }
  | { readonly kind: 'message'; readonly from: NodeId; readonly message: RaftMessage }
  /** `ref` is the caller's number for the request; it comes back once, in `accepted` or `refused`. */
  | {
      readonly kind: 'propose'
      readonly ref: number
      readonly payload: Uint8Array
      /** The proposer's time and stamp; the core sees to it that neither goes back along the log. */
      readonly atMs: number
      readonly lamport: number
    }
  /** Asks from which index on a read is as fresh as anything that was acknowledged before it began. */
  | { readonly kind: 'read'; readonly ref: number }
  | { readonly kind: 'change-members'; readonly ref: number; readonly change: MemberChange; readonly atMs: number }
  | { readonly kind: 'hand-over'; readonly to: NodeId }
  /** Who should lead, by somebody's choice. It stands above the favourites; null takes it back. Never more than a wish. */
  | { readonly kind: 'wish'; readonly leader: NodeId | null }
  /** The state up to here is on the disk, so the log before it is needed by slow peers only. */
  | { readonly kind: 'compact'; readonly upTo: number }
  /** What a chunk order brought. null: that snapshot is not to be had any more; another one is begun. */
  | {
      readonly kind: 'chunk'
      readonly order: ChunkOrder
      readonly found: { readonly snapshot: SnapshotId; readonly chunk: Chunk } | null
    }
  /** The disk refuses. Whoever fails to perform an output throws the core away, makes a new one from the disk, and says this. */
  | { readonly kind: 'cannot-write' }
  | { readonly kind: 'can-write' }

/** Why a role changed; the words are those of contract/worker/trace.ts. */
export type RaftWhy =
  | 'started'
  | 'heard-no-leader'
  | 'majority-would-vote'
  | 'was-handed-over'
  | 'majority-voted'
  | 'saw-newer-term'
  | 'heard-leader'
  | 'lost-majority'
  | 'no-majority-answered'
  | 'left-the-group'
  | 'cannot-write'

/** What happened in a step, for people: the pump turns these into trace events. */
export type RaftNote =
  | {
      readonly kind: 'role-changed'
      readonly from: RaftRole
      readonly to: RaftRole
      readonly term: number
      readonly why: RaftWhy
      readonly leader: NodeId | null
      readonly silentTicks: number | null
    }
  | { readonly kind: 'voted'; readonly for: NodeId; readonly term: number }
  | { readonly kind: 'timer'; readonly name: 'election' | 'check-quorum'; readonly afterTicks: number }
  /** In force from now on, though it may still be taken back; `index` is that of its entry. */
  | { readonly kind: 'members-changed'; readonly members: readonly Member[]; readonly index: number }
  | { readonly kind: 'handing-over'; readonly to: NodeId; readonly why: 'asked' | 'favourite' | 'leaving' }
  | { readonly kind: 'log-cut'; readonly from: number; readonly upTo: number }
  | { readonly kind: 'snapshot-began'; readonly to: NodeId; readonly index: number }
  | { readonly kind: 'snapshot-installed'; readonly index: number }
  /** A peer has lost what it had acknowledged, or says so itself. */
  | { readonly kind: 'peer-lost-disk'; readonly peer: NodeId }
  /** So many voters lost their disks that the rest cannot decide any more, whatever comes back. */
  | { readonly kind: 'group-lost'; readonly lost: readonly NodeId[] }

export interface RaftEnvelope {
  readonly to: NodeId
  readonly message: RaftMessage
}

export interface Persist {
  readonly hard: HardState | null
  /** What was on the way in is given up; nothing of it may be installed any more. */
  readonly dropsIncoming: boolean
  /** Chunks of a snapshot, in order. After the last one the state is the snapshot's, and the log begins after it. */
  readonly chunks: readonly { readonly snapshot: SnapshotId; readonly chunk: Chunk }[]
  /** Replaces everything from the first of these on. */
  readonly entries: readonly Entry[]
  /** The log begins after this now. */
  readonly base: LogBase | null
}

export type RefusedWhy = 'not-leader' | 'busy' | 'handing-over' | 'change-under-way' | 'no-such-change'

/**
 * One record for all inputs of a step. It is performed in one order: persist, note, send, apply, answer; and whole,
 * before the next step. If `persist` fails, nothing of it may happen: see `cannot-write`.
 */
export interface RaftOutput {
  readonly persist: Persist | null
  readonly messages: readonly RaftEnvelope[]
  /** ST3: the messages take nothing of `persist` for granted, and may leave before it is on the disk. */
  readonly goesAhead: boolean
  /** Chunks to be read and given back as `chunk` inputs. */
  readonly chunksWanted: readonly ChunkOrder[]
  /** To be applied, in order, each once. They are on the disks of a majority. */
  readonly committed: readonly Entry[]
  /** More is committed than one output carries; it comes with the next step, whatever its inputs. */
  readonly hasMore: boolean
  readonly accepted: readonly { readonly ref: number; readonly end: LogEnd }[]
  readonly refused: readonly { readonly ref: number; readonly why: RefusedWhy }[]
  /** May be answered once this index is applied. */
  readonly reads: readonly { readonly ref: number; readonly index: number }[]
  /** What this node had promised is worth nothing: it begins anew under another incarnation. */
  readonly isDisowned: boolean
  readonly notes: readonly RaftNote[]
  /** A peer broke the protocol. We stay up and say so. */
  readonly anomaly: string | null
}

export type PeerState = 'probing' | 'replicating' | 'snapshot'

/** A peer as its leader sees it. */
export interface PeerProgress {
  readonly peer: NodeId
  readonly isVoter: boolean
  readonly state: PeerState
  readonly matchIndex: number
  readonly isPresent: boolean
}

export interface RaftView {
  readonly id: NodeId
  readonly incarnation: number
  readonly role: RaftRole
  readonly term: number
  readonly votedFor: NodeId | null
  readonly leader: NodeId | null
  readonly membership: Membership
  readonly leaderHeardTicksAgo: number | null
  /** At a leader: voters that answered within an election timeout, itself included; null elsewhere. */
  readonly answering: number | null
  readonly electionTicksLeft: number | null
  readonly electionTicksOf: number | null
  /** On disk. */
  readonly last: LogEnd
  readonly commitIndex: number
  /** As far as leaders have said; what this node has of it ends at `commitIndex`. */
  readonly heardCommit: number
  readonly base: LogEnd
  /** CK1: nothing that follows has an earlier time, whatever the clock of who leads says. */
  readonly floorMs: number
  /** At a leader: how far its peers are; empty elsewhere. */
  readonly progress: readonly PeerProgress[]
  readonly favourite: NodeId | null
  readonly handingOverTo: NodeId | null
  /** Voters that are known to have lost their disks. */
  readonly lost: readonly NodeId[]
}
