import type { Random } from '#kit/random'
import type { RaftConfig } from './messages.ts'

/**
 * How long a node waits before it stands. Every wait is drawn anew: two rivals that waited equally long once would
 * otherwise do so for ever.
 */
export class ElectionTimer {
  readonly #config: RaftConfig
  readonly #random: Random
  #ticksIdle = 0
  #ticksOf = 0

  constructor(config: RaftConfig, random: Random) {
    this.#config = config
    this.#random = random
    this.restart()
  }

  get ticksOf(): number {
    return this.#ticksOf
  }

  get ticksLeft(): number {
    return Math.max(0, this.#ticksOf - this.#ticksIdle)
  }

  restart(): void {
    this.#ticksIdle = 0
    this.#ticksOf = this.#config.electionTicksMin + this.#random.below(this.#config.electionTicksSpread)
  }

  /** The present wait is as short as any may be. */
  shorten(): void {
    this.#ticksOf = this.#config.electionTicksMin
  }

  /** True when the wait is over. */
  tick(): boolean {
    this.#ticksIdle += 1
    return this.#ticksIdle >= this.#ticksOf
  }
}
