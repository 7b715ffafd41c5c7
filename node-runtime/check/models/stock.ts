import type { History, Operation } from '../history.ts'
import type { Model } from '../model.ts'
import { stockPlan } from './stock-plan.ts'
import { isStockRead, type StockAnswer, type StockOp, type StockState, stockStep, stockText } from './stock-step.ts'
import { isFields } from './values.ts'

export type { StockAnswer, StockOp } from './stock-step.ts'

type StockOperation = Operation<StockOp, StockAnswer>

/** How many of a product can be sold, as orders take them, give them back, and a staff counts. */
export const stock: Model<StockState, StockOp, StockAnswer> = {
  initial: { available: 0, fates: new Map() },
  step: stockStep,
  isRead: isStockRead,
  textOf: stockText,
  without: withoutStock,
  words(op, answer) {
    const told = answer === undefined ? '?' : answer === true ? 'done' : answer === false ? 'too few' : `${answer} left`
    switch (op.kind) {
      case 'read':
        return { asked: 'read', told }
      case 'take':
        return { asked: `take ${op.quantity} for ${op.order}`, told }
      case 'give':
        return { asked: `give back of ${op.order}`, told }
      case 'change':
        return { asked: `change by ${op.by}`, told }
    }
  },
  isOp(value): value is StockOp {
    if (!isFields(value)) return false
    const { kind, order, quantity, by } = value
    if (kind === 'read') return true
    if (kind === 'change') return Number.isSafeInteger(by)
    if (typeof order !== 'string') return false
    return kind === 'give' || (kind === 'take' && typeof quantity === 'number' && quantity > 0)
  },
  isAnswer(op, value): value is StockAnswer {
    if (op.kind === 'read') return typeof value === 'number'
    if (op.kind === 'take') return typeof value === 'number' || value === true
    return op.kind === 'give' ? value === true : typeof value === 'boolean'
  },
  plan: stockPlan,
}

/**
 * What others read depends on every change before it, so of those a change can only go with all that was asked after it:
 * the beginning of a history that can be explained can be explained. What changes nothing goes by itself.
 */
function withoutStock(
  history: History<StockOp, StockAnswer>,
  gone: ReadonlySet<StockOperation>,
): History<StockOp, StockAnswer> {
  let until = Number.POSITIVE_INFINITY
  for (const operation of gone) if (!changesNothing(operation)) until = Math.min(until, operation.invokedAt)
  return history
    .filter((operation) => operation.invokedAt < until && !gone.has(operation))
    .map((operation) => {
      const { ending } = operation
      return ending.kind === 'ok' && ending.at >= until
        ? { ...operation, ending: { kind: 'unknown' } as const }
        : operation
    })
}

function changesNothing({ op, ending }: StockOperation): boolean {
  return isStockRead(op, ending.kind === 'ok' ? ending.answer : undefined)
}
