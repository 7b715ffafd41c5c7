import { assert, unreachable } from '#kit/assert'
import type { StateTx, StateView } from '#kit/state-machine'
import { orderLimits } from '../limits.ts'
import type { CatalogueOutcome, OrderDeed, OrderId, SoldLine } from '../messages.ts'
import type {
  Order,
  OrderState,
  OrdersAnswer,
  OrdersInput,
  OrdersOutput,
  Placing,
  Refusal,
  RequestNumber,
} from '../order-messages.ts'
import { Keys } from './keys.ts'
import { isPlacing } from './placing.ts'
import { orderById, putIntoLists, putOrder } from './reading.ts'
import { attemptRows, getRow, orderSpaces, owingRows, putRow, readOrdersHead, writeOrdersHead } from './rows.ts'
import { askOf, type Saga, type Stage, sagaOf, sagasLeft } from './sagas.ts'

/** Where a step writes, and the time that it writes down. No wait is counted by it. */
export interface StepAt {
  readonly tx: StateTx
  readonly atMs: number
}

type MoveInput = Extract<OrdersInput, { readonly kind: 'move' }>

/**
 * Orders as sagas over the catalogue. SPEC.md has the rules. What a step gives back is performed when what it wrote is on
 * the disk; if that fails, this core is thrown away and another one made from the disk.
 */
export class OrdersCore {
  readonly #sagas: Map<OrderId, Saga>
  readonly #keys = new Keys()

  constructor(view: StateView) {
    this.#sagas = sagasLeft(view)
  }

  /** Orders that are neither done nor undone. */
  get runningCount(): number {
    return this.#sagas.size
  }

  step(input: OrdersInput, at: StepAt): OrdersOutput {
    const turn = new Turn({ ...at, atMs: Math.floor(at.atMs) })
    switch (input.kind) {
      case 'place':
        this.#place(turn, input.request, input.placing)
        return turn
      case 'move':
        this.#move(turn, input)
        return turn
      case 'told':
        this.#told(turn, input.ask, input.outcome)
        return turn
      case 'unanswered':
        this.#unanswered(input.ask)
        return turn
      case 'tick':
        this.#tick(turn)
        return turn
      default:
        return unreachable(input)
    }
  }

  #place(turn: Turn, request: RequestNumber, placing: Placing): void {
    const { tx } = turn
    if (!isPlacing(placing)) return turn.answer(request, malformed)
    const known = this.#keys.known(tx, placing.key)
    if (known !== null) {
      if (!this.#keys.isSame(known, placing)) return turn.answer(request, { kind: 'key-reused' })
      if (known.refusal !== null) return turn.answer(request, { kind: 'refused', ...known.refusal })
      return turn.answer(request, this.#again(tx, known.order))
    }
    if (this.#sagas.size >= orderLimits.runningMax) return turn.answer(request, { kind: 'busy' })
    const isNew = orderById(tx, placing.order) === null && getRow(tx, attemptRows, placing.order) === null
    if (!isNew) return turn.answer(request, malformed)
    putRow(tx, attemptRows, placing.order, { placing, stage: 'reserving' })
    this.#keys.take(tx, placing)
    this.#begin(turn, sagaOf(placing.order, { kind: 'reserving', placing }, request))
  }

  /** What an order says to whoever asks for it again. */
  #again(tx: StateTx, id: OrderId): OrdersAnswer {
    const order = orderById(tx, id)
    if (order === null || order.owes === 'confirm') return { kind: 'running', order: id }
    return order.refusal === null ? { kind: 'placed', order, isRepeat: true } : { kind: 'refused', ...order.refusal }
  }

  #move(turn: Turn, { request, order: id, to, by }: MoveInput): void {
    const order = orderById(turn.tx, id)
    if (order === null) return turn.answer(request, { kind: 'unknown-order' })
    if (order.state === 'received') return turn.answer(request, { kind: 'running', order: id })
    if (order.state === to) {
      const saga = this.#sagas.get(id)
      if (saga === undefined) return turn.answer(request, { kind: 'moved', order })
      return void saga.waiting.push(request)
    }
    if (!waysFrom[order.state].includes(to)) return turn.answer(request, { kind: 'not-allowed', order })
    const isCancelled = to === 'cancelled'
    const moved = changed(order, turn.atMs, { state: to, by })
    const pickedUpAtMs = to === 'picked-up' ? turn.atMs : order.pickedUpAtMs
    const written: Order = { ...moved, pickedUpAtMs, owes: isCancelled ? 'give-back' : null }
    putOrder(turn.tx, written)
    if (!isCancelled) return turn.answer(request, { kind: 'moved', order: written })
    putRow(turn.tx, owingRows, id, 'give-back')
    this.#begin(turn, sagaOf(id, { kind: 'giving-back' }, request))
  }

  #told(turn: Turn, ask: OrderDeed, outcome: CatalogueOutcome): void {
    const saga = this.#sagas.get(ask.order)
    // It was asked at an earlier stage, or answered twice.
    if (saga === undefined || askOf(saga).kind !== ask.kind) return
    const { stage } = saga
    switch (stage.kind) {
      case 'reserving':
        return this.#reserved(turn, saga, { placing: stage.placing, outcome })
      case 'undoing':
        return this.#undone(turn, saga)
      case 'confirming':
        return this.#confirmed(turn, saga, outcome)
      case 'giving-back':
        return this.#gaveBack(turn, saga)
      default:
        return unreachable(stage)
    }
  }

  #reserved(
    turn: Turn,
    saga: Saga,
    { placing, outcome }: { readonly placing: Placing; readonly outcome: CatalogueOutcome },
  ): void {
    const { tx, atMs } = turn
    if (outcome.kind === 'refused') {
      const { why, lines } = outcome
      tx.delete(orderSpaces.attempts, saga.order)
      this.#keys.refuse(tx, placing, { refusal: { why, lines }, atMs })
      return this.#end(turn, saga, { kind: 'refused', why, lines })
    }
    const { result } = outcome
    if (result.kind !== 'reserved') return
    this.#write(turn, placing, result)
    this.#goOn(turn, saga, { kind: 'confirming' })
  }

  /** From here on it is an order, and there is no way back. */
  #write(turn: Turn, placing: Placing, reserved: Pick<Order, 'totalCents'> & { lines: readonly SoldLine[] }): void {
    const { tx, atMs } = turn
    const head = readOrdersHead(tx)
    const { order: id, key, session, customer } = placing
    const order: Order = {
      id,
      number: head.orders + 1,
      state: 'received',
      owes: 'confirm',
      key,
      session,
      customer,
      lines: reserved.lines,
      totalCents: reserved.totalCents,
      createdAtMs: atMs,
      updatedAtMs: atMs,
      pickedUpAtMs: null,
      refusal: null,
      history: [{ state: 'received', atMs, by: 'shop' }],
    }
    writeOrdersHead(tx, { ...head, orders: order.number })
    putOrder(tx, order)
    putIntoLists(tx, order)
    putRow(tx, owingRows, id, 'confirm')
    tx.delete(orderSpaces.attempts, id)
  }

  /** What it had is there again, also for whoever asks under the same key. */
  #undone({ tx }: Turn, saga: Saga): void {
    const attempt = getRow(tx, attemptRows, saga.order)
    if (attempt !== null) this.#keys.free(tx, attempt.placing)
    tx.delete(orderSpaces.attempts, saga.order)
    this.#sagas.delete(saga.order)
  }

  #confirmed(turn: Turn, saga: Saga, outcome: CatalogueOutcome): void {
    if (outcome.kind !== 'refused') {
      const order = this.#settle(turn, saga, { state: 'stock-confirmed', refusal: null })
      return this.#end(turn, saga, { kind: 'placed', order, isRepeat: false })
    }
    const { why, lines } = outcome
    this.#settle(turn, saga, { state: 'cancelled', refusal: { why, lines } })
    this.#end(turn, saga, { kind: 'refused', why, lines })
  }

  #gaveBack(turn: Turn, saga: Saga): void {
    const order = this.#settle(turn, saga, null)
    this.#end(turn, saga, { kind: 'moved', order })
  }

  /** The catalogue has done what it owed. */
  #settle(turn: Turn, saga: Saga, to: { readonly state: OrderState; readonly refusal: Refusal | null } | null): Order {
    const order = orderById(turn.tx, saga.order)
    assert(order !== null, `an order that owes something is there: ${saga.order}`)
    const moved = to === null ? order : changed(order, turn.atMs, { state: to.state, by: 'shop' })
    const settled: Order = { ...moved, owes: null, refusal: to === null ? order.refusal : to.refusal }
    putOrder(turn.tx, settled)
    turn.tx.delete(orderSpaces.owing, order.id)
    return settled
  }

  #unanswered(ask: OrderDeed): void {
    const saga = this.#sagas.get(ask.order)
    if (saga === undefined || askOf(saga).kind !== ask.kind) return
    saga.ticksToAsk = orderLimits.askAgainTicks
  }

  #tick(turn: Turn): void {
    for (const saga of this.#sagas.values()) {
      const { stage } = saga
      if (stage.kind === 'reserving') {
        saga.patienceTicks -= 1
        if (saga.patienceTicks <= 0) this.#undo(turn, saga, stage.placing)
      }
      saga.ticksToAsk -= 1
      if (saga.ticksToAsk <= 0) this.#ask(turn, saga)
    }
    this.#keys.forgetSome(turn.tx, turn.atMs)
  }

  /** Its key stays taken for now: asked again at once it would be refused for what it has reserved itself. */
  #undo(turn: Turn, saga: Saga, placing: Placing): void {
    putRow(turn.tx, attemptRows, saga.order, { placing, stage: 'undoing' })
    for (const request of saga.waiting.splice(0)) turn.answer(request, { kind: 'unavailable' })
    this.#goOn(turn, saga, { kind: 'undoing' })
  }

  #begin(turn: Turn, saga: Saga): void {
    this.#sagas.set(saga.order, saga)
    this.#ask(turn, saga)
  }

  #goOn(turn: Turn, saga: Saga, stage: Stage): void {
    saga.stage = stage
    this.#ask(turn, saga)
  }

  #ask(turn: Turn, saga: Saga): void {
    saga.ticksToAsk = orderLimits.askLostTicks
    turn.asks.push(askOf(saga))
  }

  #end(turn: Turn, saga: Saga, answer: OrdersAnswer): void {
    this.#sagas.delete(saga.order)
    for (const request of saga.waiting) turn.answer(request, answer)
  }
}

/** One step: where it writes, and what is to be performed afterwards. */
class Turn implements OrdersOutput {
  readonly tx: StateTx
  readonly atMs: number
  readonly asks: OrderDeed[] = []
  readonly answers: { readonly request: RequestNumber; readonly answer: OrdersAnswer }[] = []

  constructor({ tx, atMs }: StepAt) {
    this.tx = tx
    this.atMs = atMs
  }

  answer(request: RequestNumber, answer: OrdersAnswer): void {
    this.answers.push({ request, answer })
  }
}

const malformed: OrdersAnswer = { kind: 'refused', why: 'malformed', lines: [] }

/** Where people may take an order. The rest it goes by itself. */
const waysFrom: { readonly [From in OrderState]: readonly OrderState[] } = {
  received: [],
  'stock-confirmed': ['ready', 'cancelled'],
  ready: ['picked-up', 'cancelled'],
  'picked-up': [],
  cancelled: [],
}

function changed(
  order: Order,
  atMs: number,
  { state, by }: { readonly state: OrderState; readonly by: string },
): Order {
  return { ...order, state, updatedAtMs: atMs, history: [...order.history, { state, atMs, by }] }
}
