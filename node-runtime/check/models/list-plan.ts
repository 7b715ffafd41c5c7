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
    const dueAt = endOf(operation)
    const answer = answerOf(operation)
    if (answer !== null)
      return [{ length: seen.lengthOf(answer), value: null, step: { invokedAt, dueAt, isRead: true, kind: 0 } }]
    const isKnown = op.kind === 'append' && seen.has(op.value)
    if (op.kind === 'read' || (dueAt === Number.POSITIVE_INFINITY && !isKnown)) return []
    if (isKnown && !kinds.has(op.value)) kinds.set(op.value, kinds.size + 1)
    const kind = kinds.get(op.value) ?? unseenKind
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
  readonly #known: ReadonlySet<Value>

  constructor(operations: History<ListOp, ListAnswer>) {
    let longest: readonly Value[] = []
    for (const operation of operations) {
      const answer = answerOf(operation) ?? []
      if (answer.length > longest.length) longest = answer
    }
    this.#values = longest
    this.#known = new Set(longest)
  }

  get length(): number {
    return this.#values.length
  }

  at(place: number): Value | undefined {
    return this.#values[place]
  }

  has(value: Value): boolean {
    return this.#known.has(value)
  }

  /** Nowhere, for a list that does not agree with the longest one: one of the two is wrong. */
  lengthOf(answer: readonly Value[]): number {
    return answer.every((value, place) => value === this.#values[place]) ? answer.length : nowhere
  }
}

/** The list that was read, if one was. */
function answerOf({ ending }: Operation<ListOp, ListAnswer>): readonly Value[] | null {
  return ending.kind === 'ok' ? ending.answer : null
}
