import type { Random } from '#kit/random'
import type { Value } from '../history.ts'
import type { ListAnswer, ListOp } from '../models/list.ts'
import type { RegisterAnswer, RegisterOp } from '../models/register.ts'

/** One copy of a key that serves one client at a time, and what clients ask of it. */
export interface Server<State, Op, Answer> {
  readonly initial: State
  /** What a client asks that last saw this answer to a read of the key. */
  ask(random: Random, seen: Answer | undefined): Op
  serve(state: State, op: Op): { readonly state: State; readonly answer: Answer }
}

export interface Mix {
  /** Of ten operations. */
  readonly reads: number
  readonly writes: number
  /** How many different values there are; null: each is new. */
  readonly values: number | null
}

export function registerServer({ reads, writes, values }: Mix): Server<Value, RegisterOp, RegisterAnswer> {
  let last = 0
  const value = (random: Random): Value => {
    last += 1
    return values === null ? last : random.below(values)
  }
  return {
    initial: null,
    ask(random, seen) {
      const lot = random.below(10)
      if (lot < reads) return { kind: 'read' }
      if (lot < reads + writes) return { kind: 'write', value: value(random) }
      // A read is answered with a value.
      return { kind: 'cas', expected: (seen ?? null) as Value, value: value(random) }
    },
    serve(state, op) {
      if (op.kind === 'read') return { state, answer: state }
      if (op.kind === 'write') return { state: op.value, answer: null }
      const isEqual = state === op.expected
      return { state: isEqual ? op.value : state, answer: isEqual }
    },
  }
}

export function listServer({ reads, values }: Mix): Server<readonly Value[], ListOp, ListAnswer> {
  let last = 0
  return {
    initial: [],
    ask(random) {
      if (random.below(10) < reads) return { kind: 'read' }
      last += 1
      return { kind: 'append', value: values === null ? last : random.below(values) }
    },
    serve: (state, op) =>
      op.kind === 'read' ? { state, answer: state } : { state: [...state, op.value], answer: null },
  }
}
