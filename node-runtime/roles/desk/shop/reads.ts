import type { ShopCallName, ShopInput, ShopOutput } from '#contract/worker/shop-calls'
import type { Answered, CheckoutLine, SeenLine, ShopProduct, ShopReplicas } from '#contract/worker/shop-shapes'
import { decodeText } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import { fail, ok } from '#kit/result'
import { fieldOf, listOf } from '../json-values.ts'
import { type Asking, asked, type Done, type Told } from './asking.ts'
import { get } from './requests.ts'
import { categoryIn, choiceIn, movementIn, pageIn, productIn, reservationIn, serviceIn, shapeLimits } from './shapes.ts'

type ReadName =
  | 'shop.categories'
  | 'shop.products'
  | 'shop.product'
  | 'shop.art'
  | 'shop.checkout'
  | 'shop.ledger'
  | 'shop.reservations'
type Reads = {
  readonly [Name in ReadName & ShopCallName]: (
    client: Asking,
    input: ShopInput<Name>,
    done: Done<ShopOutput<Name>>,
  ) => void
}

/** What is read of the catalogue for people. */
export const shopReads: Reads = {
  'shop.categories': (client, _, done) => {
    const take = ({ json, answered }: Told) => {
      const page = pageIn(json, categoryIn)
      return page === null ? null : { categories: page.rows, answered }
    }
    asked(client, { request: get('/api/categorias') }, take, done)
  },
  'shop.products': (client, { text, category, priceCentsMax, isInStock, isAll, after, limit }, done) => {
    const request = get('/api/v1/products', {
      text: text === '' ? null : text,
      category: numeral(category),
      price_max: numeral(priceCentsMax),
      in_stock: isInStock ? 'true' : null,
      sold: isAll ? null : 'true',
      after: numeral(after),
      limit: String(limit),
    })
    const take = ({ json, answered }: Told) => {
      const page = pageIn(json, productIn)
      return page === null ? null : { products: page.rows, next: page.next, answered }
    }
    asked(client, { request }, take, done)
  },
  'shop.product': (client, { product }, done) => readProduct(client, product, { isStrong: false }, done),
  'shop.art': (client, { photo }, done) => {
    client.ask({ request: get(photo), isRepeatable: true }, (result) => {
      if (!result.ok) return done(result)
      const { answer } = result.value
      const isPicture = answer.status === 200 && (answer.headers['content-type'] ?? '').startsWith('image/svg+xml')
      const svg = isPicture && answer.body.length <= artBytesMax ? decodeText(answer.body) : null
      done(svg === null ? fail('not-found', `no picture at ${photo}`) : ok({ svg }))
    })
  },
  'shop.checkout': (client, { lines }, done) => checkout(client, lines, done),
  'shop.ledger': (client, { product, after, limit }, done) => {
    readLedger(client, { product, after, limit, isStrong: false }, done)
  },
  'shop.reservations': (client, { after, limit }, done) => {
    const request = get('/api/v1/reservations', { after: numeral(after), limit: String(limit) })
    const take = ({ json, answered }: Told) => {
      const page = pageIn(json, reservationIn)
      return page === null ? null : { reservations: page.rows, next: page.next, answered }
    }
    asked(client, { request }, take, done)
  },
}

/** Pictures are drawn by people, and small. */
const artBytesMax = 64 * 1024

export interface Strength {
  /** As the primary knows it at this moment, whatever the shop has chosen. */
  readonly isStrong: boolean
}

export function readProduct(
  client: Asking,
  product: number,
  { isStrong }: Strength,
  done: Done<{ readonly product: ShopProduct | null; readonly answered: Answered }>,
): void {
  const take = ({ status, json, answered }: Told) => {
    if (status === 404) return { product: null, answered }
    const found = productIn(fieldOf(json, 'data'))
    return found === null ? null : { product: found, answered }
  }
  asked(client, { request: get(`/api/v1/products/${product}`, {}, strength(isStrong)) }, take, done)
}

export function readLedger(
  client: Asking,
  { product, after, limit, isStrong }: ShopInput<'shop.ledger'> & Strength,
  done: Done<ShopOutput<'shop.ledger'>>,
): void {
  const path = product === null ? '/api/v1/ledger' : `/api/v1/products/${product}/ledger`
  const request = get(path, { after: numeral(after), limit: String(limit) }, strength(isStrong))
  const take = ({ json, answered }: Told) => {
    const page = pageIn(json, movementIn)
    return page === null ? null : { ...page, answered }
  }
  asked(client, { request }, take, done)
}

function strength(isStrong: boolean) {
  return { 'colmeia-read': isStrong ? 'strong' : null }
}

function numeral(value: number | null): string | null {
  return value === null ? null : String(value)
}

export function readReplicas(client: Asking, catalogues: readonly NodeId[], done: Done<ShopReplicas>): void {
  const takeChoice = ({ json }: Told) => choiceIn(fieldOf(fieldOf(json, 'data'), 'choice'))
  asked(client, { request: get('/api/v1/consistency') }, takeChoice, (choice) => {
    if (!choice.ok) return done(choice)
    const take = ({ json }: Told): ShopReplicas | null => {
      const services = listOf(fieldOf(json, 'data'), serviceIn, shapeLimits.rowsMax)
      return services === null ? null : { choice: choice.value, services, behind: behindIn(services, catalogues) }
    }
    asked(client, { request: get('/api/v1/nodes') }, take, done)
  })
}

function behindIn(services: ShopReplicas['services'], catalogues: readonly NodeId[]): ShopReplicas['behind'] {
  const nodes = services.filter(({ nodeId }) => catalogues.includes(nodeId))
  const furthest = Math.max(0, ...nodes.map(({ position }) => position ?? 0))
  return Object.fromEntries(
    nodes.map(({ nodeId, position }) => [nodeId, position === null ? null : furthest - position]),
  )
}

/** Every product is asked for by itself, and the oldest of the answers is what the whole is worth. */
function checkout(client: Asking, lines: readonly SeenLine[], done: Done<ShopOutput<'shop.checkout'>>): void {
  const found = new Map<number, { readonly product: ShopProduct | null; readonly answered: Answered }>()
  let isDone = false
  const ids = [...new Set(lines.map(({ product }) => product))]
  for (const id of ids) {
    readProduct(client, id, { isStrong: false }, (result) => {
      if (isDone) return
      if (!result.ok) {
        isDone = true
        return done(result)
      }
      found.set(id, result.value)
      if (found.size < ids.length) return
      isDone = true
      const checked = lines.map((line) => checkedLine(line, found.get(line.product)?.product ?? null))
      const answers = [...found.values()].map(({ answered }) => answered)
      const [first, ...rest] = answers
      if (first === undefined) return done(fail('bad-request', 'nothing is ordered'))
      const oldest = rest.reduce((one, two) => ((two.position ?? 0) < (one.position ?? 0) ? two : one), first)
      done(
        ok({
          lines: checked,
          totalCents: checked.reduce((sum, { nowCents, quantity }) => sum + (nowCents ?? 0) * quantity, 0),
          isAsSeen: checked.every(({ problem }) => problem === null),
          answered: oldest,
        }),
      )
    })
  }
}

function checkedLine(line: SeenLine, product: ShopProduct | null): CheckoutLine {
  if (product === null || !product.isActive) {
    return { ...line, name: product?.name ?? null, nowCents: null, available: null, problem: 'not-sold' }
  }
  const { name, priceCents, available } = product
  const isShort = available < line.quantity
  const isOther = priceCents !== line.priceCents
  return {
    ...line,
    name,
    nowCents: priceCents,
    available,
    problem: isShort ? 'short' : isOther ? 'price-changed' : null,
  }
}
