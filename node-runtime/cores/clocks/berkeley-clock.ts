import { assert } from '#kit/assert'
import type { BerkeleyConfig, Reading } from './berkeley-messages.ts'

/** Readings are cut to whole milliseconds and corrections are rounded to them: two at most are lost by it. */
export const readingErrorMs = 2

interface Sync {
  /** The moment for which the correction was worked out. */
  readonly at: Reading
  readonly errorMs: number
}

/** A clock that is brought to where the group's is: it never goes back, and is bent a little at a time (BK9, BK10). */
export class BerkeleyClock {
  readonly #config: Pick<BerkeleyConfig, 'slewMsPerTick' | 'stepMs' | 'driftPpm'>
  #now: Reading
  #correctedMs: number
  /** From the machine's own clock to where the corrected one is going. */
  #offsetMs = 0
  #sync: Sync | null = null

  constructor(config: Pick<BerkeleyConfig, 'slewMsPerTick' | 'stepMs' | 'driftPpm'>, now: Reading) {
    this.#config = config
    this.#now = now
    this.#correctedMs = now.localMs
  }

  get now(): Reading {
    return this.#now
  }

  get correctedMs(): number {
    return this.#correctedMs
  }

  /** Where the corrected clock would be if it might jump. Clocks are compared by this: what is still to be slewed is known. */
  get targetMs(): number {
    return this.#now.localMs + this.#offsetMs
  }

  get errorMs(): number | null {
    if (this.#sync === null) return null
    const { at, errorMs } = this.#sync
    const { localMs, monotonicMs } = this.#now
    const driftMs = Math.ceil(((monotonicMs - at.monotonicMs) * this.#config.driftPpm) / 1_000_000)
    // Whoever set the machine's clock since then moved the target with it.
    const setMs = Math.abs(localMs - at.localMs - (monotonicMs - at.monotonicMs))
    return errorMs + driftMs + setMs + Math.abs(this.targetMs - this.#correctedMs)
  }

  read(now: Reading): void {
    const passedMs = now.monotonicMs - this.#now.monotonicMs
    assert(passedMs >= 0, 'a monotonic clock goes forward')
    this.#now = now
    this.#correctedMs += passedMs
  }

  /** As `read`, and bends the corrected clock towards its target. */
  tick(now: Reading): void {
    const { slewMsPerTick } = this.#config
    const passedMs = now.monotonicMs - this.#now.monotonicMs
    this.read(now)
    const leftMs = this.targetMs - this.#correctedMs
    this.#correctedMs += Math.max(-passedMs, -slewMsPerTick, Math.min(slewMsPerTick, leftMs))
  }

  /** True if it stepped. */
  correct(byMs: number, sync: Sync): boolean {
    const isFirst = this.#sync === null
    this.#offsetMs += byMs
    this.#sync = sync
    const isStep = isFirst && byMs > this.#config.stepMs && this.targetMs > this.#correctedMs
    if (isStep) this.#correctedMs = this.targetMs
    return isStep
  }
}
