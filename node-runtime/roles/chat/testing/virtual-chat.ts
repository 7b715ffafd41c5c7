import { type ChatPlan, type ChatReach, chatSockets } from '#contract/worker/chat'
import type { SocketAddress, SocketPlan, SocketTrust } from '#contract/worker/sockets'
import { chatMachine } from '#cores/chat/index'
import type { ChatAnswers, ChatEvent, ChatQuery, DeedOutcome, What } from '#cores/chat/messages'
import { decodeText, encodeText } from '#kit/bytes'
import { type NodeId, nodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import { VirtualSocketRoom } from '#sim/virtual-socket-room'
import { Post } from '../../post.ts'
import { systemPeer } from '../../replicated-peer.ts'
import type { RunningRole } from '../../role.ts'
import { FakeTrace } from '../../testing/fake-ports.ts'
import { VirtualHosts, virtualPlan } from '../../testing/virtual-hosts.ts'
import { type AnswerBody, decodeAnswerBody } from '../answer-bodies.ts'
import { type AskBody, encodeAskBody } from '../ask-bodies.ts'
import { chatWire, decodeAnswer, encodeAsk } from '../ask-codec.ts'
import { eventsIn } from '../native-topics.ts'
import { ChatServer } from '../server/peer.ts'
import type { ChatService } from '../service.ts'

export const broker = nodeId('broker')
const proxy = nodeId('proxy')
const servers = ['chat-1', 'chat-2', 'chat-3']
const open: SocketTrust = { kind: 'open' }
const names = ['native', 'course', 'account'] as const
const fromOf = (place: number): SocketAddress => ({ host: 'virtual', port: 100 + place })
const toOf = (place: number): SocketAddress => ({ host: 'virtual', port: 200 + place })

export const chatPlan: ChatPlan = {
  ...{ profile: 'leader', hasJsonPublications: true, reach: 'loopback', layouts: ['course', 'account'] },
  ...{ broker, proxy, reference: nodeId('reference'), servers: servers.map(nodeId) },
}

interface Running {
  readonly role: RunningRole
  readonly service: ChatService
}

/** Servers of a chat on virtual hosts, a broker that only carries, and somebody who hears all that is published. */
export class VirtualChat {
  readonly hosts = new VirtualHosts([...servers, broker])
  readonly members: readonly NodeId[] = servers.map(nodeId)
  /** By proxy: topic and payload of what came out. */
  readonly published = new Map<string, { readonly topic: string; readonly payload: Uint8Array }[]>()
  readonly #room: VirtualSocketRoom
  readonly #running = new Map<NodeId, Running>()
  readonly #post: Post
  readonly #plan: ChatPlan
  readonly #answers = new Map<number, AnswerBody>()
  #ref = 0
  #id = 0

  constructor({ reach = 'loopback' as ChatReach } = {}) {
    this.#plan = { ...chatPlan, reach }
    const { wire, clock, lamport } = this.hosts.host(broker)
    this.#room = new VirtualSocketRoom({ clock })
    this.#openProxy()
    this.#post = new Post({ id: broker, life: 1, lamport, ports: { wire, clock, trace: new FakeTrace() } })
    wire.listen((from, bytes) => this.#post.receive(from, bytes))
    this.#post.read([chatWire.answer], ({ body }) => {
      const answer = decodeAnswer(body)
      const said = answer === null ? null : decodeAnswerBody(answer.body.slice())
      if (answer === null || said === null) return 'malformed'
      this.#answers.set(answer.ref, said)
      return null
    })
    for (const id of this.members) this.boot(id)
  }

  boot(id: NodeId): void {
    const host = this.hosts.host(id)
    const plan = virtualPlan(id, this.members)
    const peers = [...plan.peers, { nodeId: broker, host: 'virtual', port: 0, publicKey: '' }]
    const plans = names.map((name, place): SocketPlan => ({ kind: 'publisher', name, to: fromOf(place), trust: open }))
    const sockets = this.#room.open({ nodeId: id, plans, isOfLab: true })
    const parts: { service?: ChatService } = {}
    const start = systemPeer(() => ({
      machine: chatMachine(),
      serve: (member) => {
        const server = new ChatServer(member)
        parts.service = server.service
        return server
      },
    }))
    this.hosts.live(host, () => {
      const role = start({ ...plan, peers, role: 'chat-server', chat: this.#plan }, { ...host.ports(), sockets })
      if (parts.service === undefined) throw new Error('a server has a service')
      this.#running.set(id, { role, service: parts.service })
    })
  }

  powerOff(id: NodeId): void {
    this.hosts.host(id).crash()
    this.#room.close(id)
    this.#running.delete(id)
  }

  role(id: NodeId): RunningRole {
    return this.#at(id).role
  }

  service(id: NodeId): ChatService {
    return this.#at(id).service
  }

  get leader(): NodeId | null {
    const up = this.members.filter((id) => this.#running.has(id))
    const leaders = up.filter((id) => this.service(id).standing.isLeader)
    return leaders.toSorted((a, b) => this.service(b).standing.term - this.service(a).standing.term)[0] ?? null
  }

  /** And there is a key for tokens. */
  untilLed(): NodeId {
    const isReady = (): boolean => this.leader !== null && this.position(this.leader) >= 0
    this.hosts.until(isReady)
    this.hosts.until(() => this.found({ kind: 'status' }).servedBy !== null)
    return this.leader ?? broker
  }

  position(id: NodeId): number {
    const { chat } = this.role(id).facts()
    return chat?.kind === 'server' ? chat.position : -1
  }

  nextId(): string {
    this.#id += 1
    return this.#id.toString(16).padStart(32, '0')
  }

  /** To one server; what it says so far is in the answer once it came. */
  send(to: NodeId, body: AskBody, { id = this.nextId(), from = 'desk/1' } = {}): () => AnswerBody | null {
    this.#ref += 1
    const ref = this.#ref
    const bytes = encodeAsk({ ref, id, from, body: encodeAskBody(body) })
    this.hosts.live(this.hosts.host(broker), () =>
      this.#post.send(to, { kind: chatWire.ask, body: bytes, cause: null }),
    )
    return () => this.#answers.get(ref) ?? null
  }

  /** A body that nobody has written properly. */
  sendBytes(to: NodeId, body: Uint8Array): void {
    const bytes = encodeAsk({ ref: 0, id: this.nextId(), from: '', body })
    this.hosts.live(this.hosts.host(broker), () =>
      this.#post.send(to, { kind: chatWire.ask, body: bytes, cause: null }),
    )
  }

  /** As the broker does: from server to server, under one id, until somebody answers. */
  ask(body: AskBody, { id = this.nextId(), from = 'desk/1' } = {}): AnswerBody {
    let answer: AnswerBody | null = null
    for (let attempt = 0; attempt < 200 && answer === null; attempt += 1) {
      const to = this.leader ?? this.members[attempt % this.members.length] ?? broker
      const said = this.send(to, body, { id, from })
      for (let ms = 0; said() === null && ms < 500; ms += 5) this.hosts.run(5)
      const one = said()
      if (one === null || isForAnother(one)) this.hosts.run(50)
      else answer = one
    }
    if (answer === null) throw new Error(`nobody answered ${body.kind}`)
    return answer
  }

  signUp(user: string, password = 'uma senha longa'): string {
    const answer = this.ask({ kind: 'sign-up', user, password })
    if (answer.kind !== 'token') throw new Error(`${user}: ${JSON.stringify(answer)}`)
    return answer.token.token
  }

  act(token: string, what: What, id = this.nextId()): DeedOutcome {
    const answer = this.ask({ kind: 'act', token, deed: { id, actor: null, what } }, { id })
    if (answer.kind !== 'outcome') throw new Error(`${what.kind}: ${JSON.stringify(answer)}`)
    return answer.outcome
  }

  say(token: string, channel: string, text: string, id = this.nextId()): DeedOutcome {
    return this.act(token, sayIn(channel, text), id)
  }

  /** As the system itself sees it, at whoever leads. */
  found<Query extends ChatQuery>(query: Query): ChatAnswers[Query['kind']] {
    const results: Result<ChatAnswers[Query['kind']]>[] = []
    const { leader } = this
    if (leader === null) throw new Error('nobody leads')
    this.hosts.live(this.hosts.host(leader), () =>
      this.service(leader).ask(query, 'stale', (result) => results.push(result)),
    )
    const [result] = results
    if (!result?.ok) throw new Error(`${query.kind}: ${result?.failure.code}`)
    return result.value
  }

  /** As a program of one of the dialects, in JSON. */
  program(service: string, data: object, { id = this.nextId(), from = 'open/1' } = {}): ProgramAnswer {
    const frame = encodeText(JSON.stringify({ service, data }))
    const answer = this.ask({ kind: 'foreign', frames: [frame] }, { id, from })
    if (answer.kind !== 'foreign' || answer.payload === null) throw new Error(`${service}: ${JSON.stringify(answer)}`)
    return JSON.parse(decodeText(answer.payload) ?? '')
  }

  get events(): readonly ChatEvent[] {
    return (this.published.get('native') ?? []).flatMap(({ payload }) => eventsIn(payload))
  }

  /** What came out of an open proxy: topic and text. */
  heard(name: 'course' | 'account'): readonly string[] {
    return (this.published.get(name) ?? []).map(({ topic, payload }) => {
      const { message } = JSON.parse(decodeText(payload) ?? '{}')
      return `${topic}: ${message}`
    })
  }

  #openProxy(): void {
    const forwarders = names.map(
      (name, place): SocketPlan => ({ kind: 'forwarder', name, from: fromOf(place), to: toOf(place), trust: 'open' }),
    )
    this.#room.open({ nodeId: proxy, plans: forwarders, isOfLab: true })
    const plans = names.map((name, place): SocketPlan => ({ kind: 'subscriber', name, to: toOf(place), trust: open }))
    const sockets = this.#room.open({ nodeId: broker, plans, isOfLab: true })
    for (const name of names) {
      const heard: { readonly topic: string; readonly payload: Uint8Array }[] = []
      this.published.set(name, heard)
      const subscriber = sockets.subscriber(chatSockets[name])
      subscriber.follow('')
      subscriber.listen((topic, payload) => heard.push({ topic, payload }))
    }
  }

  #at(id: NodeId): Running {
    const running = this.#running.get(id)
    if (running === undefined) throw new Error(`${id} is off`)
    return running
  }
}

function isForAnother(answer: AnswerBody): boolean {
  return answer.kind === 'handed-back' || (answer.kind === 'failed' && answer.failure.code === 'timed-out')
}

/** The fields that tests look at by name. */
export interface ProgramAnswer {
  readonly data?: unknown
  readonly message?: unknown
  readonly token?: unknown
}

export function sayIn(channel: string, text: string): Extract<What, { readonly kind: 'say' }> {
  return { kind: 'say', to: { kind: 'channel', name: channel }, text, replyTo: null, through: 'native' }
}
