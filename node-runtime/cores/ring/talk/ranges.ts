/** Sequences without a gap, both ends included. */
export interface Range {
  readonly from: number
  readonly upTo: number
}

/** Sequences of one origin as few ranges: nearly always one, because they come in their order. */
export class Ranges {
  /** Rising, and never touching each other. */
  readonly #ranges: { from: number; upTo: number }[] = []

  get all(): readonly Range[] {
    return this.#ranges
  }

  /** A sequence that is not here yet. True if it begins a range of its own: what lies before it is missing. */
  add(sequence: number): boolean {
    const ranges = this.#ranges
    const index = this.#after(sequence)
    const before = ranges[index - 1]
    const after = ranges[index]
    const followsBefore = before?.upTo === sequence - 1
    if (before !== undefined && followsBefore) before.upTo = sequence
    if (after?.from !== sequence + 1) {
      if (!followsBefore) ranges.splice(index, 0, { from: sequence, upTo: sequence })
      return !followsBefore
    }
    if (before !== undefined && followsBefore) {
      before.upTo = after.upTo
      ranges.splice(index, 1)
    } else after.from = sequence
    return false
  }

  /** A sequence that is here. */
  remove(sequence: number): void {
    const ranges = this.#ranges
    const index = this.#after(sequence) - 1
    const range = ranges[index]
    if (range === undefined) return
    const { from, upTo } = range
    if (from === upTo) ranges.splice(index, 1)
    else if (from === sequence) range.from += 1
    else {
      range.upTo = sequence - 1
      if (upTo > sequence) ranges.splice(index + 1, 0, { from: sequence + 1, upTo })
    }
  }

  /** The first range that begins behind a sequence. Looked for from the end, where nearly all of them are added. */
  #after(sequence: number): number {
    let low = 0
    let high = this.#ranges.length
    if ((this.#ranges[high - 1]?.from ?? 0) <= sequence) return high
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#ranges[middle]?.from ?? 0) <= sequence) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** What is in some ranges and not in others. Both rise. */
export function without(ranges: readonly Range[], taken: readonly Range[]): readonly Range[] {
  const left: Range[] = []
  let next = 0
  for (const { from, upTo } of ranges) {
    let at = from
    while (next < taken.length && (taken[next]?.upTo ?? 0) < at) next += 1
    for (let index = next; at <= upTo; index += 1) {
      const hole = taken[index]
      if (hole === undefined || hole.from > upTo) {
        left.push({ from: at, upTo })
        break
      }
      if (hole.from > at) left.push({ from: at, upTo: hole.from - 1 })
      at = Math.max(at, hole.upTo + 1)
    }
  }
  return left
}
