import type { LinkRules } from '#contract/worker/faults'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import type { HostPort } from '#ports/ring-links'
import { calmWeather } from './scenario.ts'
import { type LinkFaults, VirtualNetwork } from './virtual-network.ts'
import { VirtualRingLinks, type VirtualRingPlan } from './virtual-ring-links.ts'

interface Word {
  readonly kind: 'message' | 'shout'
  readonly bytes: Uint8Array
}

/** A program that is no own peer. */
export interface VirtualStranger {
  readonly at: HostPort
  readonly text: (text: string) => void
  readonly call: (from: HostPort, text: string) => void
}

/** One machine on which own peers and strangers live, moved by `tick`. A tick is a millisecond. */
export class VirtualRingRoom {
  readonly #plans: readonly VirtualRingPlan[]
  readonly #network: VirtualNetwork<{ message: Word; view: null; note: null }>
  readonly #links = new Map<NodeId, VirtualRingLinks>()
  readonly #faults = new Map<NodeId, readonly LinkRules[]>()
  readonly #strangers: VirtualStranger[] = []
  /** Pairs of nodes that have a connection, as `from>to` both ways. */
  readonly #connected = new Set<string>()
  #soon: (() => void)[] = []
  #nowMs = 0

  constructor(plans: readonly VirtualRingPlan[], random: Random = new Random('ring room')) {
    this.#plans = plans
    const nodes = plans.map(({ nodeId }) => nodeId)
    this.#network = new VirtualNetwork(nodes, calmWeather, random)
    for (const node of nodes) this.restart(node)
  }

  get nowMs(): number {
    return this.#nowMs
  }

  links(node: NodeId): VirtualRingLinks {
    const links = this.#links.get(node)
    assert(links !== undefined, `${node} lives`)
    return links
  }

  add(stranger: VirtualStranger): void {
    this.#strangers.push(stranger)
  }

  setFaults(node: NodeId, rules: readonly LinkRules[]): void {
    this.#faults.set(node, rules)
    this.#links.get(node)?.setFaults(rules)
    const faulty = [...this.#faults].flatMap(([from, all]) => all.map((rule) => linkOf(from, rule)))
    this.#network.setFaults(faulty)
  }

  crash(node: NodeId): void {
    this.#links.delete(node)
    const gone = this.#planOf(node)
    for (const { nodeId } of this.#plans) {
      const was = this.#connected.delete(`${nodeId}>${node}`)
      this.#connected.delete(`${node}>${nodeId}`)
      if (was) this.#soon.push(() => this.#links.get(nodeId)?.arrives.lost(gone, 'closed'))
    }
  }

  restart(node: NodeId): void {
    const self = this.#planOf(node)
    const others = this.#plans.filter((plan) => plan !== self).map(({ nodeId }) => nodeId)
    const send = (to: NodeId, word: Word) => this.#network.send({ from: node, to, message: word }, this.#nowMs)
    const links = new VirtualRingLinks(self, this.#plans, {
      nowMs: () => this.#nowMs,
      message: (to, bytes) => send(to, { kind: 'message', bytes }),
      shout: (bytes) => {
        for (const to of others) send(to, { kind: 'shout', bytes })
      },
      text: (to, text, undelivered) => this.#soon.push(() => this.#bringText(to, text, undelivered)),
      callOut: (text) => {
        for (const { call } of this.#strangers) this.#soon.push(() => call(addressOf(self.id), text))
      },
      whisper: (to, text) =>
        this.#soon.push(() => {
          for (const { at, call } of this.#strangers) if (isSame(at, to)) call(addressOf(self.id), text)
        }),
    })
    links.setFaults(this.#faults.get(node) ?? [])
    this.#links.set(node, links)
  }

  /** What a stranger brings, calls out, or answers. */
  bringText(to: string, text: string): void {
    this.#soon.push(() => this.#bringText(to, text, () => {}))
  }

  callAll(from: HostPort, text: string): void {
    for (const { nodeId } of this.#plans)
      this.#soon.push(() => this.#links.get(nodeId)?.arrives.call(from, text, false))
  }

  callOne(from: HostPort, to: HostPort, text: string): void {
    const plan = this.#plans.find(({ id }) => isSame(addressOf(id), to))
    if (plan !== undefined) this.#soon.push(() => this.#links.get(plan.nodeId)?.arrives.call(from, text, true))
  }

  tick(): void {
    this.#nowMs += 1
    for (const work of this.#soon.splice(0)) work()
    for (const { from, to, message } of this.#network.due(this.#nowMs)) this.#deliver(from, to, message)
  }

  #deliver(from: NodeId, to: NodeId, { kind, bytes }: Word): void {
    const links = this.#links.get(to)
    if (kind === 'shout') links?.arrives.shout(bytes)
    else if (links === undefined) this.#links.get(from)?.arrives.lost(this.#planOf(to), 'refused')
    else {
      this.#connected.add(`${from}>${to}`).add(`${to}>${from}`)
      links.arrives.message(from, bytes)
    }
  }

  #bringText(to: string, text: string, undelivered: () => void): void {
    const stranger = this.#strangers.find(({ at }) => isSame(at, addressOf(to)))
    const links = [...this.#links.values()].find(({ id }) => id === to)
    if (stranger !== undefined) stranger.text(text)
    else if (links !== undefined) links.arrives.text('127.0.0.1', text)
    else undelivered()
  }

  #planOf(node: NodeId): VirtualRingPlan {
    const plan = this.#plans.find(({ nodeId }) => nodeId === node)
    assert(plan !== undefined, `${node} is planned`)
    return plan
  }
}

function addressOf(id: string): HostPort {
  const colon = id.lastIndexOf(':')
  return { host: id.slice(0, colon), port: Number(id.slice(colon + 1)) }
}

function isSame(one: HostPort, other: HostPort): boolean {
  return one.host === other.host && one.port === other.port
}

function linkOf(from: NodeId, rule: LinkRules): { from: NodeId; to: NodeId; faults: LinkFaults } {
  const { to, delayMs, jitterMs, ...rest } = rule
  return { from, to, faults: { ...rest, delayTicks: delayMs, jitterTicks: jitterMs } }
}
