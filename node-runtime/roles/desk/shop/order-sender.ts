import { assert } from '#kit/assert'
import type { Clock } from '#ports/clock'
import type { Called } from '../../wire-calls.ts'
import type { ShopClient } from './client.ts'
import { attemptedBy, placing } from './order-answers.ts'
import type { OrderChange, OrderOutbox } from './order-outbox.ts'
import type { OrderRow } from './order-rows.ts'
import { send } from './requests.ts'

export const orderSenderLimits = {
  /** How long the shop may be silent to one attempt: longer than it takes it to say that nobody knows. */
  attemptMs: 10_000,
  /** Between attempts; twice as long each time, up to the second. For ever, until it is definite. */
  pauseMsMin: 50,
  pauseMsMax: 2_000,
} as const

export interface OrderSenderParts {
  readonly outbox: OrderOutbox
  readonly client: Pick<ShopClient, 'once'>
  readonly clock: Pick<Clock, 'now' | 'wall'>
  /** Orders that are asked for at once. */
  readonly parallelMax: number
  readonly onChange: () => void
}

interface Way {
  row: OrderRow
  isUnderWay: boolean
  /** Something was sent for it of which nobody knows what became; also by a former life of this desk. */
  isUncertain: boolean
  dueMs: number
  pauseMs: number
}

/**
 * Takes orders from the outbox to the shop, each under its own key, again and again until the shop has said yes or no.
 * Before the shop is asked the disk knows that it will be, so an order that may be placed is never taken for one that
 * was not sent; and under its key it is placed once, however often it is asked for, by whichever life of the desk.
 */
export class OrderSender {
  readonly #parts: OrderSenderParts
  readonly #ways: Map<number, Way>

  constructor(parts: OrderSenderParts) {
    this.#parts = parts
    this.#ways = new Map(parts.outbox.open().map((row) => [row.position, wayOf(row)]))
  }

  get isIdle(): boolean {
    return this.#ways.size === 0
  }

  /** Since it was taken, with those that are not written down yet. */
  attemptsOf(position: number): number | null {
    return this.#ways.get(position)?.row.attempts ?? null
  }

  /** It was never sent, or what was sent certainly did nothing. */
  canTakeBack(position: number): boolean {
    const way = this.#ways.get(position)
    return way === undefined || (!way.isUnderWay && !way.isUncertain && way.row.owes === 'place')
  }

  forget(position: number): void {
    this.#ways.delete(position)
  }

  /** These are new in the outbox. */
  add(rows: readonly OrderRow[]): void {
    for (const row of rows) if (!this.#ways.has(row.position)) this.#ways.set(row.position, wayOf(row))
    this.wake()
  }

  /** What is due, as far as there is room for it. */
  wake(): void {
    if (this.#ways.size === 0) return
    const { clock, parallelMax } = this.#parts
    const nowMs = clock.now()
    const underWay = [...this.#ways.values()].filter(({ isUnderWay }) => isUnderWay).length
    const due = [...this.#ways.values()]
      .filter((way) => !way.isUnderWay && way.dueMs <= nowMs)
      .slice(0, Math.max(0, parallelMax - underWay))
    for (const way of due) if (way.row.owes === 'place') way.row = { ...way.row, attempts: way.row.attempts + 1 }
    if (due.length === 0 || !this.#markSent(due.filter(({ row }) => row.state.kind === 'waiting'))) return
    for (const way of due) this.#send(way)
  }

  /** One transaction for all that go now. */
  #markSent(ways: readonly Way[]): boolean {
    const { outbox, clock } = this.#parts
    const changes = ways.map(({ row: { position, attempts } }): OrderChange => {
      return { position, attempts, state: { kind: 'sent' }, owes: 'place' }
    })
    if (!outbox.change(changes, clock.wall()).ok) {
      for (const way of ways) this.#pause(way)
      return false
    }
    for (const way of ways) way.row = { ...way.row, state: { kind: 'sent' } }
    return true
  }

  #send(way: Way): void {
    const { client } = this.#parts
    const { row } = way
    way.isUnderWay = true
    if (row.owes === 'empty-cart') return this.#emptyCart(way, row.form.lines.length - 1)
    client.once(placing(row.id, row.form, row.session), orderSenderLimits.attemptMs, (called) => {
      way.isUnderWay = false
      this.#told(way, called)
      this.wake()
    })
  }

  #told(way: Way, called: Called): void {
    const attempted = attemptedBy(called)
    const { session } = way.row
    switch (attempted.kind) {
      case 'placed':
        return this.#settle(way, attempted, session === null || way.row.race !== null ? null : 'empty-cart')
      case 'refused':
        return this.#settle(way, attempted, null)
      case 'unknown':
        way.isUncertain = true
        return this.#pause(way)
      case 'not-now':
        // It can be taken back again; shoppers of a race never are.
        if (!way.isUncertain && way.row.race === null) this.#write(way, { state: { kind: 'waiting' }, owes: 'place' })
        return this.#pause(way)
    }
  }

  #settle(
    way: Way,
    state: Extract<OrderRow['state'], { readonly kind: 'placed' | 'refused' }>,
    owes: 'empty-cart' | null,
  ): void {
    // A full disk forgets nothing: it is asked for again, and the answer is the same.
    if (!this.#write(way, { state, owes })) return this.#pause(way)
    way.pauseMs = orderSenderLimits.pauseMsMin
    if (owes === null) this.#ways.delete(way.row.position)
    this.#parts.onChange()
  }

  /** What was ordered leaves the cart, one product after another: each may be taken out twice. */
  #emptyCart(way: Way, index: number): void {
    const { session, form } = way.row
    const line = form.lines[index]
    if (line === undefined) {
      way.isUnderWay = false
      const { state } = way.row
      assert(state.kind === 'placed', 'only what was ordered leaves the cart')
      return this.#settle(way, state, null)
    }
    const path = `/api/carrinho/${encodeURIComponent(session ?? '')}/remover/${line.product}`
    this.#parts.client.once(send('DELETE', path), orderSenderLimits.attemptMs, (called) => {
      const isDone = called.kind === 'answered' && called.answer.status < 500
      if (isDone) return this.#emptyCart(way, index - 1)
      way.isUnderWay = false
      this.#pause(way)
    })
  }

  #write(way: Way, { state, owes }: Pick<OrderRow, 'state' | 'owes'>): boolean {
    const { outbox, clock } = this.#parts
    const { position, attempts } = way.row
    const isWritten = outbox.change([{ position, attempts, state, owes }], clock.wall()).ok
    if (isWritten) way.row = { ...way.row, state, owes }
    return isWritten
  }

  #pause(way: Way): void {
    way.dueMs = this.#parts.clock.now() + way.pauseMs
    way.pauseMs = Math.min(way.pauseMs * 2, orderSenderLimits.pauseMsMax)
  }
}

function wayOf(row: OrderRow): Way {
  return {
    row,
    isUnderWay: false,
    isUncertain: row.state.kind === 'sent',
    dueMs: Number.NEGATIVE_INFINITY,
    pauseMs: orderSenderLimits.pauseMsMin,
  }
}
