import type { FailureCode } from '#kit/failures'
import type { FaultId, MessageId, NodeId } from '#kit/ids'
import type { Fault } from './faults.ts'
import type { RingTrace } from './ring.ts'

/** What a node is in its cluster's choice of a leader. */
export type Leadership = 'follower' | 'pre-candidate' | 'candidate' | 'leader' | 'none'

/** Why a node changed its role. The window has a sentence for each. */
export type RoleChangeWhy =
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

export type DropWhy =
  | 'cut'
  | 'loss'
  | 'queue-full'
  | 'not-connected'
  | 'too-large'
  | 'paused'
  | 'stranger'
  | 'malformed'

/** What a file that was put aside was for. */
export type SetAside = 'key' | 'store'

/** One thing that happened at a node. Kind, id and size of a message, never its content. */
export type TraceWhat =
  | RingTrace
  | {
      readonly kind: 'sent'
      readonly to: NodeId
      readonly message: MessageId
      readonly messageKind: string
      readonly bytes: number
    }
  | {
      readonly kind: 'received'
      readonly from: NodeId
      readonly message: MessageId
      readonly messageKind: string
      readonly bytes: number
    }
  | {
      readonly kind: 'dropped'
      readonly peer: NodeId | null
      readonly message: MessageId | null
      readonly messageKind: string | null
      readonly why: DropWhy
    }
  | {
      readonly kind: 'role-changed'
      readonly from: Leadership
      readonly to: Leadership
      readonly term: number
      readonly why: RoleChangeWhy
      /** The leader this was about, if one was known, and for how long it had been silent. */
      readonly leader: NodeId | null
      readonly silentMs: number | null
    }
  | { readonly kind: 'voted'; readonly for: NodeId; readonly term: number }
  | { readonly kind: 'timer'; readonly name: string; readonly afterMs: number }
  | { readonly kind: 'anomaly'; readonly detail: string }
  | {
      readonly kind: 'members-changed'
      readonly voters: readonly NodeId[]
      readonly learners: readonly NodeId[]
      readonly index: number
    }
  | { readonly kind: 'handing-over'; readonly to: NodeId; readonly why: 'asked' | 'favourite' | 'leaving' }
  /** A peer's log had a tail that the leader's has not; it was never committed, and it is gone. */
  | { readonly kind: 'log-cut'; readonly from: number; readonly upTo: number }
  | { readonly kind: 'snapshot-began'; readonly to: NodeId; readonly index: number }
  | { readonly kind: 'snapshot-installed'; readonly index: number }
  | { readonly kind: 'peer-lost-disk'; readonly peer: NodeId }
  /** So many members lost their disks that those who are left can decide nothing any more. */
  | { readonly kind: 'group-lost'; readonly lost: readonly NodeId[] }
  /** A peer of the notary found that its copy does not fit together: from here on it says nothing of it. */
  | { readonly kind: 'copy-broken'; readonly index: number; readonly check: string; readonly isLesson: boolean }
  /** This node had lost what it had promised, put its file aside and began anew. */
  | { readonly kind: 'began-anew'; readonly incarnation: number; readonly why: 'damaged' | 'disowned' | 'missing' }
  /** It did not hold what was written into it, and nobody else has that; it lies there as it was. */
  | { readonly kind: 'file-set-aside'; readonly holds: SetAside; readonly file: string }
  | {
      readonly kind: 'lifecycle'
      readonly state: 'starting' | 'started' | 'stopped' | 'crashed' | 'killed' | 'left-down' | 'refused'
      readonly code: FailureCode | null
    }
  | { readonly kind: 'fault'; readonly id: FaultId; readonly phase: 'began' | 'ended'; readonly fault: Fault }
  | { readonly kind: 'action'; readonly action: string; readonly detail: string }

export interface TraceEvent {
  /** Counts per node from 1 in each life of its worker; a gap shows that events were dropped. */
  readonly sequence: number
  /** null: the lab itself, for faults and user actions. */
  readonly node: NodeId | null
  readonly lamport: number
  readonly wallMs: number
  /** The message, fault or action that led to this, where one is known. */
  readonly cause: string | null
  readonly what: TraceWhat
}
