/** A queue of fixed size that forgets its oldest item when it is full, and counts how often. */
export class Ring<T> {
  readonly #slots: (T | undefined)[]
  #start = 0
  #length = 0
  #droppedCount = 0

  constructor(size: number) {
    this.#slots = new Array<T | undefined>(size).fill(undefined)
  }

  get length(): number {
    return this.#length
  }

  get droppedCount(): number {
    return this.#droppedCount
  }

  push(item: T): void {
    this.#slots[(this.#start + this.#length) % this.#slots.length] = item
    if (this.#length < this.#slots.length) {
      this.#length += 1
      return
    }
    this.#start = (this.#start + 1) % this.#slots.length
    this.#droppedCount += 1
  }

  /** The oldest items, at most so many. */
  take(countMax: number): readonly T[] {
    const taken: T[] = []
    while (this.#length > 0 && taken.length < countMax) {
      const item = this.#slots[this.#start]
      // Cleared, so that what was handed over is not kept alive from here.
      this.#slots[this.#start] = undefined
      this.#start = (this.#start + 1) % this.#slots.length
      this.#length -= 1
      if (item !== undefined) taken.push(item)
    }
    return taken
  }
}
