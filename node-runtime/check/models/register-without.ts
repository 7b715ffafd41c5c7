import { endOf, type History, type Operation, type Value } from '../history.ts'
import type { RegisterAnswer, RegisterOp } from './register.ts'
import { RunningMax } from './running-max.ts'

type RegisterOperation = Operation<RegisterOp, RegisterAnswer>
type RegisterHistory = History<RegisterOp, RegisterAnswer>

/**
 * Takes a value out wholly: who wrote it and who read it. A cas that found it and wrote another one stays as the write
 * that it was. A cas that missed another value stays only where the value taken out cannot be what it met. SPEC.md KC3.
 */
export function withoutValues(history: RegisterHistory, gone: ReadonlySet<RegisterOperation>): RegisterHistory {
  const values = new Set([...gone].map(valueMade).filter((value) => value !== undefined))
  const isOfThem = (value: Value | undefined): boolean => value !== undefined && values.has(value)
  const out = history.filter((operation) => isOfThem(valueMade(operation)))
  const kept = history.filter(
    (operation) => !gone.has(operation) && !isOfThem(valueMade(operation)) && !isOfThem(valueRead(operation)),
  )
  const mayMeet = meetings(out, kept)
  return kept.flatMap((operation): RegisterOperation[] => {
    const { op, ending } = operation
    if (op.kind !== 'cas') return [operation]
    if (isMiss(operation)) return values.has(op.expected) || mayMeet(operation) ? [] : [operation]
    if (!values.has(op.expected)) return [operation]
    const answered = ending.kind === 'ok' ? { ...ending, answer: null } : ending
    return [{ ...operation, op: { kind: 'write', value: op.value }, ending: answered }]
  })
}

/**
 * Whether what was in force at this operation may be one that is out. It cannot if somebody who found or made another
 * value began after the last of those had ended, and ended before this operation began.
 */
function meetings(out: RegisterHistory, kept: RegisterHistory): (operation: RegisterOperation) => boolean {
  const latestEnd = new RunningMax(out.map((operation) => ({ at: operation.invokedAt, value: endOf(operation) })))
  const witnesses = kept.filter((operation) => operation.ending.kind === 'ok' && !isMiss(operation))
  const latestWitness = new RunningMax(witnesses.map((other) => ({ at: endOf(other), value: other.invokedAt })))
  return (operation) => {
    const end = latestEnd.upTo(endOf(operation))
    if (end === null) return false
    const witness = latestWitness.before(operation.invokedAt)
    return witness === null || end >= witness
  }
}

function valueMade({ op, ending }: RegisterOperation): Value | undefined {
  if (op.kind === 'write') return op.value
  return op.kind === 'cas' && !(ending.kind === 'ok' && ending.answer === false) ? op.value : undefined
}

function valueRead({ op, ending }: RegisterOperation): Value | undefined {
  // A read is answered with a value, by the model's isAnswer.
  return op.kind === 'read' && ending.kind === 'ok' ? (ending.answer as Value) : undefined
}

function isMiss({ op, ending }: RegisterOperation): boolean {
  return op.kind === 'cas' && ending.kind === 'ok' && ending.answer === false
}
