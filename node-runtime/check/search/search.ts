import { assert } from '#kit/assert'
import { DeadEnds } from './dead-ends.ts'
import type { Meter } from './meter.ts'
import { type Plan, type PlanStep, refused } from './plan.ts'
import { anchor, isDue, stepOf, Timeline } from './timeline.ts'

export type SearchEnd = 'found' | 'none' | 'gave-up'

/** Whether the steps of a plan can be put in one order. The search of Wing and Gong, with Lowe's memory: SPEC.md KS1–KS6. */
export function search(plan: Plan, meter: Meter): SearchEnd {
  return new Search(plan, meter).run()
}

/** A place with more than one way on, and what it takes to come back to it. */
interface Fork {
  readonly state: number
  readonly latest: number
  readonly placed: number
  readonly used: number
  readonly ways: readonly number[]
  tried: number
}

class Search {
  readonly #plan: Plan
  readonly #meter: Meter
  readonly #timeline: Timeline
  readonly #optional: readonly number[]
  readonly #isRest: readonly boolean[]
  readonly #deadEnds = new DeadEnds()
  readonly #forks: Fork[] = []
  /** Steps in the order in which they were placed; those that had to be, and those that had not. */
  readonly #placed: number[] = []
  readonly #used: number[] = []
  #state: number
  /** The one placed step that was invoked last: with the open ones invoked before it, it tells what has been placed. */
  #latest = -1
  /** What may be placed next of that which has to be: invoked before the first due of an open step. */
  #open: number[] = []
  #firstDueAt = Number.POSITIVE_INFINITY

  constructor(plan: Plan, meter: Meter) {
    this.#plan = plan
    this.#meter = meter
    this.#state = plan.initial
    this.#timeline = new Timeline(plan.steps)
    this.#optional = plan.steps.flatMap(({ dueAt }, step) => (dueAt === Number.POSITIVE_INFINITY ? [step] : []))
    this.#isRest = restsOf(plan.steps)
  }

  run(): SearchEnd {
    while (this.#meter.turn(this.#deadEnds.size)) {
      this.#placeReads()
      if (this.#timeline.isEmpty) return 'found'
      this.#rest()
      if (!this.#goOn() && !this.#turnBack()) return 'none'
    }
    return 'gave-up'
  }

  /** Waiting with a read never helps, so there is no choice in it. Looks again after each one that fitted. */
  #placeReads(): void {
    let hasPlaced = true
    while (hasPlaced) {
      hasPlaced = false
      this.#open = []
      this.#firstDueAt = Number.POSITIVE_INFINITY
      for (let entry = this.#timeline.after(anchor); entry !== anchor; entry = this.#timeline.after(entry)) {
        const step = stepOf(entry)
        if (isDue(entry)) {
          this.#firstDueAt = this.#step(step).dueAt
          break
        }
        if (this.#step(step).isRead && this.#plan.next(this.#state, step) !== refused) {
          this.#place(step)
          hasPlaced = true
        } else this.#open.push(step)
      }
    }
  }

  /** Between two operations there may be a moment from which no other past could do better. */
  #rest(): void {
    const [first] = this.#open
    if (first === undefined || first < this.#latest || !this.#isRest[first] || this.#used.length > 0) return
    if (!this.#plan.isBest(this.#state)) return
    this.#forks.length = 0
    this.#placed.length = 0
    this.#deadEnds.forget()
  }

  #goOn(): boolean {
    const ways = this.#ways()
    const [only] = ways
    if (only === undefined) return false
    if (ways.length > 1) {
      if (!this.#deadEnds.enter(this.#placeText(), this.#used)) return false
      const { length: placed } = this.#placed
      this.#forks.push({ state: this.#state, latest: this.#latest, placed, used: this.#used.length, ways, tried: 1 })
    }
    this.#place(only)
    return true
  }

  #turnBack(): boolean {
    for (let fork = this.#forks.at(-1); fork !== undefined; fork = this.#forks.at(-1)) {
      for (const step of this.#placed.splice(fork.placed).reverse()) this.#timeline.putBack(step)
      this.#used.length = fork.used
      this.#state = fork.state
      this.#latest = fork.latest
      const way = fork.ways[fork.tried]
      fork.tried += 1
      if (way !== undefined) {
        this.#place(way)
        return true
      }
      this.#forks.pop()
    }
    return false
  }

  /** What can be placed now, reads apart: first what is due first, last what need not happen; of one kind the first alone. */
  #ways(): number[] {
    const kinds = new Set<number>()
    const isWay = (step: number): boolean => {
      const { isRead, kind } = this.#step(step)
      if (isRead || kinds.has(kind)) return false
      kinds.add(kind)
      return this.#plan.next(this.#state, step) !== refused
    }
    const byDue = this.#open.toSorted((one, other) => this.#step(one).dueAt - this.#step(other).dueAt)
    const ways = byDue.filter(isWay)
    for (const step of this.#optional) {
      if (this.#step(step).invokedAt > this.#firstDueAt) break
      if (!this.#used.includes(step) && isWay(step)) ways.push(step)
    }
    return ways
  }

  #place(step: number): void {
    this.#state = this.#plan.next(this.#state, step)
    if (this.#step(step).dueAt === Number.POSITIVE_INFINITY) {
      this.#used.push(step)
      return
    }
    this.#timeline.take(step)
    this.#placed.push(step)
    this.#latest = Math.max(this.#latest, step)
  }

  /** The open steps before the latest one all overlap it, so this stays short however long the history is. */
  #placeText(): string {
    return `${this.#state}|${this.#latest}|${this.#open.filter((step) => step < this.#latest).join()}`
  }

  #step(step: number): PlanStep {
    const found = this.#plan.steps[step]
    assert(found !== undefined, `no step ${step}`)
    return found
  }
}

/** For each step whether everything invoked before it that has to happen was also due before it was invoked. */
function restsOf(steps: readonly PlanStep[]): boolean[] {
  let dueAtMax = Number.NEGATIVE_INFINITY
  return steps.map(({ invokedAt, dueAt }) => {
    const isRest = dueAtMax < invokedAt
    if (dueAt < Number.POSITIVE_INFINITY) dueAtMax = Math.max(dueAtMax, dueAt)
    return isRest
  })
}
