import { randomInt, randomUUID } from 'node:crypto'
import type { LinkRules } from '#contract/worker/faults'
import type { KeyPair, PeerAddress } from '#contract/worker/protocol'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { ok, type Result } from '#kit/result'
import { type Stop, StopStack } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'
import type { Wire } from '#ports/wire'
import { CopyingContext } from './copying-context.ts'
import { Dial } from './dial.ts'
import { openGate } from './gate.ts'
import { openInbox } from './inbox.ts'
import { linkLimits } from './limits.ts'
import { type CarrierEvents, Link, type WireDrop } from './link.ts'
import { proverBetween } from './proof.ts'

export interface WireOptions {
  readonly nodeId: NodeId
  readonly host: string
  /** 0: any free one; `port` of the open wire says which. */
  readonly port: number
  readonly keys: KeyPair
  /** The other members. Nobody else gets in. */
  readonly peers: readonly PeerAddress[]
  readonly clock: Clock
  /** Called inside `send` for what that call dropped, and at any time for the rest. */
  readonly onDrop: (drop: WireDrop) => void
  /** The luck of loss, copies and jitter. */
  readonly random?: Random
}

export interface OpenWire extends Wire {
  readonly port: number
  /** All link faults in force, sent whole. They act on what is sent from now on. */
  setFaults(rules: readonly LinkRules[]): void
  close(): Promise<void>
}

/** Refuses with `port-taken`, `no-permission`, or `bad-request` for an address that this machine does not have. */
export async function openWire(options: WireOptions): Promise<Result<OpenWire>> {
  const stops = new StopStack()
  // A context of its own, because the gate's address is one per context.
  const context = new CopyingContext()
  const listeners = new Set<(from: NodeId, bytes: Uint8Array) => void>()
  const links = new Map<NodeId, Link<Dial>>()
  const droppedHere = (peer: NodeId | null, why: WireDrop['why']): void => {
    const link = peer === null ? undefined : links.get(peer)
    if (link === undefined) options.onDrop({ peer: null, why, bytes: null })
    else link.drop(why, null)
  }
  const members = options.peers.map((peer) => ({
    peer,
    prove: proverBetween(options.keys.secretKey, peer.publicKey),
  }))

  stops.add(await openGate(context, options.peers, () => droppedHere(null, 'stranger')))
  const inbox = await openInbox({
    ...options,
    context,
    self: options.nodeId,
    provers: new Map(members.map(({ peer, prove }) => [peer.nodeId, { nodeId: peer.nodeId, prove }])),
    onDrop: droppedHere,
    // The peer has just come in to us, so it is there; after a restart it is often first.
    onHello: (from) => links.get(from)?.carrier.hurry(),
    onBatch: (from, stamp, messages) => {
      links.get(from)?.received(stamp, messages)
      for (const message of messages) for (const receive of listeners) receive(from, message)
    },
  })
  if (!inbox.ok) {
    await stops.run()
    return inbox
  }
  stops.add(inbox.value.close)
  const shared = { ...options, context, self: options.nodeId, life: randomInt(2 ** 32) }
  const luck = options.random ?? new Random(randomUUID())
  for (const { peer, prove } of members) {
    const openCarrier = (on: CarrierEvents) => new Dial({ ...shared, peer, prove }, on)
    const link = new Link({ ...shared, peer: peer.nodeId, openCarrier, random: luck.fork(peer.nodeId) })
    links.set(peer.nodeId, link)
    stops.add(() => link.close())
  }
  stops.add(startPulse(options.clock, links))
  return ok(composed({ options, links, listeners, stops, port: inbox.value.port }))
}

interface WireParts {
  readonly options: WireOptions
  readonly links: ReadonlyMap<NodeId, Link<Dial>>
  readonly listeners: Set<(from: NodeId, bytes: Uint8Array) => void>
  readonly stops: StopStack
  readonly port: number
}

function composed({ options, links, listeners, stops, port }: WireParts): OpenWire {
  return {
    port,
    send: (to, bytes) => {
      const link = links.get(to)
      if (link !== undefined) return link.send(bytes)
      options.onDrop({ peer: to, why: 'not-connected', bytes })
      return false
    },
    flush: () => {
      for (const link of links.values()) link.flush()
    },
    listen: (receive) => {
      listeners.add(receive)
      return () => void listeners.delete(receive)
    },
    links: () => [...links.values()].map((link) => link.view),
    setFaults: (rules) => {
      const ruleFor = new Map(rules.map((rule) => [rule.to, rule]))
      for (const [peer, link] of links) link.setRules(ruleFor.get(peer) ?? null)
    },
    close: () => stops.run(),
  }
}

/** A node without peers has nothing to pulse for, and then nothing is scheduled. */
function startPulse(clock: Clock, links: ReadonlyMap<NodeId, Link<Dial>>): Stop {
  if (links.size === 0) return () => {}
  return clock.every(linkLimits.pulseMs, () => {
    for (const link of links.values()) link.pulse()
  })
}
