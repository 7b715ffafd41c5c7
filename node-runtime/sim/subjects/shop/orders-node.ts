import { newestOrders } from '#cores/shop/index'
import type { CatalogueDeed, CatalogueOutcome, OrderDeed } from '#cores/shop/messages'
import type { Order, OrdersAnswer, OrdersInput, Placing } from '#cores/shop/order-messages'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { StateView } from '#kit/state-machine'
import type { NodeHands, Program } from '../../subject.ts'
import { CatalogueClient } from './catalogue-client.ts'
import { OrdersDesk } from './desk.ts'
import type { ShopParts } from './parts.ts'
import { isRacer, Racers } from './racers.ts'
import { raceIn } from './settings.ts'
import { products, Shoppers } from './shoppers.ts'
import { nothingShown, type ShopView, type ShopWords } from './words.ts'

const wallZeroMs = 1_795_225_120_000
/** In calm somebody who waits asks again so often. */
const askAgainTicks = 10

type Waiting = { readonly kind: 'place'; readonly placing: Placing } | { readonly kind: 'move'; readonly to: string }

/** Orders over a catalogue, with people who order and a staff. In calm they ask until all is known, and look once more. */
export class OrdersNode implements Program<ShopWords> {
  readonly #hands: NodeHands<ShopWords>
  readonly #random: Random
  readonly #catalogue: CatalogueClient
  readonly #shoppers: Shoppers
  readonly #racers: Racers
  readonly #desk: OrdersDesk
  #inbox: OrdersInput[] = []
  readonly #waiting = new Map<number, Waiting>()
  readonly #asked = new Set<string>()
  #unknown: CatalogueDeed[] = []
  #requests = 0
  #hasBegun = false
  /** Products that are still to be looked at once more. */
  readonly #toRead = new Set<number>(products)
  #isReading = false
  #hasShownOrders = false

  constructor(hands: NodeHands<ShopWords>, parts: ShopParts) {
    this.#hands = hands
    this.#random = hands.random.fork('shoppers')
    this.#catalogue = new CatalogueClient(hands)
    const { keys = 12 } = hands.scenario.settings
    const { life } = this.#catalogue.group
    this.#shoppers = new Shoppers(hands.random.fork('wishes'), { keys, life })
    this.#racers = new Racers({ ...raceIn(hands.scenario), life })
    this.#desk = new OrdersDesk(hands.store, parts)
    this.#showOrders()
    hands.clock.every(hands.scenario.tickMs, () => {
      this.#tick()
      this.#catalogue.group.later.finish()
    })
  }

  get view(): ShopView {
    return { ...nothingShown, id: this.#hands.id, role: 'orders', isDone: this.#isAtRest && this.#hasShownOrders }
  }

  receive(from: NodeId, { bytes }: ShopWords['message']): void {
    this.#catalogue.group.receive(from, bytes)
  }

  setFaults(): void {}

  get #isQuiet(): boolean {
    const waiting = this.#inbox.length + this.#waiting.size + this.#unknown.length + this.#catalogue.underWay
    return waiting + this.#desk.runningCount === 0
  }

  get #isAtRest(): boolean {
    return this.#isQuiet && !this.#shoppers.isWaiting && !this.#racers.isWaiting
  }

  #tick(): void {
    const { scenario, clock } = this.#hands
    const tick = Math.floor(clock.now() / scenario.tickMs)
    if (!this.#hasBegun) this.#begin()
    const unknown = this.#unknown
    this.#unknown = []
    for (const deed of unknown) this.#propose([deed])
    for (const placing of this.#racers.due(tick)) this.#place(placing)
    if (tick < scenario.ticksOfTrouble) this.#wish()
    else this.#finish(tick)
    this.#inbox.push({ kind: 'tick' })
    this.#take()
  }

  /** The seed is there after the first command, and things have a price that is known. */
  #begin(): void {
    this.#hasBegun = true
    this.#propose([{ kind: 'expire' }])
  }

  #wish(): void {
    const { orders = 0, moves = 0, staff = 0, reads = 0 } = this.#hands.scenario.settings
    if (this.#random.below(1_000) < orders) this.#place(this.#shoppers.placing())
    if (this.#random.below(1_000) < moves) this.#move()
    if (this.#random.below(1_000) < staff) this.#propose([this.#shoppers.staffDeed()])
    if (this.#random.below(1_000) < staff) this.#propose([{ kind: 'expire' }])
    if (this.#random.below(1_000) < reads && !this.#isReading) this.#read(this.#random.pick(products), false)
  }

  /** Everything that is still under way comes to its end first: what is uncertain may happen until then. */
  #finish(tick: number): void {
    // One after the other: whoever asks again while too much is asked already gets nowhere, and nobody else either.
    const again = tick % askAgainTicks === 0 && this.#isQuiet ? this.#shoppers.again() : null
    if (again !== null) this.#place(again)
    if (!this.#isAtRest || this.#isReading) return
    const [product] = this.#toRead
    if (product !== undefined) return this.#read(product, true)
    if (!this.#hasShownOrders) this.#showOrders()
    this.#hasShownOrders = true
  }

  #place(placing: Placing): void {
    this.#hands.note({ kind: 'placing', placing })
    this.#inbox.push({ kind: 'place', request: this.#request({ kind: 'place', placing }), placing })
  }

  #move(): void {
    const move = this.#shoppers.move()
    if (move === null) return
    const request = this.#request({ kind: 'move', to: move.to })
    this.#inbox.push({ kind: 'move', request, ...move, by: 'bia' })
  }

  #request(waiting: Waiting): number {
    this.#requests += 1
    this.#waiting.set(this.#requests, waiting)
    return this.#requests
  }

  #take(): void {
    const inputs = this.#inbox
    this.#inbox = []
    const outputs = this.#desk.take(inputs, wallZeroMs + this.#hands.clock.wall())
    if (outputs === null) {
      // Nobody who waits is answered by this one any more.
      this.#waiting.clear()
      this.#racers.forget()
      return this.#hands.note({ kind: 'disk-failed' })
    }
    this.#ask(outputs.flatMap(({ asks }) => asks))
    for (const { request, answer } of outputs.flatMap(({ answers }) => answers)) this.#answer(request, answer)
  }

  #ask(asks: readonly OrderDeed[]): void {
    if (asks.length === 0) return
    const isGathered = this.#hands.scenario.settings.isGathered !== 0
    for (const deeds of isGathered ? [asks] : asks.map((ask) => [ask])) this.#propose(deeds)
  }

  #propose(deeds: readonly CatalogueDeed[]): void {
    for (const deed of deeds) this.#noteAsked(deed)
    this.#catalogue.propose(deeds, (outcomes) => {
      for (const [at, deed] of deeds.entries()) this.#heard(deed, outcomes?.[at] ?? null)
    })
  }

  #noteAsked(deed: CatalogueDeed): void {
    const name = nameOf(deed)
    if (deed.kind === 'expire' || this.#asked.has(name)) return
    this.#asked.add(name)
    this.#hands.note({ kind: 'deed-asked', deed })
  }

  #heard(deed: CatalogueDeed, outcome: CatalogueOutcome | null): void {
    if (outcome !== null && deed.kind !== 'expire') this.#hands.note({ kind: 'deed-told', deed, outcome })
    const isOfOrder = 'order' in deed
    if (isOfOrder)
      this.#inbox.push(outcome === null ? { kind: 'unanswered', ask: deed } : { kind: 'told', ask: deed, outcome })
    // The staff asks for the same again until it knows, but not in the same moment.
    else if (outcome === null) this.#unknown.push(deed)
  }

  #answer(request: number, answer: OrdersAnswer): void {
    const waiting = this.#waiting.get(request)
    this.#waiting.delete(request)
    if (waiting === undefined) return
    if (waiting.kind === 'move') return this.#hands.note({ kind: 'moved-or-not', to: waiting.to, answer })
    this.#hands.note({ kind: 'placed-or-not', placing: waiting.placing, answer })
    if (isRacer(waiting.placing)) this.#racers.learn(waiting.placing, answer)
    else this.#shoppers.learn(waiting.placing, answer)
  }

  #read(product: number, isFinal: boolean): void {
    const { clock, scenario } = this.#hands
    const askedTick = Math.floor(clock.now() / scenario.tickMs)
    this.#isReading = true
    this.#catalogue.available(product, (available) => {
      this.#isReading = false
      if (available === null) return
      if (isFinal) this.#toRead.delete(product)
      this.#hands.note({ kind: 'read', product, askedTick, available, isFinal: isFinal && this.#toRead.size === 0 })
    })
  }

  #showOrders(): void {
    this.#hands.note({ kind: 'orders', orders: ordersIn(this.#hands.store.view()) })
  }
}

function nameOf(deed: CatalogueDeed): string {
  if ('order' in deed) return `${deed.kind} ${deed.order}`
  return 'id' in deed ? deed.id : deed.kind
}

function ordersIn(view: StateView): readonly Order[] {
  const orders: Order[] = []
  for (let before: number | null = null; ; ) {
    const page = newestOrders(view, { before, limit: 200 })
    orders.push(...page.orders)
    if (page.next === null) return orders
    before = page.next
  }
}
