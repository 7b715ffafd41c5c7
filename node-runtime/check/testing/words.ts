import type { Operation, Value } from '../history.ts'
import type { ListAnswer, ListOp } from '../models/list.ts'
import type { RegisterAnswer, RegisterOp } from '../models/register.ts'

/** Short words for histories in tests: `write('a', [1, 4], 7)` is a write of 7 by a from 1 to 4 on key k. */
type When = readonly [invokedAt: number, at: number]
type RegisterOperation = Operation<RegisterOp, RegisterAnswer>
type ListOperation = Operation<ListOp, ListAnswer>

export function write(process: string, [invokedAt, at]: When, value: Value): RegisterOperation {
  return { process, key: 'k', op: { kind: 'write', value }, invokedAt, ending: { kind: 'ok', at, answer: null } }
}

export function read(process: string, [invokedAt, at]: When, answer: Value): RegisterOperation {
  return { process, key: 'k', op: { kind: 'read' }, invokedAt, ending: { kind: 'ok', at, answer } }
}

export function cas(process: string, [invokedAt, at]: When, swap: Swap, answer: boolean): RegisterOperation {
  return { process, key: 'k', op: { kind: 'cas', ...swap }, invokedAt, ending: { kind: 'ok', at, answer } }
}

export function append(process: string, [invokedAt, at]: When, value: Value): ListOperation {
  return { process, key: 'k', op: { kind: 'append', value }, invokedAt, ending: { kind: 'ok', at, answer: null } }
}

export function readList(process: string, [invokedAt, at]: When, answer: readonly Value[]): ListOperation {
  return { process, key: 'k', op: { kind: 'read' }, invokedAt, ending: { kind: 'ok', at, answer } }
}

/** Nobody knows whether it happened. */
export function lost<Op, Answer>(operation: Operation<Op, Answer>): Operation<Op, Answer> {
  return { ...operation, ending: { kind: 'unknown' } }
}

export function refused<Op, Answer>(operation: Operation<Op, Answer>): Operation<Op, Answer> {
  return { ...operation, ending: { kind: 'failed' } }
}

interface Swap {
  readonly expected: Value
  readonly value: Value
}
