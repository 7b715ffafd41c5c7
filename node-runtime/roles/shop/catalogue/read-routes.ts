import type { Category } from '#cores/shop/messages'
import {
  catalogueAnswers,
  type DialectCategory,
  notFound,
  page,
  readFilter,
  readId,
  readWanted,
} from '#dialects/shop/index'
import type { Asked, RouteOf } from '../api/route.ts'
import type { Reading } from './reading.ts'
import type { Shelf, Shelved } from './shelf.ts'

export interface ReadRouteParts {
  readonly shelf: Shelf
  readonly reading: Reading
  readonly timeMs: () => number
}

const common = { method: 'GET', isStaff: false, body: null } as const
const anId = { 404: 'Nobody has this id.' }

const filters = { categoria_id: 'Of this category.', preco_max: 'Up to this price.', em_estoque: '`true`.' }

/** What programs of before read; see SPEC.md of dialects/shop. */
export const readRoutes: readonly RouteOf<ReadRouteParts>[] = [
  {
    ...common,
    path: '/health',
    about: 'Whether this node serves.',
    query: {},
    answers: { 200: 'It does.', 503: 'It has nothing of the catalogue yet.' },
    serve: (asked, { reading, timeMs }) => reading.read(asked, () => catalogueAnswers.catalogueHealth(null, timeMs())),
  },
  {
    ...common,
    path: '/api/produtos/{id}',
    about: 'One product.',
    query: {},
    answers: { 200: 'It.', ...anId },
    serve: (asked, parts) =>
      withId(asked, parts, (id) => {
        const found = soldOn(parts, id)
        return found === null ? notFound : catalogueAnswers.product(found.json)
      }),
  },
  {
    ...common,
    path: '/api/produtos',
    about: 'All that is sold.',
    query: { ...filters, busca: 'In names and descriptions.' },
    answers: { 200: 'By id.' },
    serve: (asked, { reading, shelf }) => {
      const filter = readFilter(asked.request.query)
      reading.read(asked, () => catalogueAnswers.products(shelf.find(filter).map(jsonOf)))
    },
  },
  {
    ...common,
    path: '/api/produtos/{id}/estoque',
    about: 'Whether there is enough of it.',
    query: { quantidade: '1 if nothing is said.' },
    answers: { 200: 'What can be sold.', ...anId },
    serve: (asked, parts) =>
      withId(asked, parts, (id) => {
        const product = soldOn(parts, id)?.product
        if (product === undefined) return notFound
        const available = product.onHand - product.reserved
        return catalogueAnswers.stock({ id, available }, readWanted(asked.request.query))
      }),
  },
  {
    ...common,
    path: '/api/produtos/categoria/{id}',
    about: 'A category with all that is sold of it.',
    query: {},
    answers: { 200: 'Both.', ...anId },
    serve: (asked, parts) =>
      withId(asked, parts, (id) => {
        const category = parts.shelf.category(id)
        if (category === null) return notFound
        const found = parts.shelf.find({ category: id, priceMaxCents: null, inStock: false, words: '' })
        return catalogueAnswers.productsOf(categoryOf(category), found.map(jsonOf))
      }),
  },
  {
    ...common,
    path: '/api/categorias',
    about: 'All categories.',
    query: {},
    answers: { 200: 'By id.' },
    serve: (asked, { reading, shelf }) =>
      reading.read(asked, () => catalogueAnswers.categories(shelf.categories.map(categoryOf))),
  },
  {
    ...common,
    path: '/api/categorias/{id}',
    about: 'One category.',
    query: {},
    answers: { 200: 'It.', ...anId },
    serve: (asked, parts) =>
      withId(asked, parts, (id) => {
        const category = parts.shelf.category(id)
        return category === null ? notFound : catalogueAnswers.category(categoryOf(category))
      }),
  },
]

function withId(asked: Asked, { reading }: ReadRouteParts, tell: (id: number) => ReturnType<typeof page>): void {
  const id = readId(asked.places[0] ?? '')
  reading.read(asked, () => (id === null ? page(404) : tell(id)))
}

function soldOn({ shelf }: ReadRouteParts, id: number): Shelved | null {
  const found = shelf.one(id)
  return found?.product.isActive === true ? found : null
}

function categoryOf({ id, name, createdAtMs }: Category): DialectCategory {
  return { id, name, createdMs: createdAtMs }
}

function jsonOf({ json }: Shelved): string {
  return json
}
