import type { ShopPlan } from '#contract/worker/shop'
import type { ShopCall, ShopCallName, ShopInput, ShopOutput } from '#contract/worker/shop-calls'
import type { OrderForm, ShopOutboxItem } from '#contract/worker/shop-shapes'
import { LamportClock } from '#cores/clocks/lamport'
import { nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { apiAnswerKind, apiRequestKind, decodeApiRequest, encodeApiAnswer } from '../../../api-codec.ts'
import { Post } from '../../../post.ts'
import type { RunningRole } from '../../../role.ts'
import { cart, catalogues, gateway, orders, VirtualShop } from '../../../shop/testing/virtual-shop.ts'
import { FakeTrace } from '../../../testing/fake-ports.ts'
import { PowerGone, virtualPlan } from '../../../testing/virtual-hosts.ts'
import { deskRole } from '../../desk.ts'
import { fakeJudge } from '../../testing/desk-world.ts'
import { FakeNotary } from '../../testing/fake-notary.ts'

export const desk = nodeId('desk')
const notary = nodeId('notary-1')
const plan: ShopPlan = { gateway, catalogues, founders: catalogues, cart, orders, staffToken: null }

/** A whole shop on virtual hosts, a desk with a disk that outlives it, and one peer of a notary that believes everything. */
export class ShopDeskWorld {
  readonly shop = new VirtualShop({ others: [desk, notary] })
  readonly notary = new FakeNotary([notary])
  /** How often the desk has begun. */
  runs = 0
  #role: RunningRole
  #ids = 0

  constructor() {
    this.#openNotary()
    this.hosts.died = (host, cause) => {
      if (!(cause instanceof PowerGone) || host !== this.host) throw cause
      this.restart()
    }
    this.#role = this.#start()
    this.shop.untilOpen()
  }

  get hosts() {
    return this.shop.hosts
  }

  get host() {
    return this.hosts.host(desk)
  }

  get facts() {
    return this.#role.facts()
  }

  /** kill -9, and started again. */
  restart(): void {
    this.host.crash()
    this.#role = this.#start()
  }

  /** null: not answered yet. */
  call<Name extends ShopCallName>(name: Name, input: ShopInput<Name>): { result: Result<ShopOutput<Name>> | null } {
    const given: { result: Result<ShopOutput<Name>> | null } = { result: null }
    const call = { name, input } as ShopCall // a name with its own input
    this.hosts.live(this.host, () => {
      this.#role.answer({ kind: 'shop', call }, (result) => {
        given.result = result as Result<ShopOutput<Name>> // the desk answers a name with its own output
      })
    })
    return given
  }

  /** Waits for the answer. */
  ask<Name extends ShopCallName>(name: Name, input: ShopInput<Name>): Result<ShopOutput<Name>> {
    const given = this.call(name, input)
    this.hosts.until(() => given.result !== null)
    if (given.result === null) throw new Error(`${name} was not answered`)
    return given.result
  }

  get<Name extends ShopCallName>(name: Name, input: ShopInput<Name>): ShopOutput<Name> {
    const result = this.ask(name, input)
    if (!result.ok) throw new Error(`${name}: ${result.failure.code} ${result.failure.message}`)
    return result.value
  }

  freshId(): string {
    this.#ids += 1
    return this.#ids.toString(16).padStart(32, '0')
  }

  setStock(product: number, quantity: number): void {
    this.get('shop.changeStock', { id: this.freshId(), product, operation: 'set', quantity })
  }

  /** One of a product, at its price of now. */
  formFor(product: number, change: Partial<OrderForm> = {}): OrderForm {
    const found = this.get('shop.product', { product }).product
    if (found === null) throw new Error(`no product ${product}`)
    return {
      name: 'Ana',
      phone: '11 99999-0000',
      pickupName: '',
      pickupDate: '2026-12-24',
      message: 'Sem velas',
      lines: [{ product, quantity: 1, priceCents: found.priceCents }],
      ...change,
    }
  }

  item(id: string): ShopOutboxItem {
    const found = this.get('shop.outbox', { after: null, limit: 200 }).items.find((one) => one.id === id)
    if (found === undefined) throw new Error(`no order ${id}`)
    return found
  }

  /** The shop has said yes or no. */
  settled(id: string): ShopOutboxItem {
    this.hosts.until(() => this.item(id).settledWallMs !== null, 60_000)
    return this.item(id)
  }

  #start(): RunningRole {
    this.runs += 1
    const own = { ...virtualPlan(desk, [gateway, notary, desk]), role: 'desk', group: null, shop: plan } as const
    return deskRole(() => fakeJudge)(own, this.host.ports())
  }

  #openNotary(): void {
    const { wire, clock } = this.hosts.host(notary)
    const ports = { wire, clock, trace: new FakeTrace() }
    const post = new Post({ id: notary, life: 1, lamport: new LamportClock(), ports })
    wire.listen((from, bytes) => post.receive(from, bytes))
    post.read([apiRequestKind], ({ from, body }) => {
      const asked = decodeApiRequest(body)
      const answer = asked === null ? null : this.notary.answer(notary, asked.request)
      if (asked === null || answer === null) return null
      post.send(from, { kind: apiAnswerKind, body: encodeApiAnswer({ ref: asked.ref, answer }), cause: null })
      return null
    })
  }
}
