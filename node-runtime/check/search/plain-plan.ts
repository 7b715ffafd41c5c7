import { assert } from '#kit/assert'
import { endOf, type History, type Operation } from '../history.ts'
import type { Model } from '../model.ts'
import { type Plan, type PlanStep, refused } from './plan.ts'

/** For a model that knows no better: every state is told from every other, every operation is of its own kind. */
export function plainPlan<State, Op, Answer>(model: Model<State, Op, Answer>, operations: History<Op, Answer>): Plan {
  const tried = operations.filter((operation) => !isMoot(model, operation))
  const states: State[] = []
  const numberOf = new Map<string, number>()
  const intern = (state: State): number => {
    const text = model.textOf(state)
    const known = numberOf.get(text)
    if (known !== undefined) return known
    numberOf.set(text, states.length)
    return states.push(state) - 1
  }
  return {
    initial: intern(model.initial),
    steps: tried.map((operation, kind): PlanStep => {
      const isRead = model.isRead(operation.op, answerOf(operation))
      return { invokedAt: operation.invokedAt, dueAt: endOf(operation), isRead, kind }
    }),
    next(state, step) {
      const operation = tried[step]
      const before = states[state]
      assert(operation !== undefined && before !== undefined, `no step ${step} or state ${state}`)
      const after = model.step(before, operation.op, answerOf(operation))
      return after === null ? refused : intern(after.state)
    },
    isBest: () => false,
  }
}

function isMoot<State, Op, Answer>(model: Model<State, Op, Answer>, operation: Operation<Op, Answer>): boolean {
  return operation.ending.kind !== 'ok' && model.isRead(operation.op, undefined)
}

function answerOf<Answer>({ ending }: Operation<unknown, Answer>): Answer | undefined {
  return ending.kind === 'ok' ? ending.answer : undefined
}
