import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'

/** Who asks, and for the how-manieth time. A session numbers its commands from 1; it has one under way at a time. */
export interface CommandId {
  readonly session: number
  readonly number: number
}

export type Consistency = 'linearizable' | 'stale'

export interface Applied {
  readonly index: number
  readonly atMs: number
  readonly lamport: number
}

/** A refusal that can say who would not refuse. */
export interface Hint {
  readonly leader: NodeId | null
}

/**
 * Commands in one order, each applied once on every node of a group. The home may be in this process or elsewhere;
 * whoever uses it cannot tell, but for `watch`, which only a home in this process has. Answers come by callback, never
 * before the call has returned.
 *
 * `propose` and `openSession` fail with `not-leader` (definite; `hint` says who leads), `busy` (definite), `timed-out`
 * (nobody knows), and `propose` with `answer-forgotten` (definite: this number or a later one was applied before, so it
 * is not executed now, and what it answered then is no longer kept) and `session-expired` (definite: open another one).
 * `read` fails as `openSession` does, and what is longer than its home allows is `too-large` (definite).
 */
export interface ReplicatedLog {
  openSession(done: (result: Result<number>) => void): void
  propose(id: CommandId, command: Uint8Array, done: (result: Result<ProposalAnswer>) => void): void
  /** `linearizable`: sees every command that was answered before the call. `stale`: what this node has, at once. */
  read(query: Uint8Array, consistency: Consistency, done: (result: Result<ReadAnswer>) => void): void
  /** Told of each command that is applied on this node, in order; of those that a snapshot leapt over, nothing. */
  watch(listener: (applied: Applied, answer: Uint8Array) => void): Stop
  readonly hint: Hint
}

export interface ProposalAnswer extends Applied {
  readonly answer: Uint8Array
}

export interface ReadAnswer {
  readonly answer: Uint8Array
  /** The state that answered is the one after this entry. */
  readonly appliedIndex: number
}
