import { assert } from './assert.ts'

/** A queue of fixed size that forgets its oldest item when it is full, and counts how often. */
export class Ring<T> {
  readonly #slots: (T | undefined)[] = []
  readonly #size: number
  #start = 0
  #length = 0
  #forgotten = 0

  constructor(size: number) {
    assert(Number.isInteger(size) && size > 0, `size of a ring: ${size}`)
    this.#size = size
  }

  get length(): number {
    return this.#length
  }

  get forgotten(): number {
    return this.#forgotten
  }

  push(item: T): void {
    this.#slots[(this.#start + this.#length) % this.#size] = item
    if (this.#length < this.#size) {
      this.#length += 1
      return
    }
    this.#start = (this.#start + 1) % this.#size
    this.#forgotten += 1
  }

  /** The oldest items, at most so many; they are no longer here then. */
  take(countMax: number): readonly T[] {
    const taken: T[] = []
    while (this.#length > 0 && taken.length < countMax) {
      const item = this.#slots[this.#start]
      // Cleared, so that what was handed over is not kept alive from here.
      this.#slots[this.#start] = undefined
      this.#start = (this.#start + 1) % this.#size
      this.#length -= 1
      if (item !== undefined) taken.push(item)
    }
    return taken
  }

  *newestFirst(): Generator<T> {
    for (let step = this.#length - 1; step >= 0; step -= 1) {
      const item = this.#slots[(this.#start + step) % this.#size]
      if (item !== undefined) yield item
    }
  }
}
