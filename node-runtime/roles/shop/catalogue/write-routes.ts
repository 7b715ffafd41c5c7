import type { CatalogueOutcome, StockOperation } from '#cores/shop/messages'
import {
  catalogueAnswers,
  type DialectAnswer,
  notFound,
  notJson,
  page,
  productJson,
  readFields,
  readId,
  readStockChange,
  success,
} from '#dialects/shop/index'
import type { Asked, RouteOf } from '../api/route.ts'
import { shownAs } from '../api/shown.ts'
import { dialectProduct } from './shelf.ts'
import { categoryJson, productView } from './views.ts'
import { refusedOutcome, type Writing } from './writing.ts'

const operations = { adicionar: 'add', remover: 'remove', definir: 'set' } as const satisfies Record<
  string,
  StockOperation
>

const common = { isStaff: true, query: {} } as const
const refusals = { 400: 'It is no such change.', 422: 'The key was used for something else.', 504: 'Nobody knows.' }

/** What the staff does. Each takes an `Idempotency-Key`. */
export const writeRoutes: readonly RouteOf<Writing>[] = [
  {
    ...common,
    method: 'PUT',
    path: '/api/produtos/{id}/estoque',
    about: 'Changes what is on hand.',
    body: { quantidade: 3, operacao: 'adicionar' },
    answers: { 200: 'The product.', 404: 'There is no such product.', ...refusals },
    serve: changeStock,
  },
  {
    ...common,
    method: 'POST',
    path: '/api/v1/products',
    about: 'A new product.',
    body: { name: 'Quindim', description: '', priceCents: 450, category: 5, photo: '/art/5.svg', onHand: 20 },
    answers: { 201: 'The product.', ...refusals },
    serve: addProduct,
  },
  {
    ...common,
    method: 'PUT',
    path: '/api/v1/products/{id}',
    about: 'Changes what is said of a product, its price, or whether it is sold. What is left out stays.',
    body: { priceCents: 500, isActive: true },
    answers: { 200: 'The product.', 404: 'There is no such product.', ...refusals },
    serve: changeProduct,
  },
  {
    ...common,
    method: 'POST',
    path: '/api/v1/categories',
    about: 'A new category.',
    body: { name: 'Bebidas' },
    answers: { 201: 'The category.', ...refusals },
    serve: addCategory,
  },
]

function changeStock(asked: Asked, writing: Writing): void {
  const { request, places } = asked
  const product = readId(places[0] ?? '')
  if (product === null) return asked.answer(shownAs(page(404)))
  const read = readStockChange(request.headers['content-type'], request.body)
  if (read.kind === 'refused') return asked.answer(shownAs(read.answer))
  const { operation, quantity } = read.value
  writing.write(
    asked,
    (head) => ({ ...head, kind: 'stock', product, operation: operations[operation], quantity, why: operation }),
    (outcome) => {
      if (outcome.kind === 'refused') return stockRefused(outcome)
      const { result } = outcome
      return result.kind === 'product'
        ? catalogueAnswers.stockChanged(productJson(dialectProduct(result.product)))
        : notFound
    },
  )
}

function stockRefused(outcome: Extract<CatalogueOutcome, { readonly kind: 'refused' }>): DialectAnswer {
  if (outcome.why === 'out-of-stock') return catalogueAnswers.tooLittleStock
  return outcome.why === 'unknown-product' ? notFound : refusedOutcome(outcome)
}

function addProduct(asked: Asked, writing: Writing): void {
  const fields = fieldsIn(asked)
  if (fields === null) return
  const { name, description = '', priceCents, category, photo = '/art/0.svg', onHand = 0 } = fields
  const facts = { name: text(name), description: text(description), photo: text(photo) }
  const numbers = { priceCents: number(priceCents), category: number(category), onHand: number(onHand) }
  writing.write(asked, (head) => ({ ...head, kind: 'add-product', ...facts, ...numbers }), productOf(201))
}

function changeProduct(asked: Asked, writing: Writing): void {
  const product = readId(asked.places[0] ?? '')
  if (product === null) return asked.answer(shownAs(page(404)))
  const fields = fieldsIn(asked)
  if (fields === null) return
  const { name, description, priceCents, category, photo, isActive } = fields
  const texts = { name: maybe(name, text), description: maybe(description, text), photo: maybe(photo, text) }
  const numbers = { priceCents: maybe(priceCents, number), category: maybe(category, number) }
  const change = { ...texts, ...numbers, isActive: typeof isActive === 'boolean' ? isActive : null }
  writing.write(asked, (head) => ({ ...head, kind: 'change-product', product, ...change }), productOf(200))
}

function addCategory(asked: Asked, writing: Writing): void {
  const fields = fieldsIn(asked)
  if (fields === null) return
  writing.write(
    asked,
    (head) => ({ ...head, kind: 'add-category', name: text(fields.name) }),
    (outcome) => {
      if (outcome.kind === 'refused') return refusedOutcome(outcome)
      const { result } = outcome
      return result.kind === 'category' ? success(categoryJson(result.category), { status: 201 }) : notFound
    },
  )
}

function productOf(status: number): (outcome: CatalogueOutcome) => DialectAnswer {
  return (outcome) => {
    if (outcome.kind === 'refused') return refusedOutcome(outcome)
    const { result } = outcome
    return result.kind === 'product' ? success(productView(result.product), { status }) : notFound
  }
}

function fieldsIn({ request, answer }: Asked): Readonly<Record<string, unknown>> | null {
  const fields = readFields(request.headers['content-type'], request.body)
  if (fields === null) answer(shownAs(notJson))
  return fields
}

/** What has the wrong kind is nothing that the machine takes: it judges what is empty, below zero or too long. */
function text(value: unknown): string {
  return typeof value === 'string' && !halfSurrogate.test(value) ? value.slice(0, textCharsMax) : ''
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : outOfRange
}

function maybe<Value>(value: unknown, read: (value: unknown) => Value): Value | null {
  return value === undefined || value === null ? null : read(value)
}

/** Half a pair is no text that has bytes. */
const halfSurrogate = /\p{Surrogate}/u
/** Longer than any limit of the machine, so that what is cut is refused there. */
const textCharsMax = 4_000
const outOfRange = Number.MAX_SAFE_INTEGER
