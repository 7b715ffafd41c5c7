interface Ranked<Item> {
  readonly rank: number
  readonly item: Item
}

/** Items, of which the one with the lowest rank is taken first; which of two equal ones, nobody may rely on. */
export class Heap<Item> {
  /** Each stands above two others, whose ranks are no lower: of the one at n, those at 2n+1 and 2n+2. */
  readonly #ranked: Ranked<Item>[] = []

  get size(): number {
    return this.#ranked.length
  }

  add(rank: number, item: Item): void {
    let at = this.#ranked.length
    const added = { rank, item }
    this.#ranked.push(added)
    while (at > 0) {
      const above = this.#ranked[(at - 1) >>> 1]
      if (above === undefined || above.rank <= rank) break
      this.#ranked[at] = above
      at = (at - 1) >>> 1
    }
    this.#ranked[at] = added
  }

  take(): Item | null {
    const first = this.#ranked[0]
    const last = this.#ranked.pop()
    if (first === undefined || last === undefined) return null
    if (this.#ranked.length > 0) this.#sink(last)
    return first.item
  }

  #sink(last: Ranked<Item>): void {
    let at = 0
    for (;;) {
      const [left, right] = [this.#ranked[2 * at + 1], this.#ranked[2 * at + 2]]
      const isRight = left !== undefined && right !== undefined && right.rank < left.rank
      const lower = isRight ? right : left
      if (lower === undefined || lower.rank >= last.rank) break
      this.#ranked[at] = lower
      at = 2 * at + (isRight ? 2 : 1)
    }
    this.#ranked[at] = last
  }
}
