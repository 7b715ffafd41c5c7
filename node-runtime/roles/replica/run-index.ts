import { assert } from '#kit/assert'

/**
 * Where each run of entries begins and what it weighs, so that the disk is not asked for it. A run ends where the next
 * one begins. Plain numbers in two columns, because a log may have a hundred thousand runs.
 */
export class RunIndex {
  #firsts: number[] = []
  /** Before each run so many bytes were ever added: weights of ranges are differences. */
  #starts: number[] = []
  #end = 0
  /** Runs before this one are dropped; the columns are shortened now and then. */
  #head = 0

  get count(): number {
    return this.#firsts.length - this.#head
  }

  get bytes(): number {
    return this.#end - (this.#starts[this.#head] ?? this.#end)
  }

  add(first: number, bytes: number): void {
    assert(first > (this.#firsts.at(-1) ?? -1), `a run from ${first}`)
    this.#firsts.push(first)
    this.#starts.push(this.#end)
    this.#end += bytes
  }

  /** The run that holds the index, by its first; null: all runs begin later. */
  runOf(index: number): number | null {
    const place = this.#placeAbove(this.#firsts, index) - 1
    return place < this.#head ? null : (this.#firsts[place] ?? null)
  }

  /** The first run from which on no more than this is left; null: not even the last one is so light. */
  runKeeping(bytes: number): number | null {
    return this.#firsts[this.#placeAbove(this.#starts, this.#end - bytes - 1)] ?? null
  }

  /** Drops the runs that begin here or later. */
  dropFrom(index: number): void {
    const place = this.#placeAbove(this.#firsts, index - 1)
    this.#end = this.#starts[place] ?? this.#end
    this.#firsts.length = place
    this.#starts.length = place
  }

  /** Drops the runs that end before the index, and says how many. */
  dropBelow(index: number): number {
    const place = Math.max(this.#head, this.#placeAbove(this.#firsts, index) - 1)
    const dropped = place - this.#head
    this.#head = place
    if (this.#head > this.#firsts.length / 2) this.#shorten()
    return dropped
  }

  #shorten(): void {
    this.#firsts = this.#firsts.slice(this.#head)
    this.#starts = this.#starts.slice(this.#head)
    this.#head = 0
  }

  #placeAbove(column: readonly number[], value: number): number {
    let low = this.#head
    let high = column.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((column[middle] ?? 0) > value) high = middle
      else low = middle + 1
    }
    return low
  }
}
