import type { OutboxState } from '#contract/worker/desk'
import type { ShopInput, ShopOutput } from '#contract/worker/shop-calls'
import type { OrderMoved, OrderStateName, ShopOrder } from '#contract/worker/shop-shapes'
import { ok } from '#kit/result'
import type { EndpointRequest } from '#ports/endpoint'
import { fieldOf } from '../json-values.ts'
import { type Asking, asked, type Done, type Told } from './asking.ts'
import { get, send } from './requests.ts'
import { orderIn, pageIn } from './shapes.ts'

export interface OrdersDeskParts {
  readonly client: Asking
  readonly session: () => string | null
  readonly signed: (request: EndpointRequest) => EndpointRequest
  /** How far the registration of an order's receipt is, as this desk knows. */
  readonly receiptOf: (order: string) => OutboxState | null
}

/** In the words of the dialect. */
const states: Readonly<Record<OrderStateName, string>> = {
  received: 'recebido',
  'stock-confirmed': 'estoque confirmado',
  ready: 'pronto',
  'picked-up': 'retirado',
  cancelled: 'cancelado',
}

/** Orders as the shop has them, for whoever ordered and for the staff. */
export class OrdersDesk {
  readonly #parts: OrdersDeskParts

  constructor(parts: OrdersDeskParts) {
    this.#parts = parts
  }

  page({ of, after, limit }: ShopInput<'shop.orders'>, done: Done<ShopOutput<'shop.orders'>>): void {
    const { client, session, signed } = this.#parts
    const own = session()
    if (of.kind === 'own' && own === null) return done(ok({ orders: [], next: null }))
    const request = get('/api/v1/orders', {
      phone: of.kind === 'phone' ? of.phone : null,
      session: of.kind === 'own' ? own : null,
      before: after === null ? null : String(after),
      limit: String(limit),
    })
    const take = ({ json }: Told) => {
      const page = pageIn(json, orderIn)
      return page === null ? null : { orders: page.rows.map((order) => this.#shown(order)), next: page.next }
    }
    asked(client, { request: of.kind === 'all' ? signed(request) : request }, take, done)
  }

  one(order: string, done: Done<{ readonly order: ShopOrder | null }>): void {
    const take = ({ status, json }: Told) => {
      if (status === 404) return { order: null }
      const found = orderIn(fieldOf(json, 'data'))
      return found === null ? null : { order: this.#shown(found) }
    }
    asked(this.#parts.client, { request: get(`/api/v1/orders/${order}`) }, take, done)
  }

  /** Asked twice it is there already, and said to be. `isStaff`: anything but cancelling is for them. */
  move({ order, to }: ShopInput<'shop.moveOrder'>, isStaff: boolean, done: Done<OrderMoved>): void {
    const { client, signed } = this.#parts
    const request = send('PUT', `/api/pedidos/${order}/status`, { json: { status: states[to] } })
    asked(client, { request: isStaff ? signed(request) : request }, whyIn, (result) => {
      if (!result.ok) return done(result)
      const why = result.value
      if (why !== 'moved') return done(ok({ kind: 'refused', why }))
      this.one(order, (found) => {
        if (!found.ok) return done(found)
        const shown = found.value.order
        done(ok(shown === null ? { kind: 'refused', why: 'unknown-order' } : { kind: 'moved', order: shown }))
      })
    })
  }

  #shown(order: Omit<ShopOrder, 'receipt'>): ShopOrder {
    return { ...order, receipt: this.#parts.receiptOf(order.id) }
  }
}

function whyIn({ status, json }: Told): 'moved' | Extract<OrderMoved, { readonly kind: 'refused' }>['why'] {
  if (status < 300) return 'moved'
  if (status === 404) return 'unknown-order'
  if (status === 409) return fieldOf(json, 'codigo') === 'em_andamento' ? 'not-yet' : 'not-allowed'
  return 'malformed'
}
