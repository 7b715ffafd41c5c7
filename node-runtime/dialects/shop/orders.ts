import { type DialectAnswer, objectJson, refusal, success } from './answers.ts'
import { maybeText, moneyJson, textJson, timeJson } from './json.ts'

/** As they stand in the dialect, in the order in which an order goes through them; the last two are ends. */
export const orderStates = ['recebido', 'estoque confirmado', 'pronto', 'retirado', 'cancelado'] as const
export type DialectOrderState = (typeof orderStates)[number]

export interface DialectOrderItem {
  readonly product: number
  readonly name: string
  readonly quantity: number
  readonly unitPriceCents: number
}

export interface DialectOrder {
  readonly id: string
  /** Counts the orders of this shop: for people. */
  readonly number: number
  readonly state: DialectOrderState
  /** Why it was cancelled; null: it was not, or nobody said. */
  readonly reason: string | null
  readonly name: string
  readonly phone: string
  readonly pickUpName: string
  /** As it was written, or two days on. */
  readonly pickUpDay: string
  readonly message: string
  readonly session: string | null
  readonly items: readonly DialectOrderItem[]
  readonly createdMs: number
  readonly changedMs: number
  readonly pickedUpMs: number | null
}

export function orderJson(order: DialectOrder): string {
  const { items, state } = order
  const totalCents = items.reduce((sum, { quantity, unitPriceCents }) => sum + quantity * unitPriceCents, 0)
  return objectJson({
    atualizado_em: timeJson(order.changedMs),
    criado_em: timeJson(order.createdMs),
    data_entrega: timeJson(order.pickedUpMs),
    data_retirada: textJson(order.pickUpDay),
    entregue: String(state === 'retirado'),
    id: textJson(order.id),
    itens: `[${items.map(itemJson).join(',')}]`,
    mensagem: textJson(order.message),
    motivo: maybeText(order.reason),
    nome: textJson(order.name),
    nome_retirada: textJson(order.pickUpName),
    numero: String(order.number),
    session_id: maybeText(order.session),
    status: textJson(state),
    telefone: textJson(order.phone),
    valor_total: moneyJson(totalCents),
  })
}

function itemJson({ product, name, quantity, unitPriceCents }: DialectOrderItem): string {
  return `{"nome":${textJson(name)},"preco":${moneyJson(unitPriceCents)},"produto_id":${product},"quantidade":${quantity},"subtotal":${moneyJson(unitPriceCents * quantity)}}`
}

export function orderPlaced(order: DialectOrder): DialectAnswer {
  return success(orderJson(order), { status: 201, message: 'Pedido confirmado' })
}

export function order(one: DialectOrder): DialectAnswer {
  return success(orderJson(one))
}

export function orders(some: readonly DialectOrder[], next: string | null): DialectAnswer {
  return success(`[${some.map(orderJson).join(',')}]`, {
    more: { total: String(some.length), ...(next === null ? {} : { proximo: textJson(next) }) },
  })
}

export function orderMoved(one: DialectOrder): DialectAnswer {
  return success(orderJson(one), { message: 'Pedido atualizado' })
}

export interface Shortage {
  readonly product: number
  readonly wanted: number
  /** null: there is no such product, or it is not sold. */
  readonly available: number | null
}

export function soldOut(shortages: readonly Shortage[]): DialectAnswer {
  const rows = shortages.map(
    ({ product, wanted, available }) =>
      `{"disponivel":${available},"produto_id":${product},"quantidade_solicitada":${wanted}}`,
  )
  return refused(409, 'estoque_insuficiente', 'Estoque insuficiente', { indisponiveis: `[${rows.join(',')}]` })
}

export interface PriceDifference {
  readonly product: number
  /** null: of this one nothing was told; the sum was. */
  readonly toldCents: number | null
  readonly nowCents: number | null
}

/** Said before anything is confirmed: whoever agrees orders again, at these prices. */
export function priceChanged(differences: readonly PriceDifference[]): DialectAnswer {
  const rows = differences.map(
    ({ product, toldCents, nowCents }) =>
      `{"preco":${maybeMoney(nowCents)},"preco_informado":${maybeMoney(toldCents)},"produto_id":${product}}`,
  )
  return refused(409, 'preco_alterado', 'O preço mudou: confira e confirme de novo', { precos: `[${rows.join(',')}]` })
}

function maybeMoney(cents: number | null): string {
  return cents === null ? 'null' : moneyJson(cents)
}

export const stillRunning = refused(409, 'em_andamento', 'Um pedido com esta Idempotency-Key está em andamento')
export const keyReused = refused(422, 'chave_reutilizada', 'Esta Idempotency-Key foi usada com outro pedido')
export const badKey = refused(400, 'chave_invalida', 'Idempotency-Key inválida')

export function notAllowedMove(from: DialectOrderState): DialectAnswer {
  return refused(409, 'transicao_invalida', 'Este pedido não pode mudar assim', { status: textJson(from) })
}

export function refused(
  status: number,
  code: string,
  sentence: string,
  more: Readonly<Record<string, string>> = {},
): DialectAnswer {
  return refusal(status, sentence, { ...more, codigo: textJson(code) })
}
