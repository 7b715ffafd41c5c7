import { gateway, RealShop } from '#roles/shop/testing/real-shop'
import { pidOf } from '#supervisor/testing/real-lab'
import { type BenchOptions, type Figure, median, percentile, repeated } from './figures.ts'
import type { HttpLoadOrder, HttpLoadReport } from './http-load.ts'
import { underLoad } from './load-process.ts'
import { processorMs } from './processes.ts'
import { returns } from './shop-returns.ts'

const clients = 64
/** The one that the load orders. */
const ordered = 4
const searchMax = 30

/** How fast a shop of real processes is read and ordered from, and whether it stays so when it is full. */
export async function shop({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const runs = isQuick ? 3 : 5
  const real = new RealShop()
  try {
    await real.open()
    await fillShelf(real)
    const reads = isQuick ? 20_000 : 50_000
    const places = isQuick ? 3_000 : 10_000
    await weighed(real, { ...read, requests: 20_000 })
    const readRuns = await repeated(runs, () => weighed(real, { ...read, requests: reads }))
    await weighed(real, { ...order, requests: 2_000 })
    const orderRuns = await repeated(runs, () => weighed(real, { ...order, requests: places }))
    const empty = await searches(real)
    const products = isQuick ? 1_000 : 10_000
    await fillProducts(real, products)
    const before = runs * places + 2_000
    const wanted = isQuick ? before : 100_000
    if (wanted > before) await weighed(real, { ...order, requests: wanted - before })
    const full = await searches(real)
    const fullReads = await repeated(runs, () => weighed(real, { ...read, requests: reads }))
    const takeovers = await repeated(isQuick ? 3 : 10, () => takeover(real))
    const returned = (await repeated(isQuick ? 2 : 3, () => returns(real))).flat()
    return [
      ...speed(readRuns, { id: 'shop.reads', of: 'a product read', requests: reads }),
      ...speed(orderRuns, { id: 'shop.orders', of: 'an order, durable when it is answered', requests: places }),
      figure('shop.search_empty_ms', Math.max(...empty), 'ms', `slowest of ${empty.length}, 13 products`),
      figure(
        'shop.search_ms',
        Math.max(...full),
        'ms',
        `slowest of ${full.length}, ${products} products, ${wanted} orders`,
      ),
      ...speed(fullReads, { id: 'shop.full.reads', of: `a product read of ${products}`, requests: reads }),
      ...takeoverFigures(takeovers),
      figure(
        'shop.return_ms',
        Math.max(...returned),
        'ms',
        `kill -9 of gateway, cart or orders, worst of ${returned.length}`,
      ),
    ]
  } finally {
    await real.close()
  }
}

interface Takeover {
  /** From the kill of the primary to the answer of the first write that was asked after it. */
  readonly writeMs: number
  /** The slowest read that was asked from the kill to that answer. */
  readonly readMs: number
  readonly readsRefused: number
}

/** One reader reads all the time; the writer asks right after the kill. */
async function takeover(real: RealShop): Promise<Takeover> {
  await real.untilOpen()
  const primary = await real.primary()
  let isOver = false
  let readMs = 0
  let readsRefused = 0
  const reading = async (): Promise<void> => {
    while (!isOver) {
      const askedMs = performance.now()
      const answer = await real.ask('/api/produtos/1')
      readMs = Math.max(readMs, performance.now() - askedMs)
      if (answer?.status !== 200) readsRefused += 1
    }
  }
  const readers = [reading(), reading()]
  real.kill(primary)
  const killedMs = performance.now()
  const written = await real.send('/api/produtos/1/estoque', { quantidade: 10 }, { method: 'PUT' })
  const writeMs = performance.now() - killedMs
  isOver = true
  await Promise.all(readers)
  if (written?.status !== 200) throw new Error(`after a kill: ${written?.status} ${written?.text}`)
  return { writeMs, readMs, readsRefused }
}

function takeoverFigures(takeovers: readonly Takeover[]): readonly Figure[] {
  const worst = (part: (one: Takeover) => number): number => Math.max(...takeovers.map(part))
  const of = `kill -9 of the primary, worst of ${takeovers.length}`
  return [
    figure(
      'shop.takeover_write_ms',
      worst(({ writeMs }) => writeMs),
      'ms',
      `${of}: to the answer of the next write`,
    ),
    figure(
      'shop.takeover_read_ms',
      worst(({ readMs }) => readMs),
      'ms',
      `${of}: the slowest read meanwhile`,
    ),
    figure(
      'shop.takeover_reads_refused',
      worst(({ readsRefused }) => readsRefused),
      '',
      `${of}: reads refused`,
    ),
  ]
}

const read = { path: '/api/produtos/1', body: 'none' } as const
const order = { path: '/api/pedidos', body: 'order' } as const

type Load = Pick<HttpLoadOrder, 'path' | 'body' | 'requests'>

/** One load, with the processor time that it took of each kind of node. */
interface Weighed extends HttpLoadReport {
  readonly gatewayMs: number
  readonly cataloguesMs: number
  readonly ordersMs: number
  readonly loadMs: number
}

async function weighed(real: RealShop, load: Load): Promise<Weighed> {
  const usedMs = (role: string): number =>
    real.lab
      .nodes()
      .filter((node) => node.role === role)
      .reduce((sum, node) => sum + processorMs(pidOf(node)), 0)
  const before = { gateway: usedMs('shop-gateway'), catalogues: usedMs('shop-catalog'), orders: usedMs('shop-orders') }
  return underLoad(
    'http-load.ts',
    { ...real.at(gateway), clients, documents: 1, ...load },
    (report: HttpLoadReport, pid) => ({
      ...report,
      gatewayMs: usedMs('shop-gateway') - before.gateway,
      cataloguesMs: usedMs('shop-catalog') - before.catalogues,
      ordersMs: usedMs('shop-orders') - before.orders,
      loadMs: processorMs(pid),
    }),
  )
}

interface About {
  readonly id: string
  readonly of: string
  readonly requests: number
}

/** The costs stand beside the rate, because they hold on a machine that has other things to do. */
function speed(runs: readonly Weighed[], { id, of, requests }: About): readonly Figure[] {
  const about = `${clients} clients on keep-alive connections in one process, through the gateway`
  const cost = (name: string, part: (run: Weighed) => number): Figure =>
    figure(`${id}.${name}_us`, (median(runs.map(part)) * 1_000) / requests, 'µs', `processor time of ${of}`)
  return [
    figure(`${id}_per_s`, median(runs.map(perSecond)), '/s', about),
    figure(`${id}.p99_ms`, median(runs.map(({ latenciesMs }) => percentile(latenciesMs, 99))), 'ms', about),
    cost('gateway', ({ gatewayMs }) => gatewayMs),
    cost('catalogues', ({ cataloguesMs }) => cataloguesMs),
    cost('orders', ({ ordersMs }) => ordersMs),
    cost('load', ({ loadMs }) => loadMs),
  ]
}

function perSecond({ byStatus, tookMs }: HttpLoadReport): number {
  const others = Object.entries(byStatus).filter(([status]) => status !== '200' && status !== '201')
  if (others.length > 0) console.error(`refused: ${others.map(([status, count]) => `${count} x ${status}`).join(', ')}`)
  return (((byStatus[200] ?? 0) + (byStatus[201] ?? 0)) / tookMs) * 1_000
}

/** For products, half of which are nowhere, and for orders of one telephone; each once, after one that is not counted. */
async function searches(real: RealShop): Promise<readonly number[]> {
  const tookMs: number[] = []
  for (let index = 0; index <= searchMax; index += 1) {
    const words = index % 2 === 0 ? `bench ${index * 7}` : `nada disso ${index}`
    const path =
      index % 3 === 0 ? '/api/pedidos?telefone=11999990000' : `/api/produtos?busca=${encodeURIComponent(words)}`
    const beganMs = performance.now()
    const found = await real.ask(path)
    if (found?.status !== 200) throw new Error(`search: ${found?.status} ${found?.text}`)
    if (index > 0) tookMs.push(performance.now() - beganMs)
  }
  return tookMs
}

async function fillShelf(real: RealShop): Promise<void> {
  const filled = await real.send(`/api/produtos/${ordered}/estoque`, { quantidade: 1_000_000 }, { method: 'PUT' })
  if (filled?.status !== 200) throw new Error(`stock: ${filled?.status} ${filled?.text}`)
}

async function fillProducts(real: RealShop, wanted: number): Promise<void> {
  const atOnce = 50
  for (let made = 13; made < wanted; made += atOnce) {
    await Promise.all(
      Array.from({ length: Math.min(atOnce, wanted - made) }, (_, index) => makeProduct(real, made + index)),
    )
  }
}

/** Under one key, until it is there: a machine that is very busy may be too slow to say so. */
async function makeProduct(real: RealShop, number: number): Promise<void> {
  const product = {
    name: `Doce bench ${number}`,
    description: 'Feito para encher a vitrine e ver quanto demora achar alguma coisa',
    priceCents: 100 + (number % 900),
    category: 1 + (number % 5),
    onHand: 10,
  }
  for (;;) {
    const answer = await real.send('/api/v1/products', product, { key: `product-${number}` })
    if (answer?.status === 201) return
    if (answer?.status !== 503 && answer?.status !== 504) throw new Error(`product: ${answer?.status} ${answer?.text}`)
  }
}

function figure(id: string, value: number, unit: string, note: string): Figure {
  return { id, value, unit, beside: null, note }
}
