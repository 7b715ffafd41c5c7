import type { NotaryAnswers, NotaryQuery, RegisterOutcome, Registration, Witness } from '#cores/notary/messages'
import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import type { Consistency } from '#ports/replicated-log'
import type { Evidence } from './evidence.ts'

/** What one peer of a notary does for whoever asks, whichever way the question came. Answers come later, by callback. */
export interface NotaryService {
  readonly standing: NotaryStanding
  /** Gathered with what others ask in the same moment into one command. Up to `registrationsPerCommandMax` at a time. */
  register(order: RegisterOrder, done: (result: Result<readonly RegisterOutcome[]>) => void): void
  /** `appliedIndex`: of the log entry after which the state answered. */
  ask<Query extends NotaryQuery>(
    query: Query,
    consistency: Consistency,
    done: (result: Result<NotaryAnswers[Query['kind']]>) => void,
  ): void
  /** What lies in this peer's file, as it stands: to be looked at where it is wrong, and never instead of an answer. */
  evidence(from: number, limit: number, done: (result: Result<Evidence>) => void): void
  /** The newest checkpoint that a majority has co-signed; null: there is none yet. */
  readonly witnessed: WitnessedCheckpoint | null
  /** Called when `witnessed` or `standing` have changed. */
  onChange(listener: () => void): Stop
}

export interface RegisterOrder {
  readonly registrations: readonly Registration[]
  readonly duplicates: 'found' | 'recorded'
}

/** How this peer stands in its group now. */
export interface NotaryStanding {
  readonly nodeId: NodeId
  readonly isLeader: boolean
  readonly leader: NodeId | null
  readonly term: number
  readonly hearsMajority: boolean
  /** Entries that are committed as far as this peer knows, less those it has applied. null: it hears no leader. */
  readonly lagEntries: number | null
  /**
   * What was found wrong in this peer's copy; null: nothing. As long as it is so, the peer answers nothing from it but
   * `status` and `witnesses`, as they lie there: size, root and head of a wrong copy may be wrong themselves.
   */
  readonly broken: { readonly index: number; readonly check: string } | null
  /** Since this peer last heard a leader; 0 on the leader; null: never. */
  readonly leaderSilentMs: number | null
  readonly members: readonly NotaryMember[]
}

export interface NotaryMember {
  readonly nodeId: NodeId
  readonly isVoter: boolean
  /** Where strangers reach it: `host:port`. */
  readonly address: string
}

export interface WitnessedCheckpoint {
  readonly size: number
  readonly root: Uint8Array
  /** The signed note: the log's signature, then those of the witnesses, no more of them than a majority. */
  readonly note: string
  readonly witnesses: readonly Witness[]
  readonly atMs: number
}
