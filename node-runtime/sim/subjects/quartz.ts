import type { Reading } from '#cores/clocks/berkeley-messages'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import type { Scenario } from '../scenario.ts'

/** The clocks of one machine: they run a little fast or slow, and its own one began somewhere near the right time. */
export class Quartz {
  readonly #driftPpm: number
  readonly #startMs: number

  constructor({ seed, settings }: Scenario, id: NodeId) {
    // Of the machine and not of a life of its program: a restart does not mend a quartz.
    const random = new Random(seed).fork(`quartz of ${id}`)
    const { driftPpm = 0, spreadMs = 0 } = settings
    this.#driftPpm = random.below(2 * driftPpm + 1) - driftPpm
    this.#startMs = random.below(2 * spreadMs + 1) - spreadMs
  }

  monotonicMs(worldMs: number): number {
    return worldMs + Math.floor((worldMs * this.#driftPpm) / 1_000_000)
  }

  /** With what a fault has set the machine's clock by. */
  read(worldMs: number, skewMs: number): Reading {
    const monotonicMs = this.monotonicMs(worldMs)
    return { localMs: yearMs + this.#startMs + monotonicMs + skewMs, monotonicMs }
  }
}

/** Some date, so that no clock is ever before the beginning of time. */
const yearMs = 50 * 365 * 24 * 60 * 60 * 1_000
