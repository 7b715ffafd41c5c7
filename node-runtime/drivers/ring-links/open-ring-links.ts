import { randomBytes, randomUUID } from 'node:crypto'
import type { LinkRules } from '#contract/worker/faults'
import { assert } from '#kit/assert'
import type { NodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { ok, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'
import type { HostPort, LostWhy, RingLinks } from '#ports/ring-links'
import type { WireDrop } from '../wire/index.ts'
import { textOf } from './addresses.ts'
import { Door, type TextsFrom } from './door.ts'
import type { GroupOptions } from './group.ts'
import { GroupTalk } from './group-talk.ts'
import { ringLinkLimits } from './limits.ts'
import { Listeners } from './listeners.ts'
import { Names } from './names.ts'
import { Peers } from './peers.ts'
import { Refusals } from './refusals.ts'
import { TextsOut } from './texts-out.ts'

export interface RingLinksOptions extends GroupOptions {
  readonly nodeId: NodeId
  /** The own address that others reach this peer by; it listens there and nowhere else. */
  readonly host: string
  /** 0: any free one; `id` of the open links says which. */
  readonly port: number
  /** 32 bytes. Whoever has it is an own peer. */
  readonly key: Uint8Array
  /** The lab's other ring peers: who is called by what name, and whom faults can mean. */
  readonly peers: readonly { readonly nodeId: NodeId; readonly id: string }[]
  readonly textsFrom: TextsFrom
  readonly clock: Clock
  /** Called inside `send` and `shout` for what that call dropped, and at any time for the rest. */
  readonly onDrop: (drop: WireDrop) => void
  /** The luck of loss, copies and jitter. */
  readonly random?: Random
}

export interface OpenRingLinks extends RingLinks {
  readonly port: number
  /** All link faults in force, sent whole. They act on what is sent from now on. */
  setFaults(rules: readonly LinkRules[]): void
  close(): Promise<void>
}

interface Heard {
  readonly messages: Listeners<[from: NodeId, bytes: Uint8Array]>
  readonly lost: Listeners<[peer: string, why: LostWhy]>
  readonly texts: Listeners<[fromHost: string, text: string]>
  readonly shouts: Listeners<[bytes: Uint8Array]>
  readonly calls: Listeners<[from: HostPort, text: string, isAnswer: boolean]>
}

/** Refuses with `port-taken`, `no-permission`, or `no-interface` for an address that this machine does not have. */
export async function openRingLinks(options: RingLinksOptions): Promise<Result<OpenRingLinks>> {
  assert(options.key.byteLength === 32, 'a ring key is 32 bytes')
  const { clock, host } = options
  const stops = new StopStack()
  const refusals = new Refusals(() => clock.now())
  const heard = nobodyYet()
  const life = randomBytes(8)
  const random = options.random ?? new Random(randomUUID())
  const names = new Names(options.peers)
  // Nobody is let in before the door is open, and only then the own port is known.
  let id = textOf(options)
  const onRefused = refusals.add.bind(refusals)
  const peers = new Peers({
    ...options,
    names,
    random,
    greeting: () => ({ self: { id, life }, key: options.key, clock }),
    onMessage: (from, bytes) => heard.messages.tell(from, bytes),
    onLost: (peer, why) => heard.lost.tell(peer, why),
    onRefused,
  })
  const door = new Door({
    ...options,
    greeting: () => ({ self: { id, life }, key: options.key, clock }),
    onPeer: (proven) => peers.take(proven),
    onText: (from, text) => heard.texts.tell(from, text),
    onRefused,
  })
  const port = await door.open(options)
  if (!port.ok) return port
  id = textOf({ host, port: port.value })
  stops.add(() => door.close())
  stops.add(() => peers.close())
  const group = new GroupTalk({
    ...options,
    self: { id, nodeId: options.nodeId },
    random: random.fork('shouts'),
    onShout: (bytes) => heard.shouts.tell(bytes),
    onCall: (from, text, isAnswer) => heard.calls.tell(from, text, isAnswer),
    onRefused,
  })
  const joined = await group.open()
  if (!joined.ok) {
    await stops.run()
    return joined
  }
  stops.add(() => group.close())
  const texts = new TextsOut(clock)
  stops.add(() => texts.close())
  stops.add(clock.every(ringLinkLimits.beatMs, () => peers.beat()))
  return ok(composed({ id, port: port.value, names, peers, group, texts, refusals, heard, stops }))
}

interface Parts {
  readonly id: string
  readonly port: number
  readonly names: Names
  readonly peers: Peers
  readonly group: GroupTalk
  readonly texts: TextsOut
  readonly refusals: Refusals
  readonly heard: Heard
  readonly stops: StopStack
}

function composed({ id, port, names, peers, group, texts, refusals, heard, stops }: Parts): OpenRingLinks {
  return {
    id,
    port,
    nodeOf: (peer) => names.nodeOf(peer),
    peerOf: (node) => names.peerOf(node),
    send: (to, bytes) => peers.send(to, bytes),
    flush: () => peers.flush(),
    listen: (receive) => heard.messages.add(receive),
    links: () => peers.views(),
    onLost: (listener) => heard.lost.add(listener),
    sendText: (to, text, undelivered) => texts.send(to, text, undelivered),
    onText: (listener) => heard.texts.add(listener),
    shout: (bytes) => group.shout(bytes),
    onShout: (listener) => heard.shouts.add(listener),
    callOut: (text) => group.callOut(text),
    whisper: (to, text) => group.whisper(to, text),
    onCall: (listener) => heard.calls.add(listener),
    get refused() {
      return refusals.counts
    },
    onRefused: (listener) => refusals.listen(listener),
    setFaults: (rules) => {
      peers.setRules(rules)
      group.setRules(rules)
    },
    close: () => stops.run(),
  }
}

function nobodyYet(): Heard {
  return {
    messages: new Listeners(),
    lost: new Listeners(),
    texts: new Listeners(),
    shouts: new Listeners(),
    calls: new Listeners(),
  }
}
