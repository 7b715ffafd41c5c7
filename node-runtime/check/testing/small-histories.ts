import type { Random } from '#kit/random'
import type { Operation } from '../history.ts'
import type { ListAnswer, ListOp } from '../models/list.ts'
import type { RegisterAnswer, RegisterOp } from '../models/register.ts'
import type { StockAnswer, StockOp } from '../models/stock.ts'
import type { Server } from './servers.ts'

/** A few operations that overlap at random, answered as one copy would, and then some answers exchanged. */
export function smallHistory<State, Op, Answer>(
  random: Random,
  server: Server<State, Op, Answer>,
  other: (random: Random, op: Op, answer: Answer) => Answer,
): Operation<Op, Answer>[] {
  const lengthMax = random.pick([1, 2, 4, 10, 20])
  // Trying every order of many operations is only possible where few of them overlap.
  const operations = 2 + random.below(lengthMax <= 2 ? 12 : 6)
  let state = server.initial
  let seen: Answer | undefined
  const history = Array.from({ length: operations }, (_, index): Operation<Op, Answer> => {
    const servedAt = 10 * index
    const op = server.ask(random, seen)
    const lot = random.below(10)
    const served = server.serve(state, op)
    if (lot < 8) state = served.state
    if (random.chance(1, 2) && served.answer !== null && typeof served.answer !== 'boolean') seen = served.answer
    const invokedAt = servedAt - random.below(10 * lengthMax)
    const at = servedAt + 1 + random.below(10 * lengthMax)
    if (lot < 7)
      return { process: `c${index}`, key: 'k', op, invokedAt, ending: { kind: 'ok', at, answer: served.answer } }
    return { process: `c${index}`, key: 'k', op, invokedAt, ending: { kind: lot < 9 ? 'unknown' : 'failed' } }
  })
  const changes = random.below(4)
  const changed = new Set(Array.from({ length: changes }, () => random.below(operations)))
  return history.map((operation, index) => {
    const { op, ending } = operation
    if (ending.kind !== 'ok' || !changed.has(index)) return operation
    return { ...operation, ending: { ...ending, answer: other(random, op, ending.answer) } }
  })
}

/** Any answer that a client could believe in. */
export function otherRegisterAnswer(random: Random, op: RegisterOp, answer: RegisterAnswer): RegisterAnswer {
  if (op.kind === 'read') return random.chance(1, 6) ? null : random.below(6)
  return op.kind === 'cas' ? answer === false : null
}

export function otherListAnswer(random: Random, op: ListOp, answer: ListAnswer): ListAnswer {
  if (op.kind === 'append' || answer === null) return null
  const at = random.below(answer.length + 1)
  return random.pick([
    answer.slice(0, at),
    answer.toSpliced(at, 1),
    [...answer].reverse(),
    [...answer, random.below(6)],
  ])
}

export function otherStockAnswer(random: Random, op: StockOp, answer: StockAnswer): StockAnswer {
  if (op.kind === 'give') return true
  if (op.kind === 'change') return answer === false
  return op.kind === 'take' && random.chance(1, 2) ? true : random.below(4)
}
