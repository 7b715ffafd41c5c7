/**
 * Where the search has been. A place is a set of placed steps and a state; what need not happen is kept apart, because
 * a place with less of it used up can do whatever the same place with more can.
 */
export class DeadEnds {
  readonly #usedAt = new Map<string, readonly (readonly number[])[]>()
  #size = 0

  get size(): number {
    return this.#size
  }

  /** False if there is nothing to find here that was not looked for before. */
  enter(place: string, used: readonly number[]): boolean {
    const known = this.#usedAt.get(place)
    if (known?.some((less) => less.every((step) => used.includes(step)))) return false
    if (used.length === 0) this.#usedAt.set(place, nothingUsed)
    else this.#usedAt.set(place, [...(known ?? []), [...used]])
    this.#size += 1
    return true
  }

  forget(): void {
    this.#usedAt.clear()
    this.#size = 0
  }
}

/** One for all, since nearly every place has it. */
const nothingUsed: readonly (readonly number[])[] = [[]]
