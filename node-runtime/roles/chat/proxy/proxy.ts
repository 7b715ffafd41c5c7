import { type ChatFacts, chatSockets } from '#contract/worker/chat'
import type { NodePlan, NodeRequest } from '#contract/worker/protocol'
import { readPublication } from '#dialects/chat/index'
import { decodeText, encodeText } from '#kit/bytes'
import { ok, type Result } from '#kit/result'
import type { ForwarderSocket } from '#ports/sockets'
import { PlainNode } from '../../plain-node.ts'
import type { NodePorts, RoleFacts, RunningRole } from '../../role.ts'
import { chatOf } from '../chat-of.ts'
import { ForeignLog } from '../foreign-log.ts'
import { OwnPublications } from './own-publications.ts'

const lookEveryMs = 250
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
  #wereForwarding = ''

  constructor(plan: NodePlan, ports: NodePorts) {
    const { clock, sockets } = ports
    const node = new PlainNode(plan, ports)
    const { layouts, servers } = chatOf(plan)
    const names = [chatSockets.native, ...layouts.map((layout) => chatSockets[layout])]
    this.#node = node
    this.#ports = ports
    this.#forwards = names.map((name) => ({ name, socket: sockets.forwarder(name) }))
    this.#own = new OwnPublications(servers)
    this.#log = new ForeignLog(clock, this.#forwards.flatMap(openAddresses))
    this.#listenToForeign()
    node.every(lookEveryMs, () => this.#look())
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
    let isFollowed = false
    const look = (): void => {
      const isForeign = course.publishers > native.publishers
      if (isForeign && !isFollowed) heard.follow('')
      if (!isForeign && isFollowed) heard.unfollow('')
      isFollowed = isForeign
    }
    this.#node.stops.add(native.onPublishers(look))
    this.#node.stops.add(course.onPublishers(look))
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
