import type { CatalogueAnswers, CatalogueQuery } from '#cores/shop/messages'
import { notFound, page, readId, success } from '#dialects/shop/index'
import type { Asked, RouteOf } from '../api/route.ts'
import { shopHeaders, shownAs } from '../api/shown.ts'
import type { Look } from './looking.ts'
import { otherPicture, pictures } from './pictures.ts'
import type { Reading, Standing } from './reading.ts'
import { movementView, productView, reservationView } from './views.ts'

export interface OwnRouteParts {
  readonly look: Look
  readonly reading: Reading
  readonly standing: () => Standing & {
    readonly members: readonly { readonly nodeId: string; readonly isVoter: boolean }[]
  }
}

const pageMax = 200
const common = { method: 'GET', isStaff: false, body: null } as const
const paging = { after: 'Goes on behind `next` of the page before.', limit: `Up to ${pageMax}.` }

/** What the dialect has no words for. */
export const ownRoutes: readonly RouteOf<OwnRouteParts>[] = [
  {
    ...common,
    path: '/api/v1/products',
    about: 'Products with what is on hand and reserved, also those that are not sold any more.',
    query: {
      ...paging,
      text: 'In names and descriptions.',
      category: 'Of this category.',
      price_max: 'Up to this price, in cents.',
      in_stock: '`true`: what can be had now.',
      sold: '`true`: what is sold, and no others.',
    },
    answers: { 200: 'By id.' },
    serve: (asked, parts) => {
      const { query: said } = asked.request
      const query = {
        kind: 'products',
        category: readId(said.get('category') ?? ''),
        priceCentsMax: readId(said.get('price_max') ?? ''),
        isInStock: said.get('in_stock') === 'true',
        isAll: said.get('sold') !== 'true',
        text: (said.get('text') ?? '').slice(0, 100),
        ...pageIn(asked),
      } as const
      list(asked, parts, query, ({ products, next }) => ({ rows: products.map(productView), next }))
    },
  },
  {
    ...common,
    path: '/api/v1/products/{id}',
    about: 'One product, also one that is not sold any more.',
    query: {},
    answers: { 200: 'It.', 404: 'Nobody has this id.' },
    serve: (asked, { look, reading }) => {
      const product = readId(asked.places[0] ?? '')
      if (product === null) return asked.answer(shownAs(page(404)))
      reading.read(asked, () => {
        const { product: found } = look({ kind: 'product', product })
        return found === null ? notFound : success(productView(found))
      })
    },
  },
  {
    ...common,
    path: '/api/v1/products/{id}/ledger',
    about: 'Every movement of one product, newest first.',
    query: { after: 'Goes on from `next` of the page before.', limit: paging.limit },
    answers: { 200: 'Movements.' },
    serve: (asked, parts) => {
      const product = readId(asked.places[0] ?? '')
      if (product === null) return asked.answer(shownAs(page(404)))
      const { after: from, limit } = pageIn(asked)
      const query = { kind: 'movements', product, from, limit } as const
      list(asked, parts, query, ({ movements, next }) => ({ rows: movements.map(movementView), next }))
    },
  },
  {
    ...common,
    path: '/api/v1/ledger',
    about: 'Every movement of stock, oldest first.',
    query: { after: 'The number of the first one.', limit: paging.limit },
    answers: { 200: 'Movements.' },
    serve: (asked, parts) => {
      const { after, limit } = pageIn(asked)
      const query = { kind: 'ledger', from: Math.max(1, after), order: 'up', limit } as const
      list(asked, parts, query, ({ movements, next }) => ({ rows: movements.map(movementView), next }))
    },
  },
  {
    ...common,
    path: '/api/v1/reservations',
    about: 'What is kept for orders now, in the order in which it will be over.',
    query: paging,
    answers: { 200: 'Reservations.' },
    serve: (asked, parts) => {
      const query = { kind: 'reservations', ...pageIn(asked) } as const
      list(asked, parts, query, ({ reservations, next }) => ({ rows: reservations.map(reservationView), next }))
    },
  },
  {
    ...common,
    path: '/api/v1/standing',
    about: 'How this node stands in the catalogue’s group.',
    query: {},
    answers: { 200: 'Its own view, which may be wrong.' },
    serve: ({ answer }, { standing }) => {
      const own = standing()
      answer(
        shownAs(success(JSON.stringify(own)), {
          [shopHeaders.node]: own.nodeId,
          // What there is of a log before the shop has begun is nothing that anybody could have read.
          ...(own.isOpen ? { [shopHeaders.position]: String(own.position) } : {}),
          ...(own.isPrimary ? { [shopHeaders.leader]: own.nodeId } : {}),
        }),
      )
    },
  },
  {
    ...common,
    path: '/art/{file}',
    about: 'What a product looks like.',
    query: {},
    answers: { 200: 'An SVG image.', 404: 'There is none.' },
    serve: ({ places, answer }) => {
      const id = /^(\d{1,9})\.svg$/.exec(places[0] ?? '')?.[1]
      if (id === undefined) return answer(shownAs(notFound))
      const headers = { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=3600' }
      answer({ status: 200, headers, body: pictures[Number(id) - 1] ?? otherPicture })
    },
  },
]

function pageIn({ request: { query } }: Asked): { readonly after: number; readonly limit: number } {
  const after = readId(query.get('after') ?? '') ?? 0
  const limit = readId(query.get('limit') ?? '') ?? 50
  return { after, limit: Math.min(Math.max(1, limit), pageMax) }
}

interface Rows {
  readonly rows: readonly string[]
  readonly next: number | null
}

/** Read when the state is as fresh as it has to be. */
function list<Query extends CatalogueQuery>(
  asked: Asked,
  { look, reading }: OwnRouteParts,
  query: Query,
  rowsOf: (answer: CatalogueAnswers[Query['kind']]) => Rows,
): void {
  reading.read(asked, () => {
    const { rows, next } = rowsOf(look(query))
    return success(`[${rows.join(',')}]`, { more: { next: String(next), total: String(rows.length) } })
  })
}
