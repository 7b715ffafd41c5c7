import { assert } from '#kit/assert'
import { endOf, type History, type Operation, type Value } from '../history.ts'
import { type Plan, type PlanStep, refused } from '../search/plan.ts'
import type { ListAnswer, ListOp } from './list.ts'

/**
 * A list's history against the longest list that anybody read: SPEC.md KL1–KL4. The state is how many appends there
 * have been, up to one more than that list has: what comes after it nobody saw, so it does not matter what it is.
 */
export function listPlan(operations: History<ListOp, ListAnswer>): Plan {
  const seen = new Seen(operations)
  const kinds = new Map<Value, number>()
  const placed = operations.flatMap((operation): Placed[] => {
    const { op, invokedAt } = operation
    const answer = answerOf(operation)
    if (answer !== null) {
      const length = seen.lengthOf(answer)
      return [{ length, value: null, step: { invokedAt, dueAt: endOf(operation), isRead: true, kind: -1 - length } }]
    }
    if (op.kind === 'read') return []
    const dueAt = seen.dueOf(operation, op.value)
    if (dueAt === Number.POSITIVE_INFINITY && !seen.has(op.value)) return []
    if (!kinds.has(op.value)) kinds.set(op.value, kinds.size + 1)
    const kind = seen.has(op.value) ? (kinds.get(op.value) ?? unseenKind) : unseenKind
    return [{ length: null, value: op.value, step: { invokedAt, dueAt, isRead: false, kind } }]
  })
  return {
    initial: 0,
    steps: placed.map(({ step }) => step),
    next(state, step) {
      const it = placed[step]
      assert(it !== undefined, `no step ${step}`)
      if (it.length !== null) return it.length === state ? state : refused
      if (state < seen.length) return seen.at(state) === it.value ? state + 1 : refused
      return seen.length + 1
    },
    isBest: () => true,
  }
}

const unseenKind = 0
/** The length of a list that no state has. */
const nowhere = -1

interface Placed {
  /** Of the list that was read; null for an append. */
  readonly length: number | null
  readonly value: Value
  readonly step: PlanStep
}

/** The longest list that was read. */
class Seen {
  readonly #values: readonly Value[]
  /** Where a value stands in it; two places count as none, since it is not known which append made which. */
  readonly #placeOf = new Map<Value, number>()
  readonly #makersOf = new Map<Value, number>()
  /** By when somebody had read so much of it that the value at this place was there. */
  readonly #readAt: readonly number[]

  constructor(operations: History<ListOp, ListAnswer>) {
    let longest: readonly Value[] = []
    for (const operation of operations) {
      const answer = answerOf(operation) ?? []
      if (answer.length > longest.length) longest = answer
      if (operation.op.kind !== 'append') continue
      this.#makersOf.set(operation.op.value, (this.#makersOf.get(operation.op.value) ?? 0) + 1)
    }
    this.#values = longest
    for (const [place, value] of longest.entries()) this.#placeOf.set(value, place)
    this.#readAt = this.#readTimes(operations)
  }

  get length(): number {
    return this.#values.length
  }

  at(place: number): Value | undefined {
    return this.#values[place]
  }

  has(value: Value): boolean {
    return this.#placeOf.has(value)
  }

  /** Nowhere, for a list that does not agree with the longest one: one of the two is wrong. */
  lengthOf(answer: readonly Value[]): number {
    return answer.every((value, place) => value === this.#values[place]) ? answer.length : nowhere
  }

  dueOf(operation: Operation<ListOp, ListAnswer>, value: Value): number {
    const place = this.#placeOf.get(value)
    if (place === undefined || this.#makersOf.get(value) !== 1) return endOf(operation)
    return Math.min(endOf(operation), this.#readAt[place] ?? Number.POSITIVE_INFINITY)
  }

  #readTimes(operations: History<ListOp, ListAnswer>): readonly number[] {
    const readAt = this.#values.map(() => Number.POSITIVE_INFINITY)
    for (const operation of operations) {
      const answer = answerOf(operation)
      if (answer === null || answer.length === 0 || this.lengthOf(answer) === nowhere) continue
      const last = answer.length - 1
      readAt[last] = Math.min(readAt[last] ?? Number.POSITIVE_INFINITY, endOf(operation))
    }
    for (let place = readAt.length - 2; place >= 0; place -= 1)
      readAt[place] = Math.min(readAt[place] ?? Number.POSITIVE_INFINITY, readAt[place + 1] ?? Number.POSITIVE_INFINITY)
    return readAt
  }
}

/** The list that was read, if one was. */
function answerOf({ ending }: Operation<ListOp, ListAnswer>): readonly Value[] | null {
  return ending.kind === 'ok' ? ending.answer : null
}
