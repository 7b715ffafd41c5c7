/** Answers what the largest value was up to some time, in the time that a search by halves takes. */
export class RunningMax {
  readonly #times: readonly number[]
  readonly #largest: readonly number[]

  constructor(points: readonly { readonly at: number; readonly value: number }[]) {
    const inOrder = points.toSorted((one, other) => one.at - other.at)
    let largest = Number.NEGATIVE_INFINITY
    this.#times = inOrder.map(({ at }) => at)
    this.#largest = inOrder.map(({ value }) => {
      largest = Math.max(largest, value)
      return largest
    })
  }

  /** Null if there was nothing yet. */
  upTo(time: number): number | null {
    return this.#largest[this.#countWhile((at) => at <= time) - 1] ?? null
  }

  before(time: number): number | null {
    return this.#largest[this.#countWhile((at) => at < time) - 1] ?? null
  }

  #countWhile(isIn: (at: number) => boolean): number {
    let from = 0
    let to = this.#times.length
    while (from < to) {
      const middle = (from + to) >> 1
      if (isIn(this.#times[middle] ?? Number.POSITIVE_INFINITY)) from = middle + 1
      else to = middle
    }
    return from
  }
}
