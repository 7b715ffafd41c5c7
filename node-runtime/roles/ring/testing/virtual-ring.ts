import type { RingCall, RingHistoryPage, RingPeerFacts } from '#contract/worker/ring'
import { type NodeId, nodeId } from '#kit/ids'
import { fail, type Result } from '#kit/result'
import type { LostWhy, RingLinks } from '#ports/ring-links'
import { startRingPeer } from '../../ring-peer.ts'
import type { RunningRole } from '../../role.ts'
import { type VirtualHost, VirtualHosts, virtualPlan } from '../../testing/virtual-hosts.ts'

type Listener<Args extends readonly unknown[]> = (...args: Args) => void

const none = { garbage: 0, 'too-large': 0, half: 0, 'wrong-key': 0, replayed: 0, 'too-many': 0, 'texts-not-allowed': 0 }

/** Ring peers on virtual hosts, whose group is a list and whose connections are the hosts' wires. */
export class VirtualRing {
  readonly hosts: VirtualHosts
  readonly #running = new Map<NodeId, RunningRole>()
  readonly #shouts = new Map<NodeId, Set<Listener<[bytes: Uint8Array]>>>()
  readonly #lost = new Map<NodeId, Set<Listener<[peer: string, why: LostWhy]>>>()

  constructor(names: readonly string[]) {
    this.hosts = new VirtualHosts(names)
    for (const id of this.hosts.ids) this.start(id)
  }

  get ids(): readonly NodeId[] {
    return this.hosts.ids
  }

  start(id: NodeId): void {
    const host = this.hosts.host(id)
    const peers = this.ids.filter((other) => other !== id)
    const plan = {
      ...virtualPlan(id, this.ids),
      role: 'ring-peer',
      group: null,
      peers: peers.map((nodeName) => ({ nodeId: nodeName, ...this.#address(nodeName), publicKey: '' })),
      timing: { ...virtualPlan(id, this.ids).timing, tickMs: 50 },
      ring: {
        name: id.toUpperCase(),
        group: { host: 'virtual', port: 1 },
        interfaceHost: 'virtual',
        ttl: 0,
        key: '',
        textsFrom: 'nobody',
        timing: 'demo',
      },
    } as const
    this.#shouts.set(id, new Set())
    this.#lost.set(id, new Set())
    this.hosts.live(host, () => {
      this.#running.set(id, startRingPeer(plan, { ...host.ports(), ring: this.#links(host) }))
    })
  }

  /** Nothing of it is written any more, and nobody listens there. */
  kill(id: NodeId): void {
    this.#running.delete(id)
    this.hosts.host(id).crash()
    const { host, port } = this.#address(id)
    for (const [other, listeners] of this.#lost) {
      if (other !== id) for (const listener of listeners) listener(`${host}:${port}`, 'closed')
    }
    this.#lost.set(id, new Set())
    this.#shouts.set(id, new Set())
  }

  role(id: NodeId): RunningRole {
    const role = this.#running.get(id)
    if (role === undefined) throw new Error(`${id} does not run`)
    return role
  }

  facts(id: NodeId): RingPeerFacts {
    const { ring } = this.role(id).facts()
    if (ring === null) throw new Error(`${id} is no ring peer`)
    return ring
  }

  ask(id: NodeId, call: RingCall): Result<unknown> {
    let answer: Result<unknown> | null = null
    this.hosts.live(this.hosts.host(id), () => {
      this.role(id).answer({ kind: 'ring', call }, (result) => {
        answer = result
      })
    })
    return answer ?? fail('timed-out', 'it has not answered yet')
  }

  say(id: NodeId, text: string): Result<unknown> {
    return this.ask(id, { name: 'ring.say', input: { nodeId: id, text } })
  }

  command(id: NodeId, command: 'elect' | 'refresh' | 'leave' | 'join'): Result<unknown> {
    return this.ask(id, { name: 'ring.command', input: { nodeId: id, command } })
  }

  page(id: NodeId, before: string | null = null, limit = 200): RingHistoryPage {
    const result = this.ask(id, { name: 'ring.history', input: { nodeId: id, before, limit } })
    if (!result.ok) throw new Error(result.failure.message)
    return result.value as RingHistoryPage // what the role answers this call with
  }

  texts(id: NodeId): readonly string[] {
    return this.page(id).rows.map(({ text }) => text)
  }

  /** The leader on which all of these agree, in a ring of just them. */
  leaderOf(ids: readonly NodeId[]): NodeId | null {
    const views = ids.map((id) => this.facts(id))
    const [first] = views
    const isOne = views.every(
      ({ leader, version, term, members }) =>
        leader === first?.leader && version === first?.version && term === first?.term && members.length === ids.length,
    )
    return isOne ? (first?.members[0]?.node ?? null) : null
  }

  untilLed(ids: readonly NodeId[] = this.ids): NodeId {
    this.hosts.until(() => this.leaderOf(ids) !== null)
    return this.leaderOf(ids) ?? nodeId('nobody')
  }

  #address(id: NodeId): { readonly host: string; readonly port: number } {
    return { host: '127.0.0.1', port: 9001 + this.ids.indexOf(id) }
  }

  #nameOf(id: NodeId): string {
    const { host, port } = this.#address(id)
    return `${host}:${port}`
  }

  #links({ id, wire }: VirtualHost): RingLinks {
    const byName = new Map(this.ids.map((one) => [this.#nameOf(one), one]))
    const listening = <Args extends readonly unknown[]>(set: Set<Listener<Args>> | undefined, one: Listener<Args>) => {
      set?.add(one)
      return () => void set?.delete(one)
    }
    const shouts = this.#shouts.get(id)
    const lost = this.#lost.get(id)
    const silent = () => () => {}
    return {
      id: this.#nameOf(id),
      nodeOf: (peer) => byName.get(peer) ?? nodeId('stranger'),
      peerOf: (node) => (this.ids.includes(node) ? this.#nameOf(node) : null),
      send: (to, bytes) => {
        if (this.#running.has(to)) return wire.send(to, bytes)
        // Nobody listens there; whoever asked hears of it a little later, as on real links.
        this.hosts.host(id).later.soon(() => {
          for (const listener of lost ?? []) listener(this.#nameOf(to), 'refused')
        })
        return false
      },
      flush: () => wire.flush(),
      listen: (receive) => wire.listen(receive),
      links: () => wire.links(),
      onLost: (listener) => listening(lost, listener),
      sendText: () => {},
      onText: silent,
      shout: (bytes) => {
        for (const [other, listeners] of this.#shouts) {
          if (other === id || this.hosts.cut.has(`${id}>${other}`)) continue
          for (const listener of listeners) listener(bytes)
        }
      },
      onShout: (listener) => listening(shouts, listener),
      callOut: () => {},
      whisper: () => {},
      onCall: silent,
      refused: none,
      onRefused: silent,
    }
  }
}
