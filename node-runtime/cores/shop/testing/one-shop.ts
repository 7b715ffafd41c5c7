import { MapState } from '#cores/notary/testing/one-notary'
import { OrdersCore } from '../index.ts'
import type { OrderDeed } from '../messages.ts'
import type { Order, OrderState, OrdersAnswer, OrdersInput, OrdersOutput, Placing } from '../order-messages.ts'
import { orderById } from '../orders/reading.ts'
import { OneCatalogue } from './one-catalogue.ts'

/** An orders node with a catalogue that answers when it is told to. */
export class OneShop {
  readonly catalogue = new OneCatalogue()
  disk = new MapState()
  core = new OrdersCore(this.disk)
  atMs = 1_795_225_120_000
  /** Asked, and not carried out yet. */
  readonly asked: OrderDeed[] = []
  readonly answers = new Map<number, OrdersAnswer>()
  #request = 0

  constructor() {
    this.catalogue.apply()
  }

  step(input: OrdersInput): OrdersOutput {
    this.atMs += 1
    const output = this.core.step(input, { tx: this.disk, atMs: this.atMs })
    this.asked.push(...output.asks)
    for (const { request, answer } of output.answers) this.answers.set(request, answer)
    return output
  }

  /** Gives the request's number. */
  place(order: string, what: Partial<Placing> = {}): number {
    this.#request += 1
    this.step({ kind: 'place', request: this.#request, placing: placingOf(order, what) })
    return this.#request
  }

  move(order: string, to: OrderState): number {
    this.#request += 1
    this.step({ kind: 'move', request: this.#request, order, to, by: 'bia' })
    return this.#request
  }

  tick(times = 1): void {
    for (let tick = 0; tick < times; tick += 1) this.step({ kind: 'tick' })
  }

  /** The catalogue does what it was asked for, and says so if it can. */
  serve({ isHeard = true }: { readonly isHeard?: boolean } = {}): void {
    for (const ask of this.asked.splice(0)) {
      const outcome = this.catalogue.do(ask)
      this.step(isHeard ? { kind: 'told', ask, outcome } : { kind: 'unanswered', ask })
    }
  }

  /** Nothing of what was asked arrives. */
  lose(): void {
    for (const ask of this.asked.splice(0)) this.step({ kind: 'unanswered', ask })
  }

  /** Until nothing is asked any more. */
  settle(): void {
    for (let turn = 0; turn < 20; turn += 1) {
      this.tick(10)
      while (this.asked.length > 0) this.serve()
    }
  }

  /** A life ends, and another one begins with what is on the disk. */
  start(): void {
    this.asked.length = 0
    this.core = new OrdersCore(this.disk)
  }

  said(request: number): string {
    const answer = this.answers.get(request)
    return answer?.kind === 'refused' ? answer.why : (answer?.kind ?? 'nothing')
  }

  order(id: string): Order | null {
    return orderById(this.disk, id)
  }

  state(id: string): string {
    return this.order(id)?.state ?? 'none'
  }
}

export function placingOf(order: string, what: Partial<Placing> = {}): Placing {
  return {
    order,
    key: null,
    body: 'body',
    session: null,
    customer: { name: 'Ana', phone: '(11) 98888-7777', pickupName: 'Ana', pickupDate: '2026-11-23', message: '' },
    lines: [{ product: 1, quantity: 1, priceCents: null }],
    totalCents: null,
    ...what,
  }
}
