import { assert } from '#kit/assert'
import type { Entry } from './entry.ts'
import type { RaftLimits } from './limits.ts'
import type { RaftLog } from './log.ts'

export const committedLimits = {
  /**
   * What one output hands over to be applied. The rest comes with the next steps: a node that applied megabytes at once
   * would be silent for longer than the others wait for a leader, or a leader for its majority.
   */
  entriesMax: 1_024,
  bytesMax: 64 * 1024,
} as const

/**
 * What is on the disks of a majority, and how much of it was handed over.
 *
 * 1. Neither number ever goes back.
 * 2. Each committed entry is handed over once in a life, in order; after a restart, those that the state has not seen.
 */
export class Committed {
  readonly #limits: RaftLimits['committed']
  #index: number
  #handedOver: number

  constructor(appliedIndex: number, limits: RaftLimits['committed']) {
    this.#limits = limits
    this.#index = appliedIndex
    this.#handedOver = appliedIndex
  }

  get index(): number {
    return this.#index
  }

  get handedOver(): number {
    return this.#handedOver
  }

  raiseTo(index: number): void {
    if (index > this.#index) this.#index = index
  }

  /** A snapshot holds all of that already. */
  skipTo(index: number): void {
    assert(index >= this.#index, 'a snapshot never goes back')
    this.#index = index
    this.#handedOver = index
  }

  take(log: RaftLog): { readonly entries: readonly Entry[]; readonly hasMore: boolean } {
    const count = this.#index - this.#handedOver
    if (count === 0) return nothing
    assert(this.#index <= log.last.index, 'what is committed is in the log')
    const { entriesMax, bytesMax } = this.#limits
    const limit = { entries: Math.min(count, entriesMax), bytes: bytesMax }
    const entries = log.read(this.#handedOver + 1, limit)
    assert(entries.length > 0, `entry ${this.#handedOver + 1} can be read`)
    this.#handedOver += entries.length
    return { entries, hasMore: this.#handedOver < this.#index }
  }
}

const nothing = Object.freeze({ entries: Object.freeze([]), hasMore: false })
