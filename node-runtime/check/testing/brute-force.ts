import { endOf, type History, possible } from '../history.ts'
import type { Model } from '../model.ts'

/** Tries every order of every choice of what may have happened. Shares nothing with the search but the model's step. */
export function isLinearizable<State, Op, Answer>(
  model: Model<State, Op, Answer>,
  history: History<Op, Answer>,
): boolean {
  const keys = new Set(history.map(({ key }) => key))
  return [...keys].every((key) => {
    const operations = possible(history).filter((operation) => operation.key === key)
    return canGoOn(model, model.initial, operations)
  })
}

function canGoOn<State, Op, Answer>(model: Model<State, Op, Answer>, state: State, left: History<Op, Answer>): boolean {
  if (left.every(({ ending }) => ending.kind === 'unknown')) return true
  return left.some((operation) => {
    if (left.some((other) => endOf(other) < operation.invokedAt)) return false
    const { ending, op } = operation
    const after = model.step(state, op, ending.kind === 'ok' ? ending.answer : undefined)
    const others = left.filter((other) => other !== operation)
    return after !== null && canGoOn(model, after.state, others)
  })
}
