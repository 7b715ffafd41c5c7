import type { ShopPlan } from '#contract/worker/shop'
import { encodeText } from '#kit/bytes'
import { type NodeId, nodeId } from '#kit/ids'
import type { EndpointRequest } from '#ports/endpoint'
import { type WholeAnswer, wholeAnswer } from '../../api-codec.ts'
import type { RoleStart, RunningRole } from '../../role.ts'
import { startShopCart } from '../../shop-cart.ts'
import { startShopCatalog } from '../../shop-catalog.ts'
import { startShopGateway } from '../../shop-gateway.ts'
import { startShopOrders } from '../../shop-orders.ts'
import { type VirtualHost, VirtualHosts, virtualPlan } from '../../testing/virtual-hosts.ts'

export const gateway = nodeId('shop-gateway')
export const cart = nodeId('shop-cart')
export const orders = nodeId('shop-orders')
export const catalogues: readonly NodeId[] = [1, 2, 3].map((number) => nodeId(`shop-catalog-${number}`))

const starts: ReadonlyMap<NodeId, RoleStart> = new Map<NodeId, RoleStart>([
  [gateway, startShopGateway],
  [cart, startShopCart],
  [orders, startShopOrders],
  ...catalogues.map((id) => [id, startShopCatalog] as const),
])

export interface Heard {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** What came, if it is JSON. */
  readonly json: Json
}

/** The members that tests look at by name. */
export interface Json {
  readonly success?: boolean
  readonly data?: never
  readonly error?: string
  readonly codigo?: string
  readonly [name: string]: unknown
}

export interface Question {
  readonly method?: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** An object goes as JSON. */
  readonly body?: object | string
}

/** A whole shop on virtual hosts, and strangers who ask its nodes over HTTP. */
export class VirtualShop {
  readonly hosts: VirtualHosts
  readonly #running = new Map<NodeId, RunningRole>()
  readonly #staffToken: string | null

  /** `others`: hosts on which somebody else runs something. */
  constructor({ staffToken = null as string | null, others = [] as readonly string[] } = {}) {
    this.hosts = new VirtualHosts([...starts.keys(), ...others])
    this.#staffToken = staffToken
    for (const id of starts.keys()) this.boot(id)
  }

  boot(id: NodeId, { hasRun = false } = {}): void {
    const host = this.hosts.host(id)
    const isMember = catalogues.includes(id)
    const plan = virtualPlan(id, [...starts.keys()])
    const shop: ShopPlan = { gateway, catalogues, founders: catalogues, cart, orders, staffToken: this.#staffToken }
    const group = isMember ? { founders: catalogues, hasRun, favourites: [], favouriteWaitTicks: 200 } : null
    // Members of the group are peers; everybody else may ask them, and is heard.
    const peers = isMember ? plan.peers.filter(({ nodeId: peer }) => catalogues.includes(peer)) : plan.peers
    const start = starts.get(id)
    if (start === undefined) throw new Error(`no role for ${id}`)
    this.hosts.live(host, () => {
      const role = start({ ...plan, peers, group, shop }, host.ports())
      this.#running.set(id, role)
    })
  }

  powerOff(id: NodeId): void {
    this.hosts.host(id).crash()
    this.#running.delete(id)
  }

  isUp(id: NodeId): boolean {
    return this.#running.has(id)
  }

  role(id: NodeId): RunningRole {
    const role = this.#running.get(id)
    if (role === undefined) throw new Error(`${id} is off`)
    return role
  }

  /** Whoever leads the catalogue, if one does. */
  get primary(): NodeId | null {
    const leads = (id: NodeId): boolean => this.role(id).facts().leadership?.leadership === 'leader'
    return catalogues.filter((id) => this.isUp(id)).find(leads) ?? null
  }

  /** And the gateway can read from it. */
  untilOpen(): NodeId {
    this.hosts.until(() => this.primary !== null)
    this.hosts.until(() => this.ask(gateway, '/api/produtos/1').status === 200)
    return this.primary ?? gateway
  }

  /** What is answered so far, when it is. */
  send(
    id: NodeId,
    path: string,
    { method = 'GET', query = {}, headers = {}, body }: Question = {},
  ): () => Heard | null {
    const answers: (WholeAnswer | null)[] = []
    const host: VirtualHost = this.hosts.host(id)
    const isObject = typeof body === 'object'
    const request: Partial<EndpointRequest> = {
      method,
      path,
      query: new Map(Object.entries(query)),
      headers: { ...(isObject ? { 'content-type': 'application/json' } : {}), ...headers },
      body: encodeText(isObject ? JSON.stringify(body) : (body ?? '')),
    }
    this.hosts.live(host, () =>
      host.endpoint.ask(request, (answer) => wholeAnswer(answer, (whole) => answers.push(whole))),
    )
    return () => heardIn(answers[0])
  }

  ask(id: NodeId, path: string, question: Question = {}): Heard {
    const answer = this.send(id, path, question)
    this.hosts.until(() => answer() !== null)
    const heard = answer()
    if (heard === null) throw new Error('no answer')
    return heard
  }

  /** Through the gateway. */
  shop(path: string, question: Question = {}): Heard {
    return this.ask(gateway, path, question)
  }
}

function heardIn(answer: WholeAnswer | null | undefined): Heard | null {
  if (answer === null || answer === undefined) return null
  const text = new TextDecoder().decode(answer.body)
  const isJson = answer.headers['content-type'] === 'application/json'
  return { status: answer.status, headers: answer.headers, text, json: isJson ? JSON.parse(text) : {} }
}
