import { newestOrders, OrdersCore, orderById, ordersByPhone, ordersBySession } from '#cores/shop/index'
import { shopLimits } from '#cores/shop/limits'
import type { OrderDeed } from '#cores/shop/messages'
import type { Order, OrderPage, OrdersAnswer, OrdersInput, OrdersOutput, Placing } from '#cores/shop/order-messages'
import { assert } from '#kit/assert'
import { toHex } from '#kit/hex'
import { fail, ok, type Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { ShopCatalogue } from '#ports/shop-catalogue'
import type { OrderMove, OrdersOf, PageOfOrders, Placed, ShopOrders } from '#ports/shop-orders'
import type { Store } from '#ports/store'
import { OneTurn } from '../one-turn.ts'

export interface KeptOrdersParts {
  readonly store: Store
  readonly clock: Pick<Clock, 'now' | 'wall'>
  readonly soon: (work: () => void) => void
  readonly catalogue: ShopCatalogue
  /** 32 bytes that nobody can guess. */
  readonly freshKey: () => Uint8Array
}

export const keptOrdersLimits = {
  /** What is asked waits so long for its end. Then nobody knows, and whoever asked looks, or asks again under the same key. */
  answerWithinMs: 8_000,
} as const

interface Open {
  readonly dueMs: number
  readonly done: (result: Result<Placed>) => void
}

type Input = OrdersInput & { readonly isOfBatch?: never }

/**
 * Orders on the disk of this node. A turn of the loop is one transaction of the saga; what it asks of the catalogue and
 * what it answers goes out after that, and so nothing is said that a kill could undo.
 */
export class KeptOrders implements ShopOrders {
  readonly #parts: KeptOrdersParts
  readonly #turn: OneTurn<Input, OrdersOutput>
  readonly #open = new Map<number, Open>()
  #core: OrdersCore
  #lastRequest = 0
  #position = 0
  #isFinding = false
  #placed = 0
  #refused = 0

  constructor(parts: KeptOrdersParts) {
    this.#parts = parts
    const { store, soon, clock } = parts
    this.#core = new OrdersCore(store.view())
    this.#turn = new OneTurn({
      store,
      soon,
      step: (tx, inputs) => inputs.map((input) => this.#core.step(input, { tx, atMs: clock.wall() })),
      undone: () => this.#undone(),
    })
  }

  /** Requests that wait for their end. */
  get running(): number {
    return this.#open.size
  }

  get counts(): { readonly placed: number; readonly refused: number } {
    return { placed: this.#placed, refused: this.#refused }
  }

  get canWrite(): boolean {
    return this.#turn.canWrite
  }

  place(order: Omit<Placing, 'order'>, done: (result: Result<Placed>) => void): void {
    const request = this.#await(done)
    this.#take({ kind: 'place', request, placing: { ...order, order: this.#freshId() } })
  }

  move({ order, to, by }: OrderMove, done: (result: Result<Placed>) => void): void {
    this.#take({ kind: 'move', request: this.#await(done), order, to, by })
  }

  byId(id: string, done: (result: Result<Order | null>) => void): void {
    this.#parts.soon(() => done(ok(orderById(this.#parts.store.view(), id))))
  }

  list(of: OrdersOf, page: PageOfOrders, done: (result: Result<OrderPage>) => void): void {
    this.#parts.soon(() => done(ok(this.#page(of, page))))
  }

  probe(): void {
    this.#turn.probe()
  }

  /** Every tick of the saga; what a former life has left is taken up at the first. */
  tick(): void {
    this.#take({ kind: 'tick' })
    this.#findPosition()
    const nowMs = this.#parts.clock.now()
    for (const [request, { dueMs, done }] of this.#open) {
      if (nowMs < dueMs) continue
      this.#open.delete(request)
      done(tooSlow)
    }
  }

  /** Where the log is, for answers to what a former life did: whoever reads from there on sees it. */
  #findPosition(): void {
    if (this.#position > 0 || this.#isFinding) return
    this.#isFinding = true
    this.#parts.catalogue.act([{ kind: 'expire' }], (result) => {
      this.#isFinding = false
      if (result.ok) this.#position = Math.max(this.#position, result.value.position)
    })
  }

  #page(of: OrdersOf, page: PageOfOrders): OrderPage {
    const view = this.#parts.store.view()
    switch (of.kind) {
      case 'phone':
        return ordersByPhone(view, of.phone, page)
      case 'session':
        return ordersBySession(view, of.session, page)
      case 'all':
        return newestOrders(view, page)
    }
  }

  #await(done: (result: Result<Placed>) => void): number {
    this.#lastRequest += 1
    const dueMs = this.#parts.clock.now() + keptOrdersLimits.answerWithinMs
    this.#open.set(this.#lastRequest, { dueMs, done })
    return this.#lastRequest
  }

  #take(input: Input): void {
    this.#turn.add(input, (result) => {
      if (result.ok) return this.#perform(result.value)
      // Of what was told by the catalogue, and not kept, the next tick asks again.
      const isAsked = input.kind === 'place' || input.kind === 'move'
      if (isAsked) this.#settle(input.request, result)
    })
  }

  #perform({ asks, answers }: OrdersOutput): void {
    for (let first = 0; first < asks.length; first += shopLimits.deedsPerCommandMax) {
      this.#ask(asks.slice(first, first + shopLimits.deedsPerCommandMax))
    }
    for (const { request, answer } of answers) {
      this.#count(answer)
      this.#settle(request, ok({ answer, position: this.#position }))
    }
  }

  #ask(asks: readonly OrderDeed[]): void {
    this.#parts.catalogue.act(asks, (result) => {
      if (result.ok) this.#position = Math.max(this.#position, result.value.position)
      for (const [place, ask] of asks.entries()) {
        const outcome = result.ok ? result.value.outcomes[place] : undefined
        this.#take(outcome === undefined ? { kind: 'unanswered', ask } : { kind: 'told', ask, outcome })
      }
    })
  }

  #settle(request: number, result: Result<Placed>): void {
    const open = this.#open.get(request)
    this.#open.delete(request)
    open?.done(result)
  }

  #count({ kind }: OrdersAnswer): void {
    if (kind === 'placed') this.#placed += 1
    if (kind === 'refused') this.#refused += 1
  }

  /** Nothing of the turn is on the disk, and what the saga remembers of it is gone with it. */
  #undone(): void {
    this.#core = new OrdersCore(this.#parts.store.view())
    for (const request of [...this.#open.keys()]) this.#settle(request, notKept)
  }

  /** In the order of time, and not to be guessed. */
  #freshId(): string {
    const { clock, freshKey } = this.#parts
    const at = Math.max(0, Math.floor(clock.wall())).toString(16).padStart(timeDigits, '0')
    const id = `${at}${toHex(freshKey()).slice(0, chanceDigits)}`
    assert(id.length === timeDigits + chanceDigits, 'a time that can be counted with')
    return id
  }
}

const timeDigits = 12
const chanceDigits = 20

const tooSlow = fail('timed-out', 'the order has no end yet; ask for it, or again under the same key')
const notKept = fail('timed-out', 'the disk takes nothing now; nobody knows what became of it')
