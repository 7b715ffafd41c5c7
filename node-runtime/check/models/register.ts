import type { Value } from '../history.ts'
import type { Model } from '../model.ts'
import { registerPlan } from './register-plan.ts'
import { withoutValues } from './register-without.ts'
import { isFields, isValue, valueText } from './values.ts'

export type RegisterOp =
  | { readonly kind: 'read' }
  | { readonly kind: 'write'; readonly value: Value }
  /** Compare and set: writes the value if the register holds the expected one, and answers whether it did. */
  | { readonly kind: 'cas'; readonly expected: Value; readonly value: Value }

/** The value for a read, null for a write, for a cas whether it wrote. */
export type RegisterAnswer = Value | boolean

/** One value under a key; null before the first write. Histories with a new value in each write are checked fastest. */
export const register: Model<Value, RegisterOp, RegisterAnswer> = {
  initial: null,
  step(state, op, answer) {
    if (op.kind === 'read') return answer === undefined || answer === state ? { state } : null
    if (op.kind === 'write') return { state: op.value }
    const isEqual = state === op.expected
    if (answer !== undefined && answer !== isEqual) return null
    return { state: isEqual ? op.value : state }
  },
  isRead: (op, answer) => op.kind === 'read' || (op.kind === 'cas' && answer === false),
  textOf: valueText,
  without: withoutValues,
  words(op, answer) {
    if (op.kind === 'read') return { asked: 'read', told: answer === undefined ? '?' : valueText(answer) }
    if (op.kind === 'write') return { asked: `write ${valueText(op.value)}`, told: answer === undefined ? '?' : 'done' }
    const asked = `cas ${valueText(op.expected)} to ${valueText(op.value)}`
    return { asked, told: answer === undefined ? '?' : answer === true ? 'done' : 'not equal' }
  },
  isOp(value): value is RegisterOp {
    if (!isFields(value)) return false
    if (value.kind === 'read') return true
    if (value.kind === 'write') return isValue(value.value)
    return value.kind === 'cas' && isValue(value.expected) && isValue(value.value)
  },
  isAnswer(op, value): value is RegisterAnswer {
    if (op.kind === 'read') return isValue(value)
    return op.kind === 'write' ? value === null : typeof value === 'boolean'
  },
  plan: registerPlan,
}
