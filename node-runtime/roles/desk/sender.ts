import type { OutboxOrder, RecordView } from '#contract/worker/desk'
import type { FailureCode } from '#kit/failures'
import type { Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { ApiClient, ApiReply } from './api-client.ts'
import { type ApiOutcome, outcomesIn, registrationOf } from './api-shapes.ts'
import { jsonIn } from './json-values.ts'
import type { Outbox, OutboxOutcome } from './outbox.ts'
import type { OutboxRow } from './outbox-rows.ts'
import { post } from './requests.ts'

export const senderLimits = {
  batchItemsMax: 500,
  /** As JSON. With three bytes a letter it still is one command of the log, and so keeps its order there. */
  batchCharsMax: 80 * 1024,
  /** All attempts of one request; after a pause the same documents are asked for again, for ever. */
  answerWithinMs: 10_000,
  pauseMsMin: 100,
  pauseMsMax: 5_000,
} as const

/** Refusals of the request itself: it will not fare better another time. */
const finalCodes: ReadonlySet<FailureCode> = new Set([
  'bad-request',
  'too-large',
  'does-not-apply',
  'unknown-call',
  'not-found',
])

export interface SenderParts {
  readonly outbox: Outbox
  readonly client: Pick<ApiClient, 'ask'>
  readonly clock: Pick<Clock, 'now'>
  /** Whether there is a way to any peer. Without one nothing is asked, and what waits can still be taken back. */
  readonly isReachable: () => boolean
  /** A batch is settled, or an attempt has failed. */
  readonly onChange: () => void
  /** A peer said something that cannot be. */
  readonly onAnomaly: (what: string) => void
}

/**
 * Takes documents from the outbox to the notary, one batch at a time, so that they are registered in the order in which
 * they came. Each carries its own id: however often it is asked for, and in whatever company, it is registered once.
 */
export class Sender {
  readonly #parts: SenderParts
  readonly #attempts = new Map<number, number>()
  #isUnderWay = false
  #pauseMs: number = senderLimits.pauseMsMin
  #notBeforeMs = Number.NEGATIVE_INFINITY
  /** Up to here each goes by itself: their batch was refused as a whole, and one of them must be the reason. */
  #aloneUpTo = -1

  constructor(parts: SenderParts) {
    this.#parts = parts
  }

  get isUnderWay(): boolean {
    return this.#isUnderWay
  }

  /** Since this desk runs; what came before stands in the outbox. */
  attemptsOf(position: number): number {
    return this.#attempts.get(position) ?? 0
  }

  /** Whatever waits, now if nothing is under way. */
  wake(): void {
    const { outbox, client, clock, isReachable } = this.#parts
    if (this.#isUnderWay || clock.now() < this.#notBeforeMs) return
    if (outbox.counts.waiting + outbox.counts.sent === 0 || !isReachable()) return
    const rows = this.#batch()
    if (rows.length === 0) return
    if (!outbox.markSent(rows).ok) return this.#pause()
    this.#isUnderWay = true
    for (const { position } of rows) this.#attempts.set(position, this.attemptsOf(position) + 1)
    const registrations = rows.map(({ order }) => registrationOf(order))
    const ask = {
      request: post('/registrations', { registrations }),
      to: 'leader',
      withinMs: senderLimits.answerWithinMs,
    } as const
    client.ask(ask, (result) => {
      this.#isUnderWay = false
      this.#answered(rows, result)
      this.#parts.onChange()
      this.wake()
    })
  }

  #batch(): readonly OutboxRow[] {
    const { batchItemsMax: itemsMax, batchCharsMax: charsMax } = senderLimits
    const rows = this.#parts.outbox.nextToSend({ itemsMax, charsMax })
    const [first] = rows
    return first !== undefined && first.position <= this.#aloneUpTo ? [first] : rows
  }

  #answered(rows: readonly OutboxRow[], result: Result<ApiReply>): void {
    if (!result.ok) return this.#refused(rows, result.failure.code)
    const { from, answer } = result.value
    const outcomes = outcomesIn(jsonIn(answer.body), rows.length)
    const changes = outcomes === null ? null : changesOf(rows, outcomes, (position) => this.attemptsOf(position))
    if (changes === null) {
      this.#parts.onAnomaly(`${from} said of a batch what cannot be true of it`)
      return this.#pause()
    }
    this.#settle(changes)
  }

  #refused(rows: readonly OutboxRow[], code: FailureCode): void {
    if (!finalCodes.has(code)) return this.#pause()
    const [first] = rows
    if (first === undefined || rows.length > 1) {
      this.#aloneUpTo = rows.at(-1)?.position ?? this.#aloneUpTo
      return
    }
    const { position } = first
    this.#settle([{ position, outcome: { kind: 'refused', why: code }, attempts: this.attemptsOf(position) }])
  }

  #settle(changes: Parameters<Outbox['settle']>[0]): void {
    // A full disk forgets nothing: they are asked for again, and the answer is the same.
    if (!this.#parts.outbox.settle(changes).ok) return this.#pause()
    for (const { position } of changes) this.#attempts.delete(position)
    this.#pauseMs = senderLimits.pauseMsMin
  }

  #pause(): void {
    this.#notBeforeMs = this.#parts.clock.now() + this.#pauseMs
    this.#pauseMs = Math.min(this.#pauseMs * 2, senderLimits.pauseMsMax)
  }
}

/** null: a record is of another document than the one that was asked for. What is to be asked for again is left out. */
function changesOf(
  rows: readonly OutboxRow[],
  outcomes: readonly ApiOutcome[],
  attemptsOf: (position: number) => number,
): Parameters<Outbox['settle']>[0] | null {
  const changes = rows.map(({ position, order }, place) => {
    const outcome = outcomes[place]
    // Behind others its record may only not have fitted into the answer. The first of a request always does.
    if (place > 0 && outcome?.kind === 'refused' && outcome.why === 'too-large') return 'again'
    if (outcome === undefined || (outcome.kind !== 'refused' && !isOf(outcome.record, order))) return null
    return { position, outcome: meaningOf(outcome), attempts: attemptsOf(position) }
  })
  const sound = changes.filter((change) => change !== null)
  return sound.length === rows.length ? sound.filter((change) => change !== 'again') : null
}

/** What has this id already is what an earlier attempt registered, whose answer was lost. */
function meaningOf(outcome: ApiOutcome): OutboxOutcome {
  if (outcome.kind === 'refused') return outcome
  return { kind: outcome.kind === 'same-document' ? 'already' : 'in-log', record: outcome.record }
}

function isOf({ kind, sha256, text }: RecordView, { document }: OutboxOrder): boolean {
  // The same document may have been registered the other way before: a text, and a file that holds just that text.
  if (document.kind === 'file') return sha256 === document.sha256
  return kind === 'file' || text === document.text
}
