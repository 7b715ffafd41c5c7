import type { Race, RaceOrder, RaceOutcome } from '#contract/worker/shop-races'
import type { LedgerRow } from '#contract/worker/shop-shapes'
import type { NodeId } from '#kit/ids'

/** A race that is over as soon as it is asked for: the first shoppers have it, as many as there were units. */
export function fakeRace(order: RaceOrder, nowMs: number): Race {
  const placed = Math.min(order.units, order.shoppers)
  const outcomes = Array.from({ length: order.shoppers }, (_, index): RaceOutcome => {
    const hasIt = index < placed
    return {
      shopper: index + 1,
      state: hasIt ? 'placed' : 'refused',
      order: hasIt ? fakeOrderId(index + 1) : null,
      why: hasIt ? null : 'out-of-stock',
      available: hasIt ? null : 0,
      attempts: 1 + (index % 3),
      settledWallMs: nowMs + 400 + index * 7,
    }
  })
  return {
    ...order,
    startedWallMs: nowMs,
    target: order.fault === null ? null : ('shop-catalog-1' as NodeId), // the shape that kit/ids would check
    state: 'done',
    counts: { waiting: 0, sent: 0, placed, refused: order.shoppers - placed },
    settledWallMs: nowMs + 1_200,
    isNew: true,
    outcomes,
    proof: {
      openingOnHand: order.units,
      openingReserved: 0,
      openingMovement: 20,
      rows: rowsOf(order, placed, nowMs),
      rowsLeftOut: 0,
      sold: placed,
      checks: [
        { check: 'sums', isRight: true, values: [String(2 * placed)] },
        { check: 'never-below-zero', isRight: true, values: ['0'] },
        { check: 'not-oversold', isRight: true, values: [`${placed}`, `${order.units}`] },
        { check: 'told-is-sold', isRight: true, values: [`${placed}`] },
      ],
    },
  }
}

export function fakeOrderId(number: number): string {
  return number.toString(16).padStart(32, '0')
}

function rowsOf({ product, units }: RaceOrder, placed: number, nowMs: number): readonly LedgerRow[] {
  return Array.from({ length: placed }, (_, index) => index).flatMap((index): readonly LedgerRow[] => {
    const left = units - index
    const about = { product, order: fakeOrderId(index + 1), by: '', why: '', atMs: nowMs }
    const first = { number: 21 + 2 * index, logIndex: 60 + 2 * index, previous: 20 + 2 * index }
    const second = { number: 22 + 2 * index, logIndex: 61 + 2 * index, previous: 21 + 2 * index }
    const kept = { kind: 'reserved', onHandChange: 0, reservedChange: 1, onHand: left, reserved: 1 } as const
    const sold = { kind: 'sold', onHandChange: -1, reservedChange: -1, onHand: left - 1, reserved: 0 } as const
    return [
      { ...about, ...first, ...kept, available: left - 1 },
      { ...about, ...second, ...sold, available: left - 1 },
    ]
  })
}
