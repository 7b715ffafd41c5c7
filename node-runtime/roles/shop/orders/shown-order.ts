import type { ShortLine, WantedLine } from '#cores/shop/messages'
import type { Order, OrderState, Refusal } from '#cores/shop/order-messages'
import {
  type DialectAnswer,
  type DialectOrder,
  type DialectOrderState,
  orderAnswers,
  refusal,
  textJson,
} from '#dialects/shop/index'

const states = {
  received: 'recebido',
  'stock-confirmed': 'estoque confirmado',
  ready: 'pronto',
  'picked-up': 'retirado',
  cancelled: 'cancelado',
} as const satisfies Record<OrderState, DialectOrderState>

export function stateNamed(name: DialectOrderState): OrderState {
  const names: Readonly<Record<DialectOrderState, OrderState>> = {
    recebido: 'received',
    'estoque confirmado': 'stock-confirmed',
    pronto: 'ready',
    retirado: 'picked-up',
    cancelado: 'cancelled',
  }
  return names[name]
}

export function dialectState(state: OrderState): DialectOrderState {
  return states[state]
}

export function dialectOrder(order: Order): DialectOrder {
  const { id, number, state, customer, session, lines, createdAtMs, updatedAtMs, pickedUpAtMs } = order
  return {
    ...{ id, number, state: states[state], session },
    reason: order.refusal === null ? null : reasonOf(order.refusal),
    name: customer.name,
    phone: customer.phone,
    pickUpName: customer.pickupName,
    pickUpDay: customer.pickupDate,
    message: customer.message,
    items: lines.map(({ product, name, quantity, priceCents }) => {
      return { product, name, quantity, unitPriceCents: priceCents }
    }),
    createdMs: createdAtMs,
    changedMs: updatedAtMs,
    pickedUpMs: pickedUpAtMs,
  }
}

function reasonOf({ why }: Refusal): string {
  return why === 'out-of-stock' ? 'A reserva expirou e não há mais estoque' : why
}

/** What the catalogue refused, with what there is. `told`: what whoever ordered believed. */
export function refusedShown({ why, lines }: Refusal, told: readonly WantedLine[]): DialectAnswer {
  switch (why) {
    case 'out-of-stock':
    case 'unknown-product':
      return orderAnswers.soldOut(lines.map(shortage))
    case 'price-changed':
      return orderAnswers.priceChanged(lines.map((line) => difference(line, told)))
    default:
      return refusal(400, `Pedido recusado: ${why}`, { codigo: textJson(why) })
  }
}

function shortage({ product, wanted, available }: ShortLine) {
  return { product, wanted, available }
}

function difference({ product, priceCents }: ShortLine, told: readonly WantedLine[]) {
  const toldCents = told.find((line) => line.product === product)?.priceCents ?? null
  return { product, toldCents, nowCents: priceCents }
}
