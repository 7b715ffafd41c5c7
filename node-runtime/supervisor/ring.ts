import { assert } from '#kit/assert'

/** Keeps the newest `max` items, counts those it let go. */
export class Ring<T> {
  readonly #items: (T | undefined)[] = []
  readonly #max: number
  #next = 0
  #forgotten = 0

  constructor(max: number) {
    assert(Number.isInteger(max) && max > 0, `size of a ring: ${max}`)
    this.#max = max
  }

  get length(): number {
    return this.#items.length
  }

  get forgotten(): number {
    return this.#forgotten
  }

  push(item: T): void {
    if (this.#items.length === this.#max) this.#forgotten += 1
    this.#items[this.#next] = item
    this.#next = (this.#next + 1) % this.#max
  }

  *newestFirst(): Generator<T> {
    for (let step = 1; step <= this.#items.length; step += 1) {
      const item = this.#items[(this.#next - step + this.#max) % this.#max]
      if (item !== undefined) yield item
    }
  }
}
