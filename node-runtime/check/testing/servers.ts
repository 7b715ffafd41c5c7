import type { Random } from '#kit/random'
import type { Value } from '../history.ts'
import type { ListAnswer, ListOp } from '../models/list.ts'
import type { RegisterAnswer, RegisterOp } from '../models/register.ts'
import type { StockAnswer, StockOp } from '../models/stock.ts'
import { type StockState, stockStep } from '../models/stock-step.ts'

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

/** `givers`: of ten orders, those that may give back. */
export function stockServer({ givers }: { readonly givers: number }): Server<StockState, StockOp, StockAnswer> {
  let last = 0
  return {
    initial: { available: 0, fates: new Map() },
    ask(random) {
      last += 1
      const earlier = Math.max(1, last - 1 - random.below(4))
      const lot = random.below(10)
      if (lot < 3) return { kind: 'read' }
      if (lot < 5) return { kind: 'change', by: random.below(5) - 1 }
      if (lot < 7 && earlier % 10 < givers) return { kind: 'give', order: `o${earlier}` }
      return { kind: 'take', order: `o${last}`, quantity: 1 + random.below(2) }
    },
    serve(state, op) {
      const after = stockStep(state, op, undefined)?.state ?? state
      if (op.kind === 'read') return { state, answer: state.available }
      if (op.kind === 'take') return { state: after, answer: after === state ? state.available : true }
      return { state: after, answer: op.kind === 'give' || after !== state }
    },
  }
}
