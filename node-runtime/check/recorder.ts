import { assert } from '#kit/assert'
import type { Ending, History } from './history.ts'

/** What one history may hold; whoever records more has forgotten to stop. */
export const operationsMax = 2_000_000

/** Stands for one operation between its beginning and its end. */
export type Token = number & { readonly brand: 'Token' }

/** How it went: what the client was told, that it was refused, or that it does not know. */
export type Told<Answer> =
  | { readonly kind: 'ok'; readonly answer: Answer }
  | { readonly kind: 'failed' }
  | { readonly kind: 'unknown' }

interface Recorded<Op, Answer> {
  readonly process: string
  readonly key: string
  readonly op: Op
  readonly invokedAt: number
  ending: Ending<Answer> | null
}

/**
 * Takes down a history in one process, in which things happen one after another. Call `begin` before the request leaves
 * and `end` after its answer came: then its numbers are never closer together than the operation was.
 */
export class HistoryRecorder<Op, Answer> {
  readonly #operations: Recorded<Op, Answer>[] = []
  readonly #ended = { ok: 0, failed: 0, unknown: 0 }
  #now = 0

  begin(process: string, key: string, op: Op): Token {
    assert(this.#operations.length < operationsMax, `a history of more than ${operationsMax} operations`)
    this.#now += 1
    // The only place that makes a token.
    return (this.#operations.push({ process, key, op, invokedAt: this.#now, ending: null }) - 1) as Token
  }

  end(token: Token, told: Told<Answer>): void {
    const operation = this.#operations[token]
    assert(operation !== undefined && operation.ending === null, `operation ${token} does not end twice`)
    this.#now += 1
    this.#ended[told.kind] += 1
    operation.ending = told.kind === 'ok' ? { kind: 'ok', at: this.#now, answer: told.answer } : { kind: told.kind }
  }

  /** How many have ended, each way. */
  get ended(): Readonly<Record<Told<Answer>['kind'], number>> {
    return this.#ended
  }

  /** What has not ended may have happened. */
  history(): History<Op, Answer> {
    return this.#operations.map((operation) => ({ ...operation, ending: operation.ending ?? { kind: 'unknown' } }))
  }
}
