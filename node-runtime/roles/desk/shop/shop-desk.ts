import type { ShopPlan } from '#contract/worker/shop'
import {
  type ShopCall,
  type ShopCallName,
  type ShopInput,
  type ShopOutput,
  shopDeskLimits,
} from '#contract/worker/shop-calls'
import type { DeskShopStatus, DeskShopView, ShopOutboxItem } from '#contract/worker/shop-shapes'
import type { NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import type { Letter, Post, Reader } from '../../post.ts'
import type { NodePorts } from '../../role.ts'
import { WireCalls } from '../../wire-calls.ts'
import type { Done } from './asking.ts'
import { CartDesk } from './cart.ts'
import { ShopClient } from './client.ts'
import { OrderOutbox } from './order-outbox.ts'
import type { OrderRow } from './order-rows.ts'
import { OrderSender } from './order-sender.ts'
import { OrdersDesk } from './orders.ts'
import { Races } from './races.ts'
import { readReplicas, shopReads } from './reads.ts'
import { type NotaryDoor, Receipts } from './receipts.ts'
import { Staff } from './staff.ts'
import { Visitor } from './visitor.ts'

export interface ShopDeskParts {
  readonly nodeId: NodeId
  readonly plan: ShopPlan
  readonly ports: NodePorts
  readonly post: Pick<Post, 'life' | 'send'>
  readonly notary: NotaryDoor
  readonly onChange: () => void
}

const parallel = {
  /** A person has few orders on their way at once; all shoppers of a race go at the same moment. */
  ordersMax: 8,
  shoppersMax: shopDeskLimits.shoppersMax,
} as const
/** How often it is asked what the shop has chosen, while somebody looks. */
const choiceEveryMs = 2_000

type Handlers = {
  readonly [Name in ShopCallName]: (input: ShopInput<Name>, done: Done<ShopOutput<Name>>) => void
}

/** The user's side of the shop: a visitor of it, and its staff. */
export class ShopDesk {
  readonly #parts: ShopDeskParts
  readonly #client: ShopClient
  readonly #visitor: Visitor
  readonly #outbox: OrderOutbox
  readonly #sender: OrderSender
  readonly #races: Races
  readonly #cart: CartDesk
  readonly #orders: OrdersDesk
  readonly #staff: Staff
  readonly #receipts: Receipts
  readonly #handlers: Handlers
  #read: Reader = () => null
  #choice: DeskShopStatus['choice'] = null
  #choiceMs = Number.NEGATIVE_INFINITY

  constructor(parts: ShopDeskParts) {
    const { ports, plan, post, onChange, notary } = parts
    const { store, clock, wire, soon, secrets } = ports
    this.#parts = parts
    const calls = new WireCalls({ post: this.#postOf(post), clock, wire })
    const visitor = () => this.#visitor.session ?? parts.nodeId
    this.#client = new ShopClient({ gateway: plan.gateway, calls, clock, visitor, soon, onChange })
    const client = this.#client
    this.#visitor = new Visitor(store, client)
    const session = () => this.#visitor.session
    this.#outbox = new OrderOutbox(store, 'shop-order', shopDeskLimits.outboxMax)
    this.#sender = new OrderSender({ outbox: this.#outbox, client, clock, parallelMax: parallel.ordersMax, onChange })
    this.#staff = new Staff(client, plan.staffToken)
    const staff = this.#staff
    const shoppers = new OrderOutbox(store, 'shop-shopper', (shopDeskLimits.racesKept + 1) * shopDeskLimits.shoppersMax)
    const racing = new OrderSender({ outbox: shoppers, client, clock, parallelMax: parallel.shoppersMax, onChange })
    this.#races = new Races({ plan, store, clock, client, staff, outbox: shoppers, sender: racing, onChange })
    this.#cart = new CartDesk(client, this.#visitor)
    this.#orders = new OrdersDesk({
      ...{ client, session, signed: (request) => staff.signed(request) },
      receiptOf: (order) => this.#receipts.stateOf(order),
    })
    this.#receipts = new Receipts({ store, orders: this.#orders, notary, sha256: secrets.sha256 })
    this.#handlers = { ...this.#visiting(), ...this.#ordering(), ...this.#reading(), ...this.#keeping() }
  }

  get view(): DeskShopView {
    return { outbox: this.#outbox.counts, isRacing: this.#races.isRacing }
  }

  get canWrite(): boolean {
    return this.#outbox.canWrite
  }

  /** What the gateway says. */
  heard(letter: Letter): ReturnType<Reader> {
    return this.#read(letter)
  }

  tick(): void {
    this.#client.look()
    this.#sender.wake()
    this.#races.tick()
  }

  answer({ name, input }: ShopCall, done: Done<unknown>): void {
    // A name with its own input, which the union cannot see.
    const handler = this.#handlers[name] as (input: unknown, done: Done<unknown>) => void
    handler(input, done)
  }

  /** Answers of the API come to the desk, whoever gave them; it hands those of the gateway over. */
  #postOf({ life, send }: ShopDeskParts['post']): Pick<Post, 'life' | 'read' | 'send'> {
    const read = (_: readonly string[], reader: Reader): void => {
      this.#read = reader
    }
    return { life, send, read }
  }

  #visiting() {
    return {
      'shop.status': (_, done) => {
        this.#lookAtChoice()
        done(ok(this.#status))
      },
      'shop.leave': (_, done) => {
        const left = this.#visitor.leave()
        done(left.ok ? ok(this.#status) : left)
        this.#parts.onChange()
      },
      'shop.cart': (_, done) => this.#cart.cart(done),
      'shop.addToCart': (input, done) => this.#cart.add(input, done),
      'shop.setInCart': (input, done) => this.#cart.set(input, done),
      'shop.clearCart': (_, done) => this.#cart.clear(done),
    } satisfies Partial<Handlers>
  }

  #ordering() {
    return {
      'shop.order': (input, done) => done(this.#order(input)),
      'shop.outbox': ({ after, limit }, done) => {
        const { items, next } = this.#outbox.page({ before: after, limit })
        done(ok({ items: items.map((row) => this.#item(row)), next, counts: this.#outbox.counts }))
      },
      'shop.takeBack': ({ id }, done) => done(this.#takeBack(id)),
      'shop.orders': (input, done) => this.#orders.page(input, done),
      'shop.orderById': ({ order }, done) => this.#orders.one(order, done),
      'shop.cancel': ({ order }, done) => this.#orders.move({ order, to: 'cancelled' }, false, done),
      'shop.registerReceipt': (input, done) => {
        this.#receipts.register(input, (result) => {
          done(result)
          this.#parts.onChange()
        })
      },
      'shop.receipt': ({ order }, done) => this.#receipts.receipt(order, done),
      'shop.checkReceipt': ({ order }, done) => this.#receipts.check(order, done),
    } satisfies Partial<Handlers>
  }

  #reading() {
    const client = this.#client
    return {
      'shop.categories': (input, done) => shopReads['shop.categories'](client, input, done),
      'shop.products': (input, done) => shopReads['shop.products'](client, input, done),
      'shop.product': (input, done) => shopReads['shop.product'](client, input, done),
      'shop.art': (input, done) => shopReads['shop.art'](client, input, done),
      'shop.checkout': (input, done) => shopReads['shop.checkout'](client, input, done),
      'shop.ledger': (input, done) => shopReads['shop.ledger'](client, input, done),
      'shop.reservations': (input, done) => shopReads['shop.reservations'](client, input, done),
      'shop.replicas': (_, done) => readReplicas(client, this.#parts.plan.catalogues, done),
    } satisfies Partial<Handlers>
  }

  #keeping() {
    const staff = this.#staff
    return {
      'shop.choose': (input, done) => {
        staff.choose(input, (result) => {
          if (result.ok) this.#learnChoice(input.choice)
          done(result)
        })
      },
      'shop.moveOrder': (input, done) => this.#orders.move(input, true, done),
      'shop.changeStock': (input, done) => staff.changeStock(input, done),
      'shop.addProduct': (input, done) => staff.addProduct(input, done),
      'shop.changeProduct': (input, done) => staff.changeProduct(input, done),
      'shop.addCategory': (input, done) => staff.addCategory(input, done),
      'shop.race': (input, done) => this.#races.start(input, done),
      'shop.raceById': ({ id }, done) => done(ok({ race: this.#races.byId(id) })),
      'shop.races': (_, done) => done(ok({ races: this.#races.summaries })),
    } satisfies Partial<Handlers>
  }

  get #status(): DeskShopStatus {
    const { silentSinceWallMs, last } = this.#client
    return {
      gateway: this.#parts.plan.gateway,
      session: this.#visitor.session,
      choice: this.#choice,
      isAnswering: silentSinceWallMs === null,
      silentSinceWallMs,
      last,
      outbox: this.#outbox.counts,
    }
  }

  #order({ id, form }: ShopInput<'shop.order'>): Result<ShopOutboxItem> {
    const { clock } = this.#parts.ports
    const taken = this.#outbox.take([{ id, race: null, session: this.#visitor.session, form }], clock.wall())
    if (!taken.ok) return taken
    const row = this.#outbox.find(id)
    if (row === null) return fail('internal', 'an order that was taken is not there')
    if (row.owes !== null) this.#sender.add([row])
    this.#parts.onChange()
    return ok(this.#item(row))
  }

  #item(row: OrderRow): ShopOutboxItem {
    const { id, position, form, state, takenWallMs, settledWallMs } = row
    const attempts = this.#sender.attemptsOf(position) ?? row.attempts
    return { id, position, form, state, attempts, takenWallMs, settledWallMs }
  }

  #takeBack(id: string): Result<null> {
    const row = this.#outbox.find(id)
    if (row === null) return ok(null)
    if (!this.#sender.canTakeBack(row.position)) {
      return fail('does-not-apply', 'the shop was asked, and may have placed it already')
    }
    const removed = this.#outbox.remove([row])
    if (removed.ok) {
      this.#sender.forget(row.position)
      this.#parts.onChange()
    }
    return removed
  }

  /** Somebody looks, and may want to know. */
  #lookAtChoice(): void {
    const nowMs = this.#parts.ports.clock.now()
    if (nowMs - this.#choiceMs < choiceEveryMs) return
    this.#choiceMs = nowMs
    readReplicas(this.#client, this.#parts.plan.catalogues, (result) => {
      if (result.ok) this.#learnChoice(result.value.choice)
    })
  }

  #learnChoice(choice: NonNullable<DeskShopStatus['choice']>): void {
    if (this.#choice === choice) return
    this.#choice = choice
    this.#parts.onChange()
  }
}
