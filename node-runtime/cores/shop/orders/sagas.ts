import { unreachable } from '#kit/assert'
import type { StateView } from '#kit/state-machine'
import { orderLimits } from '../limits.ts'
import type { OrderDeed, OrderId } from '../messages.ts'
import type { Placing, RequestNumber } from '../order-messages.ts'
import { allRows, attemptRows, owingRows } from './rows.ts'

/** Where an unfinished order is. From `confirming` on there is no way back. */
export type Stage =
  | { readonly kind: 'reserving'; readonly placing: Placing }
  | { readonly kind: 'undoing' | 'confirming' | 'giving-back' }

/** An order that is neither done nor undone yet. */
export interface Saga {
  readonly order: OrderId
  stage: Stage
  /** Until it is asked again, if nothing is heard of what was asked. */
  ticksToAsk: number
  /** While it is reserving: how long yet. */
  patienceTicks: number
  /** Who hears what becomes of it. */
  readonly waiting: RequestNumber[]
}

export function sagaOf(order: OrderId, stage: Stage, request: RequestNumber | null): Saga {
  const waiting = request === null ? [] : [request]
  return { order, stage, ticksToAsk: 0, patienceTicks: orderLimits.patienceTicks, waiting }
}

/** What a former life left unfinished. An attempt of its has nobody who waits for it: its patience is over. */
export function sagasLeft(view: StateView): Map<OrderId, Saga> {
  const sagas = new Map<OrderId, Saga>()
  for (const [order, { placing, stage }] of allRows(view, attemptRows)) {
    const saga = sagaOf(order, stage === 'reserving' ? { kind: stage, placing } : { kind: stage }, null)
    sagas.set(order, { ...saga, patienceTicks: 0 })
  }
  for (const [order, owes] of allRows(view, owingRows)) {
    sagas.set(order, sagaOf(order, { kind: owes === 'confirm' ? 'confirming' : 'giving-back' }, null))
  }
  return sagas
}

/** What the catalogue has to do at this stage. */
export function askOf({ order, stage }: Saga): OrderDeed {
  switch (stage.kind) {
    case 'reserving': {
      const { lines, totalCents } = stage.placing
      return { kind: 'reserve', order, lines, totalCents }
    }
    case 'undoing':
      return { kind: 'release', order }
    case 'confirming':
      return { kind: 'confirm', order }
    case 'giving-back':
      return { kind: 'give-back', order }
    default:
      return unreachable(stage)
  }
}
