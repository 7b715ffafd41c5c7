import type { ShopOutboxCounts, ShopOutboxState } from '#contract/worker/shop-shapes'
import { assert } from '#kit/assert'
import { decodeText } from '#kit/bytes'
import { fail, ok, type Result } from '#kit/result'
import type { Store, StoreTx } from '#ports/store'
import { durably } from '../durable.ts'
import {
  counted,
  decodeOrder,
  decodeOrderHead,
  emptyCounts,
  encodeJson,
  type OrderHead,
  type OrderRow,
  orderKey,
  positionOf,
} from './order-rows.ts'

export type NewOrder = Pick<OrderRow, 'id' | 'race' | 'session' | 'form'>

export interface OrderChange {
  readonly position: number
  readonly state: ShopOutboxState
  readonly owes: OrderRow['owes']
  readonly attempts: number
}

/** How far back it is looked for orders that can make room. */
const roomLookMax = 2_000

/**
 * Orders on their way to the shop, and what became of them. Each change is on the disk when the call returns; what cannot
 * be written is refused and has changed nothing. `name` begins the spaces, so that people and races have one each.
 */
export class OrderOutbox {
  readonly #store: Store
  readonly #spaces: { readonly rows: string; readonly ids: string; readonly open: string; readonly head: string }
  readonly #max: number
  #head: OrderHead
  #canWrite = true

  constructor(store: Store, name: string, max: number) {
    this.#store = store
    this.#max = max
    this.#spaces = { rows: `${name}-row`, ids: `${name}-id`, open: `${name}-open`, head: `${name}-head` }
    const bytes = store.view().get(this.#spaces.head, 'head')
    this.#head = bytes === null ? { next: 0, counts: emptyCounts } : decodeOrderHead(bytes)
  }

  get counts(): ShopOutboxCounts {
    return this.#head.counts
  }

  get canWrite(): boolean {
    return this.#canWrite
  }

  /** Where the next one will stand. */
  get next(): number {
    return this.#head.next
  }

  get total(): number {
    const { waiting, sent, placed, refused } = this.counts
    return waiting + sent + placed + refused
  }

  /** All of them or none, with what else has to be written with them. One whose id is there already is left as it is. */
  take(orders: readonly NewOrder[], wallMs: number, also: (tx: StoreTx) => void = () => {}): Result<null> {
    const news = orders.filter(({ id }) => this.find(id) === null)
    const excess = this.total + news.length - this.#max
    const room = excess > 0 ? this.#oldestDone(excess) : []
    if (room.length < excess) return fail('busy', `${this.total} orders are in the outbox`)
    return this.#write((tx, head) => {
      let counts = head.counts
      let { next } = head
      for (const row of room) {
        this.#remove(tx, row)
        counts = counted(counts, { [row.state.kind]: -1 })
      }
      for (const order of news) {
        const row: OrderRow = {
          ...order,
          position: next,
          state: { kind: 'waiting' },
          owes: 'place',
          attempts: 0,
          takenWallMs: wallMs,
          settledWallMs: null,
        }
        tx.put(this.#spaces.ids, row.id, encodeJson(row.position))
        this.#put(tx, row)
        next += 1
        counts = counted(counts, { waiting: 1 })
      }
      also(tx)
      return { next, counts }
    })
  }

  find(id: string): OrderRow | null {
    const bytes = this.#store.view().get(this.#spaces.ids, id)
    return bytes === null ? null : this.at(positionOf(decodeText(bytes) ?? ''))
  }

  at(position: number): OrderRow | null {
    const bytes = this.#store.view().get(this.#spaces.rows, orderKey(position))
    return bytes === null ? null : decodeOrder(bytes)
  }

  /** For which something is still to be done, oldest first. */
  open(): readonly OrderRow[] {
    return this.#store
      .view()
      .scan(this.#spaces.open)
      .map(({ key }) => {
        const row = this.at(positionOf(key))
        assert(row !== null, `order ${key} of the outbox`)
        return row
      })
  }

  change(changes: readonly OrderChange[], wallMs: number): Result<null> {
    if (changes.length === 0) return ok(null)
    return this.#write((tx, { next, counts }) => {
      let after = counts
      for (const { position, state, owes, attempts } of changes) {
        const bytes = tx.get(this.#spaces.rows, orderKey(position))
        if (bytes === null) continue
        const row = decodeOrder(bytes)
        const isSettled = state.kind === 'placed' || state.kind === 'refused'
        const settledWallMs = isSettled ? (row.settledWallMs ?? wallMs) : null
        this.#put(tx, { ...row, state, owes, attempts, settledWallMs })
        after = counted(after, { [row.state.kind]: -1 })
        after = counted(after, { [state.kind]: 1 })
      }
      return { next, counts: after }
    })
  }

  /** Newest first. `before`: only older ones. */
  page({ before, limit }: { readonly before: number | null; readonly limit: number }) {
    // One more than asked for shows whether there are more.
    const range = { limit: limit + 1, isBackward: true, ...(before === null ? {} : { before: orderKey(before) }) }
    const rows = this.#store
      .view()
      .scan(this.#spaces.rows, range)
      .map(({ value }) => decodeOrder(value))
    const items = rows.slice(0, limit)
    return { items, next: rows.length > limit ? (items.at(-1)?.position ?? null) : null }
  }

  /** From a position on, in their order. */
  from(position: number, limit: number): readonly OrderRow[] {
    return this.#store
      .view()
      .scan(this.#spaces.rows, { from: orderKey(position), limit })
      .map(({ value }) => decodeOrder(value))
  }

  remove(rows: readonly OrderRow[]): Result<null> {
    return this.#write((tx, { next, counts }) => {
      let after = counts
      for (const row of rows) {
        this.#remove(tx, row)
        after = counted(after, { [row.state.kind]: -1 })
      }
      return { next, counts: after }
    })
  }

  #oldestDone(count: number): readonly OrderRow[] {
    return this.from(0, roomLookMax)
      .filter(({ owes }) => owes === null)
      .slice(0, count)
  }

  #put(tx: StoreTx, row: OrderRow): void {
    const key = orderKey(row.position)
    tx.put(this.#spaces.rows, key, encodeJson(row))
    if (row.owes === null) tx.delete(this.#spaces.open, key)
    else tx.put(this.#spaces.open, key, new Uint8Array(0))
  }

  #remove(tx: StoreTx, { id, position }: OrderRow): void {
    const key = orderKey(position)
    tx.delete(this.#spaces.rows, key)
    tx.delete(this.#spaces.open, key)
    tx.delete(this.#spaces.ids, id)
  }

  #write(work: (tx: StoreTx, head: OrderHead) => OrderHead): Result<null> {
    const written = durably(this.#store, (tx) => {
      const head = work(tx, this.#head)
      tx.put(this.#spaces.head, 'head', encodeJson(head))
      return head
    })
    this.#canWrite = written.ok
    if (!written.ok) return written
    this.#head = written.value
    return ok(null)
  }
}
