import { type DialectAnswer, objectJson, refusal, success } from './answers.ts'
import { health, tooLittleStock } from './catalogue.ts'

export { tooLittleStock }

import { moneyJson, textJson, timeJson } from './json.ts'

export interface DialectCartItem {
  readonly product: number
  readonly quantity: number
  readonly addedMs: number
}

export interface DialectCart {
  readonly session: string
  readonly items: readonly DialectCartItem[]
  readonly createdMs: number
  readonly changedMs: number | null
}

export interface PricedCartItem extends DialectCartItem {
  /** As the catalogue tells it; null: nobody could say. */
  readonly json: string | null
  readonly subtotalCents: number | null
  /** More of it is in the cart than can be had. */
  readonly isShort: boolean
}

export interface PricedDialectCart extends DialectCart {
  readonly items: readonly PricedCartItem[]
  /** Of those that have a price. */
  readonly totalCents: number
  /** What is wrong with it, in a sentence for people; null: nothing. */
  readonly warning: string | null
}

export function sessionOpened(session: string, expiresAtMs: number): DialectAnswer {
  const data = `{"expira_em":${timeJson(expiresAtMs)},"session_id":${textJson(session)}}`
  return success(data, { status: 201 })
}

/** Items are kept and shown also when nobody can say what they cost. The original showed an empty cart instead. */
export function cart({ session, items, createdMs, changedMs, totalCents, warning }: PricedDialectCart): DialectAnswer {
  const isWhole = items.every(({ subtotalCents }) => subtotalCents !== null)
  return success(
    objectJson({
      atualizado_em: timeJson(changedMs),
      criado_em: timeJson(createdMs),
      itens: `[${items.map(pricedItem).join(',')}]`,
      session_id: textJson(session),
      total_itens: String(items.length),
      valor_total: items.length === 0 ? '0' : moneyJson(totalCents),
      ...(isWhole ? {} : { sem_preco: 'true' }),
      ...(warning === null ? {} : { aviso: textJson(warning) }),
    }),
  )
}

export function itemAdded(kept: DialectCart): DialectAnswer {
  return success(keptJson(kept), { message: 'Item adicionado ao carrinho' })
}

export function quantityChanged(kept: DialectCart): DialectAnswer {
  return success(keptJson(kept), { message: 'Quantidade atualizada' })
}

export function itemRemoved(kept: DialectCart): DialectAnswer {
  return success(keptJson(kept), { message: 'Item removido do carrinho' })
}

export const cartCleared = success(null, { message: 'Carrinho limpo com sucesso' })
export const itemIncomplete = refusal(400, 'produto_id e quantidade são obrigatórios')
export const productUnavailable = refusal(400, 'Produto indisponível ou estoque insuficiente')
export const moreThanInStock = refusal(400, 'Quantidade total excede estoque disponível')
export const quantityNotPositive = refusal(400, 'Quantidade deve ser maior que zero')
export const itemMissing = refusal(404, 'Item não encontrado no carrinho')
export const cartFull = refusal(400, 'O carrinho não comporta mais itens')
export const sessionTooLong = refusal(400, 'Sessão inválida')

export function cartHealth(catalogue: string | null, atMs: number): DialectAnswer {
  if (catalogue !== null) return health({ service: textJson('carrinho') }, catalogue, atMs)
  const members = { catalogo: '"connected"', redis: '"connected"', service: textJson('carrinho') }
  return health(members, null, atMs)
}

function pricedItem(item: PricedCartItem): string {
  const { json, subtotalCents, isShort } = item
  return objectJson({
    ...itemMembers(item),
    produto: json ?? 'null',
    subtotal: subtotalCents === null ? 'null' : moneyJson(subtotalCents),
    ...(subtotalCents === null ? { sem_preco: 'true' } : {}),
    ...(isShort ? { em_falta: 'true' } : {}),
  })
}

function keptJson({ items, createdMs, changedMs }: DialectCart): string {
  return objectJson({
    atualizado_em: timeJson(changedMs),
    criado_em: timeJson(createdMs),
    itens: `[${items.map((item) => objectJson(itemMembers(item))).join(',')}]`,
  })
}

function itemMembers({ product, quantity, addedMs }: DialectCartItem): Readonly<Record<string, string>> {
  return { adicionado_em: timeJson(addedMs), produto_id: String(product), quantidade: String(quantity) }
}
