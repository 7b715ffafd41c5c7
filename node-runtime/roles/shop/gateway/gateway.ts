import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import type { ShopFacts, ShopPlan, ShopServiceFacts } from '#contract/worker/shop'
import { toHex } from '#kit/hex'
import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { EndpointRequest, Handler } from '#ports/endpoint'
import { PlainNode } from '../../plain-node.ts'
import type { NodePorts, RoleFacts, RunningRole } from '../../role.ts'
import { WireCalls, wireCallLimits } from '../../wire-calls.ts'
import { withDescription } from '../api/describe.ts'
import { isTooLong, shopApi } from '../api/frame.ts'
import { serviceFacts } from '../service-facts.ts'
import { serveAwake, shopOf } from '../shop-node.ts'
import { CatalogueNodes } from './catalogue-nodes.ts'
import { gatewayRoutes } from './gateway-routes.ts'
import { KeptChoice } from './kept-choice.ts'
import { Passing } from './passing.ts'
import { Roads } from './roads.ts'
import { readStanding } from './standing.ts'
import { Visitors } from './visitors.ts'

/** Every node behind the gateway is asked how it is so often. */
const lookEveryMs = 500
/** Longer than a busy machine may keep anybody waiting: requests find out sooner, and a lost link at once. */
const lookWithinMs = 1_500

/** One address for people: everything they ask goes from here to a node that lives. */
export class ShopGateway implements RunningRole {
  readonly #node: PlainNode
  readonly #shop: ShopPlan
  readonly #ports: NodePorts
  readonly #calls: WireCalls
  readonly #catalogues: CatalogueNodes
  readonly #services: CatalogueNodes
  readonly #choice: KeptChoice
  readonly #roads: Roads
  #answered = 0
  #failedOver = 0
  #stale = 0
  #unknown = 0

  constructor(plan: NodePlan, ports: NodePorts) {
    const { clock, wire, store, secrets, endpoint } = ports
    const node = new PlainNode(plan, ports)
    const shop = shopOf(plan)
    this.#node = node
    this.#shop = shop
    this.#ports = ports
    this.#calls = new WireCalls({ post: node.post, clock, wire })
    this.#catalogues = this.#nodesOf(shop.catalogues, shop.founders)
    const services = [shop.cart, shop.orders]
    this.#services = this.#nodesOf(services, services)
    this.#choice = new KeptChoice(store)
    this.#roads = new Roads({
      ...{ shop, clock, nodes: this.#catalogues, visitors: new Visitors() },
      passing: this.#makePassing(),
      choice: () => this.#choice.value,
      freshAttempt: () => toHex(secrets.passwords.freshKey().subarray(0, attemptBytes)),
      onStale: () => {
        this.#stale += 1
      },
    })
    const own = gatewayRoutes({
      choice: this.#choice,
      services: () => this.#all,
      wallMs: () => clock.wall(),
    })
    const handler = shopApi(withDescription(own, serviceFacts), shop.staffToken)
    serveAwake(node, endpoint, this.#routed(handler))
    node.every(wireCallLimits.lookEveryMs, () => this.#calls.look())
    node.every(lookEveryMs, () => this.#look())
  }

  facts(): RoleFacts {
    const counts = {
      answered: this.#answered,
      failedOver: this.#failedOver,
      stale: this.#stale,
      unknown: this.#unknown,
    }
    const shop: ShopFacts = { kind: 'gateway', choice: this.#choice.value, services: this.#all, ...counts }
    return this.#node.facts({ shop, canWrite: this.#choice.canWrite })
  }

  setFaults(rules: NodePlan['faults']): void {
    this.#node.setFaults(rules)
    if (rules.isDiskFull === this.#choice.canWrite) this.#choice.keep(this.#choice.value)
  }

  answer(request: NodeRequest, done: (result: Result<unknown>) => void): void {
    this.#node.answer(request, done)
  }

  stop(): void {
    void this.#node.stops.run()
  }

  get #all(): readonly ShopServiceFacts[] {
    return [...this.#catalogues.facts, ...this.#services.facts]
  }

  #nodesOf(nodes: readonly NodeId[], founders: readonly NodeId[]): CatalogueNodes {
    const { clock } = this.#ports
    return new CatalogueNodes({
      nodes,
      founders,
      nowMs: () => clock.now(),
      isReachable: (node) => this.#calls.isReachable(node),
    })
  }

  #makePassing(): Passing {
    return new Passing({
      calls: this.#calls,
      clock: this.#ports.clock,
      heard: (from, answer, tookMs) => {
        this.#catalogues.heard(from, answer, tookMs)
        this.#services.heard(from, answer, tookMs)
      },
      silent: (from) => {
        this.#catalogues.silent(from)
        this.#services.silent(from)
      },
      failedOver: () => {
        this.#failedOver += 1
      },
      unknown: () => {
        this.#unknown += 1
      },
    })
  }

  #routed(own: Handler): Handler {
    return (request, answer) => {
      this.#answered += 1
      if (isTooLong(request)) return own(request, answer)
      const { path, method } = request
      const { cart, orders } = this.#shop
      if (path.startsWith('/api/carrinho/')) return this.#roads.single(cart, request, isSafeTwice(request), answer)
      if (orderRoots.some((root) => path === root || path.startsWith(`${root}/`))) {
        return this.#roads.single(orders, request, true, answer)
      }
      if (!isOfCatalogue(path)) return own(request, answer)
      const isRead = method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
      if (isRead) this.#roads.readCatalogue(request, answer)
      else this.#roads.writeCatalogue(request, answer)
    }
  }

  /** Whoever is silent is known by that before somebody has to wait for it. That there is no page is an answer too. */
  #look(): void {
    const shop = this.#shop
    const ask = (node: NodeId, path: string, nodes: CatalogueNodes): void => {
      this.#calls.ask(node, { request: { ...emptyRequest, path }, withinMs: lookWithinMs }, (called) => {
        if (called.kind !== 'answered') return nodes.silent(node)
        nodes.heard(node, called.answer, called.tookMs)
        const standing = path === standingPath ? readStanding(called.answer.body) : null
        if (standing !== null) nodes.learned(standing.members, standing.position)
      })
    }
    for (const node of shop.catalogues) ask(node, standingPath, this.#catalogues)
    for (const node of [shop.cart, shop.orders]) ask(node, '/', this.#services)
    this.#ports.onChange()
  }
}

const attemptBytes = 16
const standingPath = '/api/v1/standing'
const emptyRequest = { method: 'GET', query: new Map(), headers: {}, body: new Uint8Array(0) } as const

const orderRoots = ['/api/pedidos', '/api/v1/orders']
const catalogueRoots = [
  '/api/produtos',
  '/api/categorias',
  '/art',
  '/api/v1/products',
  '/api/v1/categories',
  '/api/v1/ledger',
  '/api/v1/reservations',
  '/api/v1/standing',
]

function isOfCatalogue(path: string): boolean {
  return catalogueRoots.some((root) => path === root || path.startsWith(`${root}/`))
}

/** Only what is added is added once more when it is asked twice. */
function isSafeTwice({ method, path }: EndpointRequest): boolean {
  return method !== 'POST' || path === '/api/carrinho/sessao'
}
