import type { NodeCard } from '#contract/window/topology'
import { type NodeId, nodeId } from '#kit/ids'
import type { ClusterSpec } from '#supervisor/presets'
import { restartLimits } from '#supervisor/restart-budget'
import { seatsOf, shopPreset } from '#supervisor/shop-preset'
import { agreedLeader, openRealLab, pidOf, type RealLab } from '#supervisor/testing/real-lab'

/** Where no other lab of this machine is, another range for each process. */
const basePort = 14_100 + (process.pid % 40) * 20
const seats = seatsOf(shopPreset)
const httpPort = basePort + seats.length
const seated = seats.map((node, index) => ({ ...node, httpPort: httpPort + index }))

export const realShopSpec: ClusterSpec = {
  ...shopPreset,
  basePort,
  httpPort,
  nodes: seated.slice(0, shopPreset.nodes.length),
  seats: seated,
}

export const gateway = nodeId('shop-gateway')

const storyLinesMax = 40

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** A shop of real processes, asked over HTTP as any stranger would. */
export class RealShop {
  readonly lab: RealLab
  /** Each end of a process, with how it came, and why anything could not be asked: for whoever reads a test that failed. */
  readonly #told = new Set<string>()

  constructor() {
    // Every crash here is wanted and young; with the usual budget the nodes would be left down, and rightly.
    const restart = { ...restartLimits, crashesMax: Number.POSITIVE_INFINITY, delayMsMax: restartLimits.delayMs }
    this.lab = openRealLab({ clusters: [realShopSpec], limits: { restart } })
    this.lab.supervisor.onTopology(() => this.#noteEnds())
  }

  async open(): Promise<void> {
    const started = await this.lab.supervisor.startCluster(realShopSpec.id)
    if (!started.ok) throw new Error(`${started.failure.code}: ${started.failure.message}`)
    await this.untilOpen()
  }

  close(): Promise<void> {
    return this.lab.close()
  }

  get catalogues(): readonly NodeCard[] {
    return this.lab.nodes().filter(({ role }) => role === 'shop-catalog')
  }

  primary(): Promise<NodeCard> {
    return this.lab.until(() => agreedLeader(this.catalogues))
  }

  /** All nodes run, the catalogue is led, and the gateway can read from it. */
  async untilOpen(): Promise<void> {
    await this.lab.until(({ clusters }) =>
      clusters.flatMap(({ nodes }) => nodes).every(({ state }) => state.kind === 'running'),
    )
    await this.primary()
    await this.lab.until(() => {
      const shop = this.lab.node(gateway).view?.shop
      return shop?.kind === 'gateway' && shop.services.every(({ isLive, heardMsAgo }) => isLive && heardMsAgo !== null)
    })
  }

  /** At once, and without a word to anybody. */
  kill(node: NodeCard): void {
    process.kill(pidOf(node), 'SIGKILL')
  }

  /** As soon as its next process is there, long before it could serve anybody. */
  async killInStart(id: NodeId): Promise<void> {
    const pid = await this.lab.until(() => {
      const { state } = this.lab.node(id)
      return state.kind === 'starting' && state.pid
    })
    process.kill(pid, 'SIGKILL')
    await this.lab.until(() => this.lab.node(id).state.kind !== 'starting')
  }

  get story(): string {
    return [...this.#told].slice(-storyLinesMax).join('\n')
  }

  at(node: NodeId = gateway): { readonly host: string; readonly port: number } {
    const { http } = this.lab.node(node)
    if (http === null) throw new Error(`${node} has no address for HTTP`)
    return http
  }

  /** null: the network failed, as it does when the other end is killed. */
  async ask(path: string, init: RequestInit = {}, node: NodeId = gateway): Promise<Answered | null> {
    const { host, port } = this.at(node)
    try {
      const answer = await fetch(`http://${host}:${port}${path}`, init)
      return { status: answer.status, headers: answer.headers, text: await answer.text() }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      this.#told.add(`${node}: ${error.message}: ${String(error.cause)}`)
      return null
    }
  }

  send(path: string, body: object, { method = 'POST', key = null as string | null } = {}): Promise<Answered | null> {
    const headers = { 'content-type': 'application/json', ...(key === null ? {} : { 'idempotency-key': key }) }
    return this.ask(path, { method, headers, body: JSON.stringify(body) })
  }

  #noteEnds(): void {
    for (const { id, state } of this.lab.nodes()) {
      if (state.kind === 'crashed') this.#told.add(`${state.sinceWallMs} ${id}: ${state.how}`)
      if (state.kind === 'left-down') this.#told.add(`${state.sinceWallMs} ${id}: ${state.code} ${state.detail}`)
    }
  }
}
