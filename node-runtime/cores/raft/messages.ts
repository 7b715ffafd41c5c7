import type { NodeId } from '#kit/ids'

/** What peers of one raft group say to each other. The log adds its own kinds beside these. */
export type RaftMessage =
  /** Would you vote for me in this term? Asked before the term is raised, so that a cut-off peer disturbs nobody. */
  | { readonly kind: 'pre-vote-request'; readonly term: number }
  /** `term` is the term that was asked for; `voterTerm` tells a peer that has fallen behind how far the group is. */
  | { readonly kind: 'pre-vote'; readonly term: number; readonly isGranted: boolean; readonly voterTerm: number }
  | { readonly kind: 'vote-request'; readonly term: number }
  | { readonly kind: 'vote'; readonly term: number; readonly isGranted: boolean }
  | { readonly kind: 'heartbeat'; readonly term: number }
  | { readonly kind: 'heartbeat-answer'; readonly term: number }

/** What must be on disk before anyone hears of it. */
export interface HardState {
  readonly term: number
  readonly votedFor: NodeId | null
}

export interface RaftConfig {
  readonly id: NodeId
  /** All members, this one included, in one fixed order. */
  readonly members: readonly NodeId[]
  readonly heartbeatTicks: number
  readonly electionTicksMin: number
  readonly electionTicksSpread: number
}

export type RaftRole = 'follower' | 'pre-candidate' | 'candidate' | 'leader'

export type RaftInput =
  | { readonly kind: 'tick' }
  | { readonly kind: 'message'; readonly from: NodeId; readonly message: RaftMessage }
  /**
   * The disk refused. If it comes right after an output with `persist`, that output was not performed, no part of it:
   * the core goes back to what is on disk. Whoever learns in another way that the disk refuses says `can-write` first,
   * which settles the last output; a vote that is on disk would be forgotten otherwise.
   * A node that cannot keep a vote must not lead. Cleared by `can-write`.
   */
  | { readonly kind: 'cannot-write' }
  | { readonly kind: 'can-write' }

/** Why a role changed; the words are those of contract/worker/trace.ts. */
export type RaftWhy =
  | 'started'
  | 'heard-no-leader'
  | 'majority-would-vote'
  | 'majority-voted'
  | 'saw-newer-term'
  | 'heard-leader'
  | 'lost-majority'
  | 'no-majority-answered'
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

export interface RaftEnvelope {
  readonly to: NodeId
  readonly message: RaftMessage
}

/**
 * One record per step. It is performed in one order: persist, send, note; and whole, before the next input is given.
 * If `persist` fails, nothing else of it is performed and the next input is `cannot-write`.
 */
export interface RaftOutput {
  readonly persist: HardState | null
  readonly messages: readonly RaftEnvelope[]
  readonly notes: readonly RaftNote[]
  /** A peer broke the protocol. We stay up and say so. */
  readonly anomaly: string | null
}

export interface RaftView {
  readonly id: NodeId
  readonly role: RaftRole
  readonly term: number
  readonly votedFor: NodeId | null
  readonly leader: NodeId | null
  readonly members: readonly NodeId[]
  readonly leaderHeardTicksAgo: number | null
  /** At a leader: members that answered within an election timeout, itself included; null elsewhere. */
  readonly answering: number | null
  readonly electionTicksLeft: number | null
  readonly electionTicksOf: number | null
}
