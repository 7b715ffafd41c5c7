import { assert } from '#kit/assert'
import { endOf, type History, type Operation } from '../history.ts'
import { type Plan, type PlanStep, refused } from '../search/plan.ts'
import { isStockRead, type StockAnswer, type StockOp, type StockState, stockStep, stockText } from './stock-step.ts'

type StockOperation = Operation<StockOp, StockAnswer>

/** An order that nobody gives back is one of many: only how much it takes is of interest afterwards (KT1, KT2). */
export function stockPlan(operations: History<StockOp, StockAnswer>): Plan {
  const given = new Set(operations.flatMap(({ op }) => (op.kind === 'give' ? [op.order] : [])))
  const tried = operations.filter((operation) => !isMoot(operation))
  const kinds = new Map<string, number>()
  const states: StockState[] = []
  const numberOf = new Map<string, number>()
  const intern = (state: StockState): number => {
    const text = stockText(state)
    const known = numberOf.get(text)
    if (known !== undefined) return known
    numberOf.set(text, states.length)
    return states.push(state) - 1
  }
  const kindOf = (operation: StockOperation): number => {
    const text = kindText(operation, given)
    const known = kinds.get(text) ?? kinds.size
    kinds.set(text, known)
    return known
  }
  return {
    initial: intern({ available: 0, fates: new Map() }),
    steps: tried.map((operation): PlanStep => {
      const isRead = isStockRead(operation.op, answerOf(operation))
      return { invokedAt: operation.invokedAt, dueAt: endOf(operation), isRead, kind: kindOf(operation) }
    }),
    next(number, step) {
      const operation = tried[step]
      const state = states[number]
      assert(operation !== undefined && state !== undefined, `no step ${step} or state ${number}`)
      const { op } = operation
      const after = stockStep(state, op, answerOf(operation))
      if (after === null) return refused
      if (op.kind !== 'take' || given.has(op.order)) return intern(after.state)
      return intern({ available: after.state.available, fates: state.fates })
    },
    isBest: () => false,
  }
}

/** What nobody knows to have happened, and would tell nothing. */
function isMoot({ op, ending }: StockOperation): boolean {
  return ending.kind !== 'ok' && op.kind === 'read'
}

function kindText({ op, ending }: StockOperation, given: ReadonlySet<string>): string {
  const answer = ending.kind === 'ok' ? ending.answer : '?'
  switch (op.kind) {
    case 'read':
      return `read ${answer}`
    case 'take':
      return `take ${op.quantity} ${given.has(op.order) ? op.order : ''} ${answer}`
    case 'give':
      return `give ${op.order}`
    case 'change':
      return `change ${op.by} ${answer}`
  }
}

function answerOf({ ending }: StockOperation): StockAnswer | undefined {
  return ending.kind === 'ok' ? ending.answer : undefined
}
