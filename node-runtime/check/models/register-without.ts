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
  const values = new Set<Value>()
  for (const operation of gone) {
    const made = valueMade(operation)
    if (made !== undefined) values.add(made)
  }
  const isOut = (operation: RegisterOperation): boolean => {
    const made = valueMade(operation)
    return made !== undefined && values.has(made)
  }
  const kept = history.filter((operation) => !gone.has(operation) && !isOut(operation))
  const mayMeet = meetings(history.filter(isOut), kept)
  return kept.flatMap((operation): RegisterOperation[] => {
    const { op, ending } = operation
    if (op.kind === 'read') return ending.kind === 'ok' && values.has(ending.answer as Value) ? [] : [operation]
    if (op.kind === 'write') return [operation]
    if (isMiss(operation)) return values.has(op.expected) || mayMeet(operation) ? [] : [operation]
    if (!values.has(op.expected)) return [operation]
    const answered = ending.kind === 'ok' ? { ...ending, answer: null } : ending
    return [{ ...operation, op: { kind: 'write', value: op.value }, ending: answered }]
  })
}

/** Whether the last write before this operation may be one that is out. */
function meetings(out: RegisterHistory, kept: RegisterHistory): (operation: RegisterOperation) => boolean {
  const latestEnd = new RunningMax(out.map((operation) => ({ at: operation.invokedAt, value: endOf(operation) })))
  const certain = kept.filter((operation) => operation.ending.kind === 'ok' && valueMade(operation) !== undefined)
  const latestCover = new RunningMax(certain.map((write) => ({ at: endOf(write), value: write.invokedAt })))
  return (operation) => {
    const end = latestEnd.upTo(endOf(operation))
    if (end === null) return false
    const cover = latestCover.before(operation.invokedAt)
    return cover === null || end >= cover
  }
}

function valueMade({ op, ending }: RegisterOperation): Value | undefined {
  if (op.kind === 'write') return op.value
  return op.kind === 'cas' && !(ending.kind === 'ok' && ending.answer === false) ? op.value : undefined
}

function isMiss({ op, ending }: RegisterOperation): boolean {
  return op.kind === 'cas' && ending.kind === 'ok' && ending.answer === false
}
