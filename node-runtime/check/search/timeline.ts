import type { PlanStep } from './plan.ts'

/**
 * The invocations and dues of all steps that have to happen, in the order of time, as a linked list: taking a step out
 * and putting it back cost the same however long the history is, as long as the last one out is the first one in.
 */
export class Timeline {
  readonly #next: Int32Array
  readonly #before: Int32Array

  constructor(steps: readonly PlanStep[]) {
    const entries = steps.flatMap(({ dueAt }, step) => (dueAt < Infinity ? [invocationOf(step), dueOf(step)] : []))
    const timeOf = (entry: number): number => {
      const { invokedAt, dueAt } = steps[stepOf(entry)] ?? { invokedAt: 0, dueAt: 0 }
      return isDue(entry) ? dueAt : invokedAt
    }
    // At the same number an invocation goes before a due: who cannot be told apart overlaps.
    entries.sort(
      (one, other) => timeOf(one) - timeOf(other) || Number(isDue(one)) - Number(isDue(other)) || one - other,
    )
    this.#next = new Int32Array(2 * steps.length + 1)
    this.#before = new Int32Array(2 * steps.length + 1)
    let last = anchor
    for (const entry of entries) {
      this.#next[last] = entry
      this.#before[entry] = last
      last = entry
    }
    this.#next[last] = anchor
    this.#before[anchor] = last
  }

  get isEmpty(): boolean {
    return this.after(anchor) === anchor
  }

  /** The entry after this one; the anchor follows the last and goes before the first. */
  after(entry: number): number {
    return this.#next[entry] ?? anchor
  }

  take(step: number): void {
    this.#unlink(invocationOf(step))
    this.#unlink(dueOf(step))
  }

  putBack(step: number): void {
    this.#relink(dueOf(step))
    this.#relink(invocationOf(step))
  }

  #unlink(entry: number): void {
    const [before, after] = this.#sides(entry)
    this.#next[before] = after
    this.#before[after] = before
  }

  /** The entry still knows its sides, and they are what they were when it was taken. */
  #relink(entry: number): void {
    const [before, after] = this.#sides(entry)
    this.#next[before] = entry
    this.#before[after] = entry
  }

  #sides(entry: number): [before: number, after: number] {
    return [this.#before[entry] ?? anchor, this.#next[entry] ?? anchor]
  }
}

export const anchor = 0

export function isDue(entry: number): boolean {
  return entry % 2 === 0
}

export function stepOf(entry: number): number {
  return (entry - 1) >> 1
}

function invocationOf(step: number): number {
  return 2 * step + 1
}

function dueOf(step: number): number {
  return 2 * step + 2
}
