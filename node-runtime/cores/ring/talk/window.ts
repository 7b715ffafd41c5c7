import type { TalkLimits } from './limits.ts'

/**
 * Which of its own records a peer lets go round: so many at once as have not come home, the others wait. Records go in
 * their order, so whatever was sent before one that is home is home too, or lost and made up for by other ways.
 */
export class Window {
  readonly #limits: Pick<TalkLimits, 'underWayMax' | 'waitingMax'>
  /** Sequences: home ≤ sent ≤ last. */
  #last = 0
  #sent = 0
  #home = 0
  #ticksWithoutAny = 0

  constructor(limits: Pick<TalkLimits, 'underWayMax' | 'waitingMax'>) {
    this.#limits = limits
  }

  get last(): number {
    return this.#last
  }

  get underWay(): number {
    return this.#sent - this.#home
  }

  get waiting(): number {
    return this.#last - this.#sent
  }

  get isFull(): boolean {
    return this.waiting >= this.#limits.waitingMax
  }

  number(): number {
    this.#last += 1
    return this.#last
  }

  /** Those that may go now; they are under way then, unless there is nobody to give them to. `from` above `upTo`: none. */
  take(isAlone: boolean): { readonly from: number; readonly upTo: number } {
    const from = this.#sent + 1
    this.#sent = isAlone ? this.#last : Math.min(this.#last, this.#home + this.#limits.underWayMax)
    if (isAlone) this.forgetUnderWay()
    return { from, upTo: this.#sent }
  }

  cameHome(sequence: number): void {
    if (sequence <= this.#home || sequence > this.#sent) return
    this.#home = sequence
    this.#ticksWithoutAny = 0
  }

  /** Whoever is next now, it is asked what it lacks: those under way need not come home. */
  forgetUnderWay(): void {
    this.#home = this.#sent
    this.#ticksWithoutAny = 0
  }

  tick(patienceTicks: number): void {
    if (this.underWay === 0) return
    this.#ticksWithoutAny += 1
    if (this.#ticksWithoutAny >= patienceTicks) this.forgetUnderWay()
  }
}
