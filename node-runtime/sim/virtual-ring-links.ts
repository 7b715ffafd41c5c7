import type { LinkRules } from '#contract/worker/faults'
import type { DropWhy } from '#contract/worker/trace'
import type { PeerLinkView } from '#contract/worker/view'
import { type NodeId, nodeId } from '#kit/ids'
import type { Stop } from '#kit/stop-stack'
import type { HostPort, LostWhy, RefusedWhy, RingLinks } from '#ports/ring-links'
import { VirtualWire } from './virtual-wire.ts'

export interface VirtualRingPlan {
  readonly nodeId: NodeId
  readonly id: string
}

/** What carries the bytes of one peer's links: the ring's virtual machine room. */
export interface RingCarrier {
  readonly message: (to: NodeId, bytes: Uint8Array) => DropWhy | null
  readonly shout: (bytes: Uint8Array) => void
  readonly text: (to: string, text: string, undelivered: () => void) => void
  readonly callOut: (text: string) => void
  readonly whisper: (to: HostPort, text: string) => void
  readonly nowMs: () => number
}

const textBytesMax = 1_024

/** The RingLinks port of one life of a node. Nothing is sealed here: whom a message comes from is simply known. */
export class VirtualRingLinks implements RingLinks {
  readonly id: string
  readonly drops: { readonly peer: NodeId | null; readonly why: DropWhy }[] = []
  readonly #plans: readonly VirtualRingPlan[]
  readonly #carrier: RingCarrier
  readonly #wire: VirtualWire
  readonly #strangers = new Map<NodeId, string>()
  readonly #refused = { ...nothingRefused }
  readonly #onLost = new Set<(peer: string, why: LostWhy) => void>()
  readonly #onText = new Set<(fromHost: string, text: string) => void>()
  readonly #onShout = new Set<(bytes: Uint8Array) => void>()
  readonly #onCall = new Set<(from: HostPort, text: string, isAnswer: boolean) => void>()
  readonly #onRefused = new Set<(why: RefusedWhy, from: string) => void>()
  #rules: readonly LinkRules[] = []

  constructor(self: VirtualRingPlan, plans: readonly VirtualRingPlan[], carrier: RingCarrier) {
    this.id = self.id
    this.#plans = plans
    this.#carrier = carrier
    this.#wire = new VirtualWire({
      peers: plans.filter((plan) => plan !== self).map((plan) => plan.nodeId),
      carry: carrier.message,
      onDrop: (peer, why) => void this.drops.push({ peer, why }),
      nowMs: carrier.nowMs,
    })
  }

  nodeOf(peer: string): NodeId {
    const known = this.#plans.find(({ id }) => id === peer)
    if (known !== undefined) return known.nodeId
    const name = nodeId(`peer-${peer.replaceAll(/[.:]/g, '-')}`)
    this.#strangers.set(name, peer)
    return name
  }

  peerOf(node: NodeId): string | null {
    return this.#plans.find((plan) => plan.nodeId === node)?.id ?? this.#strangers.get(node) ?? null
  }

  send(to: NodeId, bytes: Uint8Array): boolean {
    return this.#wire.send(to, bytes)
  }

  flush(): void {
    this.#wire.flush()
  }

  listen(receive: (from: NodeId, bytes: Uint8Array) => void): Stop {
    return this.#wire.listen(receive)
  }

  links(): readonly PeerLinkView[] {
    return this.#wire.links()
  }

  sendText(to: string, text: string, undelivered: () => void): void {
    this.#carrier.text(to, text, undelivered)
  }

  shout(bytes: Uint8Array): void {
    this.#carrier.shout(bytes.slice())
  }

  callOut(text: string): void {
    this.#carrier.callOut(text)
  }

  whisper(to: HostPort, text: string): void {
    this.#carrier.whisper(to, text)
  }

  get refused(): Readonly<Record<RefusedWhy, number>> {
    return { ...this.#refused }
  }

  onLost(listener: (peer: string, why: LostWhy) => void): Stop {
    return added(this.#onLost, listener)
  }

  onText(listener: (fromHost: string, text: string) => void): Stop {
    return added(this.#onText, listener)
  }

  onShout(listener: (bytes: Uint8Array) => void): Stop {
    return added(this.#onShout, listener)
  }

  onCall(listener: (from: HostPort, text: string, isAnswer: boolean) => void): Stop {
    return added(this.#onCall, listener)
  }

  onRefused(listener: (why: RefusedWhy, from: string) => void): Stop {
    return added(this.#onRefused, listener)
  }

  setFaults(rules: readonly LinkRules[]): void {
    this.#rules = rules
  }

  /** For the one who carries: all that comes to this peer. */
  readonly arrives = {
    message: (from: NodeId, bytes: Uint8Array): void => this.#wire.deliver(from, bytes),
    shout: (bytes: Uint8Array): void => {
      for (const listener of this.#onShout) listener(bytes)
    },
    lost: (peer: VirtualRingPlan, why: LostWhy): void => {
      // What a cut keeps from this node, the end of a connection must not tell it either.
      if (this.#rules.some(({ to, isCut }) => to === peer.nodeId && isCut)) return
      for (const listener of this.#onLost) listener(peer.id, why)
    },
    text: (fromHost: string, text: string): void => {
      if (this.#isText(fromHost, text)) for (const listener of this.#onText) listener(fromHost, text)
    },
    call: (from: HostPort, text: string, isAnswer: boolean): void => {
      if (this.#isText(from.host, text)) for (const listener of this.#onCall) listener(from, text, isAnswer)
    },
  }

  #isText(from: string, text: string): boolean {
    const bytes = new TextEncoder().encode(text).byteLength
    if (bytes > 0 && bytes <= textBytesMax && !text.includes('\0')) return true
    const why = bytes > textBytesMax ? 'too-large' : 'garbage'
    this.#refused[why] += 1
    for (const listener of this.#onRefused) listener(why, from)
    return false
  }
}

function added<L>(listeners: Set<L>, listener: L): Stop {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

const nothingRefused: Readonly<Record<RefusedWhy, number>> = {
  garbage: 0,
  'too-large': 0,
  half: 0,
  'wrong-key': 0,
  replayed: 0,
  'too-many': 0,
  'texts-not-allowed': 0,
}
