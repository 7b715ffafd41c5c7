import type { OrderForm, OrderRefusal, OrderRefusalReason } from '#contract/worker/shop-shapes'
import type { EndpointRequest } from '#ports/endpoint'
import type { Called } from '../../wire-calls.ts'
import { countOf, fieldOf, jsonIn, listOf, textOf } from '../json-values.ts'
import { send } from './requests.ts'
import { centsIn, shapeLimits } from './shapes.ts'

/**
 * What an attempt to place an order has shown. `not-now`: this attempt certainly did nothing; `unknown`: it may have.
 * The others are definite for the order, under its key and for ever.
 */
export type Attempted =
  | { readonly kind: 'placed'; readonly order: string }
  | { readonly kind: 'refused'; readonly refusal: OrderRefusal }
  | { readonly kind: 'not-now' | 'unknown' }

/** In the words of the dialect, with the key under which it is always asked. */
export function placing(id: string, form: OrderForm, session: string | null): EndpointRequest {
  const { name, phone, pickupName, pickupDate, message, lines } = form
  const json = {
    ...{ nome: name, telefone: phone, mensagem: message, session_id: session },
    nome_retirada: pickupName === '' ? null : pickupName,
    data_retirada: pickupDate,
    itens: lines.map(({ product, quantity, priceCents }) => {
      return { produto_id: product, quantidade: quantity, preco: priceCents / 100 }
    }),
  }
  return send('POST', '/api/pedidos', { json, key: id })
}

export function attemptedBy(called: Called): Attempted {
  if (called.kind === 'not-sent') return { kind: 'not-now' }
  if (called.kind === 'silent') return { kind: 'unknown' }
  const { status, body } = called.answer
  const json = jsonIn(body)
  if (status === 200 || status === 201) {
    const order = textOf(fieldOf(fieldOf(json, 'data'), 'id'), shapeLimits.textCharsMax)
    return order === null ? { kind: 'unknown' } : { kind: 'placed', order }
  }
  if (status === 503 || status === 429) return { kind: 'not-now' }
  const code = textOf(fieldOf(json, 'codigo'), shapeLimits.textCharsMax)
  // An attempt before this one is still on its way.
  if (code === 'em_andamento' || status >= 500 || status < 400) return { kind: 'unknown' }
  return { kind: 'refused', refusal: refusalIn(json, code) }
}

const reasons: Readonly<Record<string, OrderRefusalReason>> = {
  estoque_insuficiente: 'out-of-stock',
  preco_alterado: 'price-changed',
  produto_indisponivel: 'unknown-product',
  reserva_expirada: 'reservation-lost',
  chave_reutilizada: 'key-reused',
}

function refusalIn(json: unknown, code: string | null): OrderRefusal {
  const short = listOf(fieldOf(json, 'indisponiveis'), shortIn, shapeLimits.linesMax) ?? []
  const dearer = listOf(fieldOf(json, 'precos'), priceIn, shapeLimits.linesMax) ?? []
  const why = (code === null ? undefined : reasons[code]) ?? 'malformed'
  const isUnknown = why === 'out-of-stock' && short.length > 0 && short.every(({ available }) => available === null)
  return {
    why: isUnknown ? 'unknown-product' : why,
    lines: [...short, ...dearer],
    field: textOf(fieldOf(json, 'campo'), 100),
  }
}

function shortIn(value: unknown): OrderRefusal['lines'][number] | null {
  const product = countOf(fieldOf(value, 'produto_id'))
  if (product === null) return null
  const wanted = countOf(fieldOf(value, 'quantidade_solicitada'))
  return { product, wanted, available: countOf(fieldOf(value, 'disponivel')), nowCents: null }
}

function priceIn(value: unknown): OrderRefusal['lines'][number] | null {
  const product = countOf(fieldOf(value, 'produto_id'))
  if (product === null) return null
  return { product, wanted: null, available: null, nowCents: centsIn(fieldOf(value, 'preco')) }
}
