/** What can be asked of the stock of one product. What there is in the beginning is the first change. */
export type StockOp =
  | { readonly kind: 'read' }
  /** For an order, once: all of it or nothing. */
  | { readonly kind: 'take'; readonly order: string; readonly quantity: number }
  /** What an order has taken comes back, and it takes nothing any more; also if it has taken nothing yet. */
  | { readonly kind: 'give'; readonly order: string }
  /** By the staff: more, or less; never below nothing. */
  | { readonly kind: 'change'; readonly by: number }

/** Of a read what is available; of a take `true`, or what was available instead; of the others whether it was done. */
export type StockAnswer = number | boolean

/** `none`: not yet. Of orders that nothing is known of, nothing is kept. */
export type Fate = { readonly kind: 'taken'; readonly quantity: number } | { readonly kind: 'over' }

export interface StockState {
  readonly available: number
  readonly fates: ReadonlyMap<string, Fate>
}

/** Leaves every state as it is, given its answer. */
export function isStockRead(op: StockOp, answer: StockAnswer | undefined): boolean {
  return op.kind === 'read' || (op.kind === 'take' && typeof answer === 'number') || answer === false
}

export function stockText({ available, fates }: StockState): string {
  const known = [...fates].map(([order, fate]) => `${order} ${fate.kind === 'taken' ? fate.quantity : 'over'}`)
  return `${available} ${known.sort().join(', ')}`
}

export function stockStep(
  state: StockState,
  op: StockOp,
  answer: StockAnswer | undefined,
): { readonly state: StockState } | null {
  const { available, fates } = state
  switch (op.kind) {
    case 'read':
      return answer === undefined || answer === available ? { state } : null
    case 'take': {
      const canTake = available >= op.quantity && !fates.has(op.order)
      if (typeof answer === 'number') return !canTake && answer === available ? { state } : null
      if (!canTake) return answer === undefined ? { state } : null
      const taken = new Map(fates).set(op.order, { kind: 'taken', quantity: op.quantity })
      return { state: { available: available - op.quantity, fates: taken } }
    }
    case 'give': {
      const fate = fates.get(op.order)
      const back = fate?.kind === 'taken' ? fate.quantity : 0
      return { state: { available: available + back, fates: new Map(fates).set(op.order, { kind: 'over' }) } }
    }
    case 'change': {
      const canChange = available + op.by >= 0
      if (answer !== undefined && answer !== canChange) return null
      return { state: canChange ? { available: available + op.by, fates } : state }
    }
  }
}
