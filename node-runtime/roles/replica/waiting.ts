import type { Entry } from '#cores/raft/entry'
import type { LogEnd } from '#cores/raft/messages'
import { fail, ok, type Result } from '#kit/result'
import type { ProposalAnswer, ReadAnswer } from '#ports/replicated-log'
import type { AppliedOutcome } from './sessions.ts'

/** Something that was asked of this replica and has no answer yet. */
export type Asked =
  | { readonly kind: 'open-session'; readonly done: (result: Result<number>) => void }
  | { readonly kind: 'propose'; readonly done: (result: Result<ProposalAnswer>) => void }
  /** Where it stands in the log is all there is to say of it. */
  | { readonly kind: 'remove-member'; readonly done: (result: Result<number>) => void }
  | { readonly kind: 'read'; readonly query: Uint8Array; readonly done: (result: Result<ReadAnswer>) => void }

interface Waiting {
  readonly asked: Asked
  readonly dueTick: number
  /** Where its entry was put into the log; null for a read, and before. */
  end: LogEnd | null
}

export interface WaitingLimits {
  readonly waitingMax: number
  /** How long anybody waits for an answer. Afterwards nobody knows. */
  readonly ticksMax: number
}

/**
 * Requests between their coming in and their answer. Each is answered once.
 *
 * 1. A command is answered by what is applied at its index: in its own term, with what came of it; in another term it
 *    never happened, and never will.
 * 2. What was overtaken otherwise (by time, by a snapshot, by another entry at its place) is nobody's knowledge.
 */
export class WaitingRequests {
  readonly #limits: WaitingLimits
  /** In order of time, since all wait equally long. */
  readonly #byRef = new Map<number, Waiting>()
  readonly #refOfIndex = new Map<number, number>()
  /** Reads that may be answered once an index is applied; in order of it. */
  #reads: { readonly ref: number; readonly index: number }[] = []
  #tick = 0
  #lastRef = 0

  constructor(limits: WaitingLimits) {
    this.#limits = limits
  }

  /** Nothing is remembered of anybody. */
  get isEmpty(): boolean {
    return this.#byRef.size + this.#refOfIndex.size + this.#reads.length === 0
  }

  /** Gives it a number; null when too many wait. */
  add(asked: Asked): number | null {
    if (this.#byRef.size >= this.#limits.waitingMax) return null
    this.#lastRef += 1
    this.#byRef.set(this.#lastRef, { asked, dueTick: this.#tick + this.#limits.ticksMax, end: null })
    return this.#lastRef
  }

  /** Takes back an `add`, unanswered. */
  forget(ref: number): void {
    this.#byRef.delete(ref)
  }

  tick(): void {
    this.#tick += 1
    for (const [ref, { dueTick }] of this.#byRef) {
      if (dueTick > this.#tick) break
      this.fail(ref, lostSight('it took too long'))
    }
  }

  accepted(ref: number, end: LogEnd): void {
    const waiting = this.#byRef.get(ref)
    if (waiting === undefined) return
    const before = this.#refOfIndex.get(end.index)
    // A later reign of this very node: what it had put there first may still be somewhere else, and win.
    if (before !== undefined) this.fail(before, lostSight('another entry has its place here'))
    waiting.end = end
    this.#refOfIndex.set(end.index, ref)
  }

  fail(ref: number, failure: Result<never>): void {
    this.#take(ref)?.asked.done(failure)
  }

  applied(entry: Entry, outcome: AppliedOutcome): void {
    const ref = this.#refOfIndex.get(entry.index)
    if (ref === undefined) return
    const waiting = this.#take(ref)
    if (waiting === null) return
    const isOurs = waiting.end?.term === entry.term
    settle(waiting.asked, entry, isOurs ? outcome : null)
  }

  /** The state leapt to a snapshot: what was applied on the way there was not seen here. */
  leapt(index: number): void {
    for (const [place, ref] of this.#refOfIndex) {
      if (place <= index) this.fail(ref, lostSight('a snapshot overtook it'))
    }
  }

  readable(ref: number, index: number): void {
    if (!this.#byRef.has(ref)) return
    const place = this.#reads.findLastIndex((read) => read.index <= index)
    this.#reads.splice(place + 1, 0, { ref, index })
  }

  /** Reads whose index is applied now. Their answers are asked of the state, once each. */
  answerReads(appliedIndex: number, query: (bytes: Uint8Array) => Uint8Array): void {
    while (this.#reads[0] !== undefined && this.#reads[0].index <= appliedIndex) {
      const waiting = this.#take(this.#reads.shift()?.ref ?? 0)
      if (waiting?.asked.kind === 'read') {
        waiting.asked.done(ok({ answer: query(waiting.asked.query), appliedIndex }))
      }
    }
  }

  /**
   * The core that was given all up to `lastGiven` is gone. What it had put on the disk or sent first may still happen, the
   * rest of it never did; what comes later is for the next core.
   */
  coreIsGone(lastGiven: number): void {
    for (const [ref, { end }] of this.#byRef) {
      if (ref > lastGiven) break
      if (end === null) this.fail(ref, fail('not-leader', 'this node has just lost its lead'))
    }
    this.#reads = []
  }

  /** The disk that knew of them is gone. */
  diskIsGone(): void {
    for (const ref of this.#byRef.keys()) this.fail(ref, lostSight('this node has lost its disk'))
    this.#reads = []
  }

  #take(ref: number): Waiting | null {
    const waiting = this.#byRef.get(ref)
    if (waiting === undefined) return null
    this.#byRef.delete(ref)
    if (waiting.end !== null) this.#refOfIndex.delete(waiting.end.index)
    return waiting
  }
}

function lostSight(why: string): Result<never> {
  return fail('timed-out', `nobody knows whether it happened: ${why}`)
}

/** `outcome` null: an entry of another term stands where this one should be. */
function settle(asked: Asked, { index, atMs, lamport }: Entry, outcome: AppliedOutcome | null): void {
  if (outcome === null) return asked.done(fail('not-leader', 'another leader put something else in its place'))
  switch (outcome.kind) {
    case 'session-opened':
      return asked.kind === 'open-session' ? asked.done(ok(outcome.session)) : asked.done(strange)
    case 'executed':
      if (asked.kind !== 'propose') return asked.done(strange)
      return asked.done(ok({ index, atMs, lamport, answer: outcome.answer }))
    case 'repeated':
      if (asked.kind !== 'propose') return asked.done(strange)
      return asked.done(ok({ ...outcome.applied, answer: outcome.answer }))
    case 'refused':
      return asked.done(fail(outcome.code, 'the command was not executed'))
    case 'internal':
      return asked.kind === 'remove-member' ? asked.done(ok(index)) : asked.done(strange)
  }
}

const strange = fail('internal', 'an entry had another outcome than its kind allows')
