import { type ChatFacts, type ChatLayout, chatSockets } from '#contract/worker/chat'
import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import { readPublication } from '#dialects/chat/index'
import { decodeText, encodeText } from '#kit/bytes'
import type { NodeId } from '#kit/ids'
import { ok, type Result } from '#kit/result'
import type { ForwarderSocket } from '#ports/sockets'
import { PlainNode } from '../../plain-node.ts'
import type { NodePorts, RoleFacts, RunningRole } from '../../role.ts'
import { chatOf } from '../chat-of.ts'
import { encodeFollowed, followedKind } from '../followed-word.ts'
import { ForeignLog } from '../foreign-log.ts'
import { OwnPublications } from './own-publications.ts'

const lookEveryMs = 250
/** Servers that have begun anew have not been told. */
const tellEveryMs = 1_000
const topicBytesShown = 32

interface Forward {
  readonly name: string
  readonly socket: ForwarderSocket
}

/**
 * Holds the forwarders, through which everything is published: they come and go with the node, and no byte of it passes
 * through here. It listens to the course's like any program, for what is not ours.
 */
export class ChatProxy implements RunningRole {
  readonly #node: PlainNode
  readonly #ports: NodePorts
  readonly #forwards: readonly Forward[]
  readonly #log: ForeignLog
  readonly #own: OwnPublications
  readonly #layouts: readonly ChatLayout[]
  /** Those that are told: in the profile of everyone each publishes anyway. */
  readonly #told: readonly NodeId[]
  /** Where this proxy itself listens now. */
  #isListening = false
  #wereForwarding = ''

  constructor(plan: NodePlan, ports: NodePorts) {
    const { clock, sockets } = ports
    const node = new PlainNode(plan, ports)
    const { layouts, servers, profile } = chatOf(plan)
    const names = [chatSockets.native, ...layouts.map((layout) => chatSockets[layout])]
    this.#node = node
    this.#ports = ports
    this.#forwards = names.map((name) => ({ name, socket: sockets.forwarder(name) }))
    this.#own = new OwnPublications(servers)
    this.#layouts = layouts
    this.#told = profile === 'leader' ? servers : []
    this.#log = new ForeignLog(clock, this.#forwards.flatMap(openAddresses))
    this.#listenToForeign()
    node.every(lookEveryMs, () => this.#look())
    for (const { socket } of this.#forwards) node.stops.add(socket.onSubscribers(() => this.#tellServers()))
    node.every(tellEveryMs, () => this.#tellServers())
  }

  facts(): RoleFacts {
    const forwards = this.#forwards.map(({ name, socket: { from, to, isForwarding } }) => {
      return { name, from, to, isForwarding }
    })
    const facts: ChatFacts = { kind: 'proxy', forwards }
    return this.#node.facts({ chat: facts })
  }

  setFaults(rules: NodePlan['faults']): void {
    this.#node.setFaults(rules)
  }

  answer(request: NodeRequest, done: (result: Result<unknown>) => void): void {
    if (request.kind === 'foreign') return done(ok(this.#log.page(request)))
    this.#node.answer(request, done)
  }

  stop(): void {
    void this.#node.stops.run()
  }

  /** While anybody publishes there who does not publish on the lab's own: to hear all of ours for nothing takes time. */
  #listenToForeign(): void {
    const [native, course] = [chatSockets.native, chatSockets.course].map(
      (name) => this.#forwards.find((forward) => forward.name === name)?.socket,
    )
    if (native === undefined || course === undefined) return
    const heard = this.#ports.sockets.subscriber(chatSockets.heardCourse)
    this.#node.stops.add(heard.listen((topic, payload) => this.#hears(topic, payload)))
    this.#node.stops.add(heard.onMisshapen((frames) => this.#hearsMisshapen(frames)))
    const look = (): void => {
      const isForeign = course.publishers > native.publishers
      if (isForeign === this.#isListening) return
      if (isForeign) heard.follow('')
      else heard.unfollow('')
      this.#isListening = isForeign
      this.#tellServers()
    }
    this.#node.stops.add(native.onPublishers(look))
    this.#node.stops.add(course.onPublishers(look))
    this.#node.stops.add(heard.onConnected(() => this.#tellServers()))
  }

  /** Forwarders want everything, because wishes end there; so that nothing is published to nobody, they are told. */
  #tellServers(): void {
    const body = encodeFollowed(this.#layouts.filter((layout) => this.#isFollowed(layout)))
    for (const server of this.#told) this.#node.post.send(server, { kind: followedKind, body, cause: null })
  }

  #isFollowed(layout: ChatLayout): boolean {
    const subscribers = this.#forwards.find(({ name }) => name === chatSockets[layout])?.socket.subscribers ?? 0
    if (layout !== 'course') return subscribers > 0
    const { isConnected } = this.#ports.sockets.subscriber(chatSockets.heardCourse)
    return this.#isListening || subscribers > (isConnected ? 1 : 0)
  }

  #hears(topic: string, payload: Uint8Array): void {
    if (this.#own.isPlainly(payload)) return
    const heard = readPublication(topic, payload)
    const sender =
      heard.kind === 'unreadable'
        ? topic
        : heard.kind === 'elected'
          ? heard.coordinator
          : heard.operation.origin || ('from' in heard.operation ? heard.operation.from : topic)
    if (this.#own.isOf(sender)) return
    this.#log.note(sender, { at: 'publication', frames: [encodeText(topic), payload] })
  }

  /** Who it was nobody can tell: it goes under what it begins with. */
  #hearsMisshapen(frames: readonly Uint8Array[]): void {
    const topic = decodeText(frames[0]?.subarray(0, topicBytesShown) ?? new Uint8Array(0))
    this.#log.note(topic ?? '?', { at: 'publication', frames })
  }

  /** A forwarder does not say that it has stopped. */
  #look(): void {
    const are = this.#forwards.map(({ socket }) => (socket.isForwarding ? '1' : '0')).join('')
    if (are === this.#wereForwarding) return
    this.#wereForwarding = are
    this.#ports.onChange()
  }
}

/** Those that foreign programs may use. */
function openAddresses({ name, socket }: Forward): readonly { readonly name: string; readonly address: string }[] {
  if (name === chatSockets.native) return []
  return [
    { name: `${name}-from`, address: socket.from },
    { name: `${name}-to`, address: socket.to },
  ]
}
