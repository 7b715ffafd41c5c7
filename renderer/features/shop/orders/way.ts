import type { OrderStateName, ShopOrder } from '#contract/worker/shop-shapes'

/** The states of an order that goes well, in their order. */
const well = ['received', 'stock-confirmed', 'ready', 'picked-up'] as const

export interface WayStep {
  readonly state: OrderStateName
  /** When it came there; null: it has not. */
  readonly atMs: number | null
  /** Where it is. */
  readonly isNow: boolean
}

/** Where an order has been and where it may still come. One that was cancelled goes nowhere any more. */
export function wayOf({ state, history }: Pick<ShopOrder, 'state' | 'history'>): readonly WayStep[] {
  const atOf = (name: OrderStateName): number | null => history.findLast((one) => one.state === name)?.atMs ?? null
  const been = well.filter((name) => state !== 'cancelled' || atOf(name) !== null)
  const steps: readonly OrderStateName[] = state === 'cancelled' ? [...been, 'cancelled'] : been
  return steps.map((name) => ({ state: name, atMs: atOf(name), isNow: name === state }))
}

/** Where the staff may take it from here. The shop knows the same and refuses any other way. */
export function movesFrom(state: OrderStateName): readonly OrderStateName[] {
  switch (state) {
    case 'stock-confirmed':
      return ['ready']
    case 'ready':
      return ['picked-up']
    case 'received':
    case 'picked-up':
    case 'cancelled':
      return []
  }
}

export function canCancel(state: OrderStateName): boolean {
  return state === 'stock-confirmed' || state === 'ready'
}
