import { randomInt } from 'node:crypto'
import type { LinkRules } from '#contract/worker/faults'
import type { PeerLinkView } from '#contract/worker/view'
import type { NodeId } from '#kit/ids'
import type { Random } from '#kit/random'
import type { Clock } from '#ports/clock'
import type { HostPort, LostWhy, RefusedWhy } from '#ports/ring-links'
import { decodeFrame } from '../wire/frames.ts'
import { Link, type WireDrop } from '../wire/link.ts'
import { addressOf } from './addresses.ts'
import type { Proven } from './connection.ts'
import type { GreetingOptions } from './greeting.ts'
import { ringLinkLimits } from './limits.ts'
import type { Names } from './names.ts'
import { type CarrierOptions, PeerCarrier } from './peer-carrier.ts'

export interface PeersOptions {
  readonly nodeId: NodeId
  readonly peers: readonly { readonly nodeId: NodeId; readonly id: string }[]
  readonly names: Names
  readonly clock: Clock
  readonly random: Random
  readonly greeting: () => Omit<GreetingOptions, 'dialed'>
  readonly onMessage: (from: NodeId, bytes: Uint8Array) => void
  readonly onLost: (peer: string, why: LostWhy) => void
  readonly onRefused: (why: RefusedWhy, from: string) => void
  readonly onDrop: (drop: WireDrop) => void
}

interface Peer {
  readonly node: NodeId
  readonly link: Link<PeerCarrier>
  /** How much had gone over the link when it was last found in use, and how many beats ago that was. */
  used: number
  idleBeats: number
}

/** A link to each own peer that was spoken to or came in: the same queue, faults and measures as on every wire. */
export class Peers {
  readonly #options: PeersOptions
  readonly #life = randomInt(2 ** 32)
  readonly #peers = new Map<string, Peer>()
  #rules: ReadonlyMap<NodeId, LinkRules> = new Map()
  #isClosed = false

  constructor(options: PeersOptions) {
    this.#options = options
  }

  send(to: NodeId, bytes: Uint8Array): boolean {
    const id = this.#options.names.peerOf(to)
    const peer = id === null || this.#isClosed ? null : this.#peerFor(id)
    if (peer !== null) return peer.link.send(bytes)
    this.#options.onDrop({ peer: to, why: 'not-connected', bytes })
    return false
  }

  flush(): void {
    for (const { link } of this.#peers.values()) link.flush()
  }

  take(proven: Proven): void {
    const peer = this.#isClosed ? null : this.#peerFor(proven.peer.id)
    if (peer === null) proven.socket.destroy()
    else peer.link.carrier.take(proven)
  }

  /** The lab's peers are there from the start; others when they were first met. */
  views(): readonly PeerLinkView[] {
    for (const { id } of this.#options.peers) this.#peerFor(id)
    return [...this.#peers.values()].map(({ link }) => link.view)
  }

  setRules(rules: readonly LinkRules[]): void {
    this.#rules = new Map(rules.map((rule) => [rule.to, rule]))
    for (const { node, link } of this.#peers.values()) link.setRules(this.#rules.get(node) ?? null)
  }

  beat(): void {
    for (const peer of this.#peers.values()) {
      peer.link.pulse()
      peer.link.carrier.beat()
      const { sentCount, receivedCount } = peer.link.view
      peer.idleBeats = sentCount + receivedCount === peer.used ? peer.idleBeats + 1 : 0
      peer.used = sentCount + receivedCount
      if (peer.idleBeats >= ringLinkLimits.idleBeatsMax) peer.link.carrier.giveBack()
    }
  }

  close(): void {
    this.#isClosed = true
    for (const { link } of this.#peers.values()) link.close()
  }

  /** null: no address of a peer, ourselves, or too many are connected. */
  #peerFor(id: string): Peer | null {
    const known = this.#peers.get(id)
    if (known !== undefined) return known
    const address = addressOf(id)
    if (address === null || id === this.#options.greeting().self.id || !this.#makeRoom()) return null
    const node = this.#options.names.nodeOf(id)
    const onFrame = (frame: Buffer): void => this.#received({ id, node, link }, frame)
    const link: Link<PeerCarrier> = new Link({
      peer: node,
      clock: this.#options.clock,
      random: this.#options.random.fork(node),
      life: this.#life,
      onDrop: this.#options.onDrop,
      openCarrier: (on) => new PeerCarrier({ ...this.#carrierOptions({ id, address }), onFrame }, on),
    })
    link.setRules(this.#rules.get(node) ?? null)
    const peer = { node, link, used: 0, idleBeats: 0 }
    this.#peers.set(id, peer)
    return peer
  }

  #carrierOptions({
    id,
    address,
  }: {
    readonly id: string
    readonly address: HostPort
  }): Omit<CarrierOptions, 'onFrame'> {
    const { greeting, onLost, onRefused, names } = this.#options
    return {
      ...greeting(),
      peer: id,
      address,
      onLost: (why) => {
        // What a cut keeps from this node, the end of a connection must not tell it either.
        if (this.#rules.get(names.nodeOf(id))?.isCut !== true) onLost(id, why)
      },
      onRefused: (why) => onRefused(why, address.host),
    }
  }

  #received(from: { id: string; node: NodeId; link: Link<PeerCarrier> }, frame: Buffer): void {
    const batch = decodeFrame(frame)
    if (batch?.kind !== 'batch') {
      from.link.drop('malformed', null)
      this.#options.onRefused('garbage', from.id)
      return
    }
    from.link.received(batch.stamp, batch.messages)
    for (const message of batch.messages) this.#options.onMessage(from.node, message)
  }

  #makeRoom(): boolean {
    if (this.#peers.size < ringLinkLimits.peersMax) return true
    for (const [id, { link }] of this.#peers) {
      if (!link.carrier.isIdle) continue
      link.close()
      this.#peers.delete(id)
      return true
    }
    return false
  }
}
