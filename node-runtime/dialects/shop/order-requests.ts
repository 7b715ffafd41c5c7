import { notJson } from './answers.ts'
import { type DialectOrderState, orderStates, refused } from './orders.ts'
import { fieldsOf, isCount, isId, no, type Read, readFields, shopLimits, yes } from './requests.ts'

export interface OrderRequest {
  readonly name: string
  readonly phone: string
  readonly pickUpName: string
  /** Such as 2026-11-23; null: nobody said. */
  readonly pickUpDay: string | null
  readonly message: string
  readonly session: string | null
  /** One row a product. */
  readonly items: readonly OrderLine[]
  /** What whoever orders believes that it costs; null: it takes what it costs now. */
  readonly totalCents: number | null
}

export interface OrderLine {
  readonly product: number
  readonly quantity: number
  readonly toldCents: number | null
}

export const orderLimits = {
  nameCharsMax: 120,
  phoneCharsMin: 3,
  phoneCharsMax: 24,
  messageCharsMax: 255,
  linesMax: 50,
  priceMax: 1_000_000,
} as const

export function readOrder(contentType: string | undefined, body: Uint8Array): Read<OrderRequest> {
  const fields = readFields(contentType, body)
  if (fields === null) return no(notJson)
  const { nome, telefone, nome_retirada, data_retirada, mensagem, session_id, itens, valor_total } = fields
  const name = textOf(nome, orderLimits.nameCharsMax)
  if (name === null || name === '') return bad('nome', 'nome é obrigatório, com até 120 letras')
  const phone = textOf(telefone, orderLimits.phoneCharsMax)
  if (phone === null || !phonePattern.test(phone)) return bad('telefone', 'telefone é obrigatório, em algarismos')
  const pickUpName = absent(nome_retirada) ? name : textOf(nome_retirada, orderLimits.nameCharsMax)
  if (pickUpName === null) return bad('nome_retirada', 'nome_retirada tem até 120 letras')
  const pickUpDay = absent(data_retirada) ? null : dayOf(data_retirada)
  if (pickUpDay === undefined) return bad('data_retirada', 'data_retirada é um dia, como 2026-11-23')
  const message = absent(mensagem) ? '' : textOf(mensagem, orderLimits.messageCharsMax)
  if (message === null) return bad('mensagem', 'mensagem tem até 255 letras')
  const session = absent(session_id) ? null : textOf(session_id, shopLimits.sessionCharsMax)
  if (session === null && !absent(session_id)) return bad('session_id', 'session_id inválido')
  const items = linesOf(itens)
  if (items === null) return bad('itens', 'itens é uma lista de até 50 produtos, com produto_id e quantidade')
  const totalCents = absent(valor_total) ? null : centsOf(valor_total)
  if (totalCents === undefined) return bad('valor_total', 'valor_total inválido')
  return yes({ name, phone, pickUpName: pickUpName || name, pickUpDay, message, session, items, totalCents })
}

export function readMove(contentType: string | undefined, body: Uint8Array): Read<DialectOrderState> {
  const fields = readFields(contentType, body)
  if (fields === null) return no(notJson)
  const wanted = typeof fields.status === 'string' ? fields.status.trim().toLowerCase().replaceAll('_', ' ') : ''
  const state = orderStates.find((one) => one === wanted)
  return state === undefined ? bad('status', `status é um destes: ${orderStates.join(', ')}`) : yes(state)
}

const phonePattern = /^[\d\s()+.-]{3,24}$/
/** Half a pair is no text that has bytes. */
const halfSurrogate = /\p{Surrogate}/u

/** The same person, however the number was written. */
export function phoneDigits(phone: string): string {
  return phone.replaceAll(/\D/g, '')
}

function bad(field: string, sentence: string): Read<never> {
  return no(refused(400, 'campo_invalido', sentence, { campo: JSON.stringify(field) }))
}

function absent(value: unknown): value is undefined | null {
  return value === undefined || value === null
}

function textOf(value: unknown, charsMax: number): string | null {
  if (typeof value !== 'string' || halfSurrogate.test(value)) return null
  const text = value.trim()
  return text.length <= charsMax ? text : null
}

/** undefined: no day. */
function dayOf(value: unknown): string | undefined {
  const day = typeof value === 'string' ? /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(value)?.[0] : undefined
  const atMs = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`)
  const isThatDay = !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(day ?? '')
  return isThatDay && atMs >= 0 ? day : undefined
}

/** undefined: no price. */
function centsOf(value: unknown): number | undefined {
  if (typeof value !== 'number' || !(value >= 0 && value <= orderLimits.priceMax * shopLimits.quantityMax))
    return undefined
  const cents = Math.round(value * 100)
  return Number.isSafeInteger(cents) ? cents : undefined
}

/** A product that is named twice is one row. null: no list of products. */
function linesOf(value: unknown): readonly OrderLine[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length > orderLimits.linesMax) return null
  const lines = new Map<number, OrderLine>()
  for (const one of value) {
    const fields = fieldsOf(one)
    const product = fields?.produto_id ?? fields?.produto
    const quantity = fields?.quantidade ?? 1
    const toldCents = absent(fields?.preco) ? null : centsOf(fields.preco)
    if (!isId(product) || !isCount(quantity) || quantity === 0 || toldCents === undefined) return null
    const known = lines.get(product)
    const all = quantity + (known?.quantity ?? 0)
    if (!isCount(all)) return null
    lines.set(product, { product, quantity: all, toldCents: toldCents ?? known?.toldCents ?? null })
  }
  return [...lines.values()]
}
