import type { Operation, Value } from '../history.ts'
import type { Model } from '../model.ts'
import { listPlan } from './list-plan.ts'
import { isFields, isValue, valueText } from './values.ts'

export type ListOp = { readonly kind: 'append'; readonly value: Value } | { readonly kind: 'read' }

/** The whole list for a read, null for an append. */
export type ListAnswer = readonly Value[] | null

type ListOperation = Operation<ListOp, ListAnswer>

/** A list that only grows, at its end. Whoever reads it sees every append and their order. */
export const list: Model<readonly Value[], ListOp, ListAnswer> = {
  initial: [],
  step(state, op, answer) {
    if (op.kind === 'append') return { state: [...state, op.value] }
    return answer === undefined || areEqual(state, answer ?? []) ? { state } : null
  },
  isRead: ({ kind }) => kind === 'read',
  textOf: (state) => JSON.stringify(state),
  without(history, gone) {
    const values = new Set<Value>()
    for (const { op } of gone) if (op.kind === 'append') values.add(op.value)
    return history.filter((operation) => !isOf(operation, values, gone)).map((operation) => blind(operation, values))
  },
  words(op, answer) {
    if (op.kind === 'append')
      return { asked: `append ${valueText(op.value)}`, told: answer === undefined ? '?' : 'done' }
    return { asked: 'read', told: answer === undefined ? '?' : `[${(answer ?? []).map(valueText).join(' ')}]` }
  },
  isOp(value): value is ListOp {
    if (!isFields(value)) return false
    return value.kind === 'read' || (value.kind === 'append' && isValue(value.value))
  },
  isAnswer(op, value): value is ListAnswer {
    return op.kind === 'append' ? value === null : Array.isArray(value) && value.every(isValue)
  },
  plan: listPlan,
}

function areEqual(one: readonly Value[], other: readonly Value[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index])
}

function isOf(operation: ListOperation, values: ReadonlySet<Value>, gone: ReadonlySet<ListOperation>): boolean {
  return gone.has(operation) || (operation.op.kind === 'append' && values.has(operation.op.value))
}

function blind(operation: ListOperation, values: ReadonlySet<Value>): ListOperation {
  const { ending } = operation
  if (ending.kind !== 'ok' || ending.answer === null || !ending.answer.some((value) => values.has(value)))
    return operation
  return { ...operation, ending: { ...ending, answer: ending.answer.filter((value) => !values.has(value)) } }
}
