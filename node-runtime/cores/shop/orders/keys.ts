import type { StateTx } from '#kit/state-machine'
import { orderLimits } from '../limits.ts'
import type { Placing, Refusal } from '../order-messages.ts'
import {
  getRow,
  type KeyRecord,
  keyRows,
  numberKey,
  orderSpaces,
  putRow,
  readOrdersHead,
  refusalRows,
  writeOrdersHead,
} from './rows.ts'

/** What was asked for under a key, and what came of it. */
export class Keys {
  known(tx: StateTx, key: string | null): KeyRecord | null {
    return key === null ? null : getRow(tx, keyRows, key)
  }

  isSame({ body }: KeyRecord, placing: Placing): boolean {
    return body === placing.body
  }

  take(tx: StateTx, { key, order, body }: Placing): void {
    if (key !== null) putRow(tx, keyRows, key, { order, body, refusal: null })
  }

  free(tx: StateTx, { key }: Placing): void {
    if (key !== null) tx.delete(orderSpaces.keys, key)
  }

  /** There is no order that keeps it, so it is forgotten some day. */
  refuse(tx: StateTx, { key, order, body }: Placing, { refusal, atMs }: { refusal: Refusal; atMs: number }): void {
    if (key === null) return
    putRow(tx, keyRows, key, { order, body, refusal })
    const head = readOrdersHead(tx)
    const untilMs = atMs + orderLimits.refusalKeptMs
    putRow(tx, refusalRows, numberKey(head.refusalsNext), { key, untilMs })
    writeOrdersHead(tx, { ...head, refusalsNext: head.refusalsNext + 1 })
  }

  forgetSome(tx: StateTx, atMs: number): void {
    const head = readOrdersHead(tx)
    let first = head.refusalsFirst
    while (first < head.refusalsNext && first - head.refusalsFirst < orderLimits.forgottenPerTickMax) {
      const row = getRow(tx, refusalRows, numberKey(first))
      const isTooMany = head.refusalsNext - first > orderLimits.refusalsKeptMax
      if (row !== null && row.untilMs > atMs && !isTooMany) break
      if (row !== null) tx.delete(orderSpaces.keys, row.key)
      tx.delete(orderSpaces.refusals, numberKey(first))
      first += 1
    }
    if (first !== head.refusalsFirst) writeOrdersHead(tx, { ...head, refusalsFirst: first })
  }
}
