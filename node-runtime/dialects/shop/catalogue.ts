import { type DialectAnswer, json, listed, objectJson, refusal, success } from './answers.ts'
import { moneyJson, textJson, timeJson } from './json.ts'

export interface DialectCategory {
  readonly id: number
  readonly name: string
  readonly createdMs: number
}

export interface DialectProduct {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly priceCents: number
  /** What can be sold: on hand less reserved. */
  readonly available: number
  readonly category: { readonly id: number; readonly name: string }
  readonly photo: string
  readonly isActive: boolean
  readonly createdMs: number
  readonly changedMs: number
}

export function categoryJson({ id, name, createdMs }: DialectCategory): string {
  return `{"criado_em":${timeJson(createdMs)},"id":${id},"nome":${textJson(name)}}`
}

/** Written by hand: this is what is read most. */
export function productJson(product: DialectProduct): string {
  const { id, name, description, priceCents, available, category, photo, isActive, createdMs, changedMs } = product
  return `{"ativo":${isActive},"atualizado_em":${timeJson(changedMs)},"categoria_id":${category.id},"categoria_nome":${textJson(category.name)},"criado_em":${timeJson(createdMs)},"descricao":${textJson(description)},"estoque":${available},"foto_url":${textJson(photo)},"id":${id},"nome":${textJson(name)},"preco":${moneyJson(priceCents)}}`
}

export function categories(all: readonly DialectCategory[]): DialectAnswer {
  return listed(all.map(categoryJson))
}

export function category(one: DialectCategory): DialectAnswer {
  return success(categoryJson(one))
}

/** `productJson` is written once for each state of a product, not once for each question. */
export function products(all: readonly string[]): DialectAnswer {
  return listed(all)
}

export function product(one: string): DialectAnswer {
  return success(one)
}

export function productsOf(one: DialectCategory, all: readonly string[]): DialectAnswer {
  return success(
    objectJson({ categoria: categoryJson(one), produtos: `[${all.join(',')}]`, total: String(all.length) }),
  )
}

export function stock({ id, available }: Pick<DialectProduct, 'id' | 'available'>, wanted: number): DialectAnswer {
  return success(
    `{"disponivel":${available >= wanted},"estoque_atual":${available},"produto_id":${id},"quantidade_solicitada":${wanted}}`,
  )
}

export function stockChanged(one: string): DialectAnswer {
  return success(one, { message: 'Estoque atualizado com sucesso' })
}

export const tooLittleStock = refusal(400, 'Estoque insuficiente')

/** `error`: null when it is well. */
export function catalogueHealth(error: string | null, atMs: number): DialectAnswer {
  return health({ service: textJson('catalogo') }, error, atMs)
}

/** Members are JSON already. */
export function health(members: Readonly<Record<string, string>>, error: string | null, atMs: number): DialectAnswer {
  const isWell = error === null
  return json(
    isWell ? 200 : 503,
    objectJson({
      ...members,
      ...(isWell ? {} : { error: textJson(error) }),
      status: isWell ? '"healthy"' : '"unhealthy"',
      timestamp: timeJson(atMs),
    }),
  )
}
