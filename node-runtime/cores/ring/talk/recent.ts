/** The last so many things that were put in. */
export class Recent<T> {
  readonly #max: number
  readonly #items = new Set<T>()

  constructor(max: number) {
    this.#max = max
  }

  add(item: T): void {
    this.#items.add(item)
    if (this.#items.size <= this.#max) return
    for (const oldest of this.#items) {
      this.#items.delete(oldest)
      return
    }
  }

  /** True if it was there; it is not any more. */
  take(item: T): boolean {
    return this.#items.delete(item)
  }
}
