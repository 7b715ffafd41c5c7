/** What a check may cost. Counted, not timed, so that the same history has the same verdict everywhere. */
export interface Budget {
  /** Turns of the search for one key. */
  readonly stepsMax: number
  /** Places remembered at one time, each about 150 bytes. */
  readonly placesMax: number
  /** Turns for all the searches that make one counter-example small; looking at an operation counts as one. */
  readonly shrinkStepsMax: number
  /** For who cannot wait: the verdict then depends on the machine. */
  readonly deadline: { readonly nowMs: () => number; readonly atMs: number } | null
}

export const defaultBudget: Budget = {
  stepsMax: 5_000_000,
  placesMax: 1_000_000,
  shrinkStepsMax: 10_000_000,
  deadline: null,
}

export type Limit = 'steps' | 'places' | 'deadline'

/** Reading a clock costs more than a turn does. */
const turnsBetweenLooks = 4_096

/** Counts what one search costs, and says when it is enough. */
export class Meter {
  readonly #budget: Budget
  #steps = 0
  #placesPeak = 0
  #reached: Limit | null = null

  constructor(budget: Budget) {
    this.#budget = budget
  }

  get steps(): number {
    return this.#steps
  }

  get placesPeak(): number {
    return this.#placesPeak
  }

  /** The limit that ended the search, if one did. */
  get reached(): Limit | null {
    return this.#reached
  }

  /** Whether one more turn may be taken. */
  turn(placesNow: number): boolean {
    this.#steps += 1
    this.#placesPeak = Math.max(this.#placesPeak, placesNow)
    if (this.#steps > this.#budget.stepsMax) this.#reached = 'steps'
    else if (placesNow > this.#budget.placesMax) this.#reached = 'places'
    else if (this.#steps % turnsBetweenLooks === 0 && this.#isLate()) this.#reached = 'deadline'
    return this.#reached === null
  }

  #isLate(): boolean {
    const { deadline } = this.#budget
    return deadline !== null && deadline.nowMs() >= deadline.atMs
  }
}
