import { type DialectAnswer, notJson, refusal } from './answers.ts'
import { itemIncomplete, quantityNotPositive } from './cart.ts'

/** What was asked, or why it is nothing that can be done. */
export type Read<Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'refused'; readonly answer: DialectAnswer }

export const shopLimits = {
  /** Of one product, in a cart, an order or on a shelf. */
  quantityMax: 1_000_000,
  /** Ids of products and categories. */
  idMax: 999_999_999,
  sessionCharsMax: 64,
} as const

export type StockOperation = 'adicionar' | 'remover' | 'definir'

export interface StockChange {
  readonly operation: StockOperation
  readonly quantity: number
}

const badQuantity = refusal(400, 'Quantidade inválida')
const badOperation = refusal(400, 'Operação inválida')

export function readStockChange(contentType: string | undefined, body: Uint8Array): Read<StockChange> {
  const fields = readFields(contentType, body)
  if (fields === null) return no(notJson)
  const { quantidade, operacao = 'definir' } = fields
  if (operacao !== 'adicionar' && operacao !== 'remover' && operacao !== 'definir') return no(badOperation)
  if (!isCount(quantidade)) return no(badQuantity)
  return yes({ operation: operacao, quantity: quantidade })
}

export interface ItemOrder {
  readonly product: number
  readonly quantity: number
}

export function readItem(contentType: string | undefined, body: Uint8Array): Read<ItemOrder> {
  const fields = readFields(contentType, body)
  if (fields === null) return no(notJson)
  const { produto_id: product, quantidade = 1 } = fields
  const isWhole = isId(product) && isCount(quantidade) && quantidade > 0
  return isWhole ? yes({ product, quantity: quantidade }) : no(itemIncomplete)
}

export function readQuantity(contentType: string | undefined, body: Uint8Array): Read<number> {
  const fields = readFields(contentType, body)
  if (fields === null) return no(notJson)
  const { quantidade } = fields
  return isCount(quantidade) && quantidade > 0 ? yes(quantidade) : no(quantityNotPositive)
}

export interface ProductFilter {
  readonly category: number | null
  readonly priceMaxCents: number | null
  readonly inStock: boolean
  readonly words: string
}

/** What cannot be read does not filter, as ever; `em_estoque=false` asks for everything, which is where we differ. */
export function readFilter(query: ReadonlyMap<string, string>): ProductFilter {
  const price = query.get('preco_max')?.trim() ?? ''
  const category = query.get('categoria_id')?.trim() ?? ''
  const isPrice = /^\d{1,9}(\.\d{1,6})?$/.test(price)
  return {
    category: /^\d{1,9}$/.test(category) ? Number(category) : null,
    priceMaxCents: isPrice ? Math.floor(Number(price) * 100 + 1e-6) : null,
    inStock: /^(true|1|sim)$/i.test(query.get('em_estoque') ?? ''),
    words: (query.get('busca') ?? '').slice(0, wordsCharsMax),
  }
}

const wordsCharsMax = 200

/** `?quantidade=`, 1 where it cannot be read. */
export function readWanted(query: ReadonlyMap<string, string>): number {
  const text = query.get('quantidade')?.trim() ?? ''
  return /^-?\d{1,15}$/.test(text) ? Number(text) : 1
}

/** null: no number that stands in a path. */
export function readId(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

export function readFields(
  contentType: string | undefined,
  body: Uint8Array,
): Readonly<Record<string, unknown>> | null {
  if (!isJsonType(contentType)) return null
  try {
    return fieldsOf(JSON.parse(decoder.decode(body)))
  } catch {
    // Decoder and parser have no other way to say that these bytes are no UTF-8 or no JSON, and that is all there is to say.
    return null
  }
}

/** null: no object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | null {
  // An object that JSON.parse made has only fields of its own, each of which may be anything.
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= shopLimits.quantityMax
}

export function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= shopLimits.idMax
}

export function yes<Value>(value: Value): Read<Value> {
  return { kind: 'read', value }
}

export function no(answer: DialectAnswer): Read<never> {
  return { kind: 'refused', answer }
}

function isJsonType(contentType: string | undefined): boolean {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return type === 'application/json' || (type.startsWith('application/') && type.endsWith('+json'))
}

const decoder = new TextDecoder('utf-8', { fatal: true })
