import {
  deskLimits,
  type OutboxCounts,
  type OutboxOrder,
  type OutboxState,
  type RecordView,
} from '#contract/worker/desk'
import { assert } from '#kit/assert'
import { fail, ok, type Result } from '#kit/result'
import type { Store, StoreTx } from '#ports/store'
import { durably } from './durable.ts'
import {
  decodeHead,
  decodeIndex,
  decodeItem,
  emptyHead,
  encodeRow,
  finishedStates,
  itemKey,
  type OutboxHead,
  type OutboxRow,
  positionIn,
  spaces,
  stateKey,
  stateRange,
} from './outbox-rows.ts'

/** What became of an item that was sent. */
export type OutboxOutcome =
  | { readonly kind: 'in-log' | 'already'; readonly record: RecordView }
  | { readonly kind: 'refused'; readonly why: string }

export interface OutboxChange {
  readonly position: number
  readonly outcome: OutboxOutcome
  readonly attempts: number
}

/**
 * Documents on their way to the notary, in the order in which they came. Each change is on the disk when the call
 * returns; what cannot be written is refused and has changed nothing.
 */
export class Outbox {
  readonly #store: Store
  readonly #itemsMax: number
  #head: OutboxHead
  #canWrite = true

  constructor(store: Store, itemsMax: number = deskLimits.outboxMax) {
    this.#store = store
    this.#itemsMax = itemsMax
    const bytes = store.view().get(spaces.head, 'head')
    this.#head = bytes === null ? emptyHead : decodeHead(bytes)
  }

  get counts(): OutboxCounts {
    return this.#head.counts
  }

  get total(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0)
  }

  /** false: the last change could not be written. */
  get canWrite(): boolean {
    return this.#canWrite
  }

  /** All of them or none. When it is full the oldest finished ones make room; when none is finished it is busy. */
  take(orders: readonly OutboxOrder[], wallMs: number): Result<OutboxCounts> {
    const excess = this.total + orders.length - this.#itemsMax
    const finished = finishedStates.reduce((sum, state) => sum + this.counts[state], 0)
    if (excess > finished) return fail('busy', `${this.total} documents are in the outbox`)
    return this.#write((tx, head) => {
      let { next } = head
      let counts = excess > 0 ? forget(tx, head.counts, this.#oldestFinished(excess)) : head.counts
      for (const order of orders) {
        if (tx.get(spaces.ids, order.id) !== null) continue
        const row: OutboxRow = {
          position: next,
          order,
          state: 'waiting',
          record: null,
          whyRefused: null,
          attempts: 0,
          takenWallMs: wallMs,
        }
        next += 1
        tx.put(spaces.ids, order.id, encodeRow(row.position))
        put(tx, row)
        counts = counted(counts, { waiting: 1 })
      }
      return { next, counts }
    })
  }

  /** By the id of its order; null: it never came, or was taken out of the list. */
  find(id: string): OutboxRow | null {
    const bytes = this.#store.view().get(spaces.ids, id)
    // The position of an item is kept in the same words as its place in the log.
    return bytes === null ? null : this.#item(decodeIndex(bytes))
  }

  /** Those that were sent before and have no answer yet come first: they came first. */
  nextToSend({ itemsMax, charsMax }: { readonly itemsMax: number; readonly charsMax: number }): readonly OutboxRow[] {
    const rows: OutboxRow[] = []
    let chars = 0
    for (const state of ['sent', 'waiting'] as const) {
      for (const row of this.#inState(state, itemsMax - rows.length)) {
        chars += JSON.stringify(row.order).length
        // One alone is sent however long it is: its peer will say if it is too long.
        if (rows.length > 0 && chars > charsMax) return rows
        rows.push(row)
      }
    }
    return rows
  }

  /** Before a peer is asked: what may have been registered is never taken out as if it had not been. */
  markSent(rows: readonly OutboxRow[]): Result<OutboxCounts> {
    const waiting = rows.filter(({ state }) => state === 'waiting')
    if (waiting.length === 0) return ok(this.counts)
    return this.#write((tx, { next, counts }) => {
      for (const row of waiting) move(tx, row, { ...row, state: 'sent' })
      return { next, counts: counted(counts, { waiting: -waiting.length, sent: waiting.length }) }
    })
  }

  settle(changes: readonly OutboxChange[]): Result<OutboxCounts> {
    return this.#write((tx, head) => {
      let { counts } = head
      for (const { position, outcome, attempts } of changes) {
        const row = itemAt(tx, position)
        if (row?.state !== 'sent') continue
        const known = { ...row, attempts: row.attempts + attempts, state: outcome.kind }
        const after: OutboxRow =
          outcome.kind === 'refused' ? { ...known, whyRefused: outcome.why } : { ...known, record: outcome.record }
        move(tx, row, after)
        counts = counted(counts, { sent: -1, [after.state]: 1 })
      }
      return { next: head.next, counts }
    })
  }

  /** How many of a part of those in the log became co-signed. `next`: go on from there; null: all were looked at. */
  coSign({ size, after, limit }: { readonly size: number; readonly after: number | null; readonly limit: number }) {
    const range = stateRange('in-log')
    const from = after === null ? range.from : stateKey('in-log', after + 1)
    const rows = this.#store.view().scan(spaces.states, { ...range, from, limit })
    const last = rows.at(-1)
    const next = rows.length < limit || last === undefined ? null : positionIn(last.key)
    const covered = rows.filter(({ value }) => decodeIndex(value) < size).map(({ key }) => positionIn(key))
    if (covered.length > 0) {
      const written = this.#write((tx, head) => {
        for (const position of covered) {
          const row = itemAt(tx, position)
          assert(row !== null, `item ${position} of the outbox`)
          move(tx, row, { ...row, state: 'co-signed' })
        }
        return {
          next: head.next,
          counts: counted(head.counts, { 'in-log': -covered.length, 'co-signed': covered.length }),
        }
      })
      if (!written.ok) return { changed: 0, next: null }
    }
    return { changed: covered.length, next }
  }

  /** Newest first. */
  page(query: { readonly before: number | null; readonly limit: number; readonly state: OutboxState | null }) {
    const { before, limit, state } = query
    // One more than asked for shows whether there are more.
    const wanted = limit + 1
    const rows =
      state === null
        ? this.#items({ ...(before === null ? {} : { before: itemKey(before) }), limit: wanted, isBackward: true })
        : this.#positions(state, { before, limit: wanted, isBackward: true }).map((position) => this.#item(position))
    const items = rows.slice(0, limit)
    return { items, next: rows.length > limit ? (items.at(-1)?.position ?? null) : null }
  }

  /** A part of it. true: that was all. */
  clear(what: 'finished' | 'all', limit: number): Result<boolean> {
    const states: readonly OutboxState[] = what === 'all' ? [...finishedStates, 'waiting'] : finishedStates
    const rows = states.flatMap((state) => this.#inState(state, limit)).slice(0, limit)
    if (rows.length === 0) return ok(true)
    const written = this.#write((tx, { next, counts }) => ({ next, counts: forget(tx, counts, rows) }))
    return written.ok ? ok(rows.length < limit) : written
  }

  #oldestFinished(count: number): readonly OutboxRow[] {
    const rows = finishedStates.flatMap((state) => this.#inState(state, count))
    return rows.sort((left, right) => left.position - right.position).slice(0, count)
  }

  #inState(state: OutboxState, limit: number): readonly OutboxRow[] {
    return this.#positions(state, { before: null, limit, isBackward: false }).map((position) => this.#item(position))
  }

  #positions(
    state: OutboxState,
    range: { readonly before: number | null; readonly limit: number; readonly isBackward: boolean },
  ): readonly number[] {
    const rows = this.#store.view().scan(spaces.states, { ...range, ...stateRange(state, range.before) })
    return rows.map(({ key }) => positionIn(key))
  }

  #items(range: { readonly before?: string; readonly limit: number; readonly isBackward: boolean }) {
    return this.#store
      .view()
      .scan(spaces.items, range)
      .map(({ value }) => decodeItem(value))
  }

  #item(position: number): OutboxRow {
    const bytes = this.#store.view().get(spaces.items, itemKey(position))
    assert(bytes !== null, `item ${position} of the outbox`)
    return decodeItem(bytes)
  }

  #write(work: (tx: StoreTx, head: OutboxHead) => OutboxHead): Result<OutboxCounts> {
    const written = durably(this.#store, (tx) => {
      const head = work(tx, this.#head)
      tx.put(spaces.head, 'head', encodeRow(head))
      return head
    })
    this.#canWrite = written.ok
    if (!written.ok) return written
    this.#head = written.value
    return ok(this.counts)
  }
}

function itemAt(tx: StoreTx, position: number): OutboxRow | null {
  const bytes = tx.get(spaces.items, itemKey(position))
  return bytes === null ? null : decodeItem(bytes)
}

function put(tx: StoreTx, row: OutboxRow): void {
  tx.put(spaces.items, itemKey(row.position), encodeRow(row))
  tx.put(spaces.states, stateKey(row.state, row.position), encodeRow(row.record?.index ?? 0))
}

function move(tx: StoreTx, before: OutboxRow, after: OutboxRow): void {
  tx.delete(spaces.states, stateKey(before.state, before.position))
  put(tx, after)
}

function forget(tx: StoreTx, counts: OutboxCounts, rows: readonly OutboxRow[]): OutboxCounts {
  let left = counts
  for (const { position, state, order } of rows) {
    tx.delete(spaces.items, itemKey(position))
    tx.delete(spaces.states, stateKey(state, position))
    tx.delete(spaces.ids, order.id)
    left = counted(left, { [state]: -1 })
  }
  return left
}

function counted(counts: OutboxCounts, changes: Partial<OutboxCounts>): OutboxCounts {
  const next = { ...counts }
  // The keys of a partial count are states.
  for (const [state, by] of Object.entries(changes)) next[state as OutboxState] += by
  return next
}
