import { chatSockets } from '#contract/worker/chat'
import { encodeText } from '#kit/bytes'
import { type NodeId, nodeId } from '#kit/ids'
import { PlainNode } from '../../../plain-node.ts'
import type { RoleStart } from '../../../role.ts'
import { type AnswerBody, decodeAnswerBody } from '../../answer-bodies.ts'
import { type AskBody, encodeAskBody } from '../../ask-bodies.ts'
import { chatWire, decodeAnswer, encodeAsk } from '../../ask-codec.ts'
import { exportedBy } from '../../testing/exported.ts'
import { broker, foreignServersAt, type PlainChat, servers } from '../../testing/plain-chat.ts'

export const [one, two, three] = servers as [NodeId, NodeId, NodeId] // there are three
const desk = nodeId('desk')
const program = nodeId('foreign-server')
const askedWithinMs = 20_000

/** All that a server would write into its files, one after the other. */
export function filesOf(chat: PlainChat, server: NodeId): string {
  const files = exportedBy((request) => chat.request(server, request))
  return files.map(({ name, text }) => `${name}\n${text}`).join('')
}

export function untilAlike(chat: PlainChat, among: readonly NodeId[] = servers): string {
  const alike = (): boolean => new Set(among.map((server) => filesOf(chat, server))).size === 1
  chat.hosts.until(alike)
  return filesOf(chat, among[0] ?? one)
}

/** As a program says it: whether it was told that it is said; null: it was told nothing. */
export function publish(chat: PlainChat, text: string, channel = 'general'): boolean | null {
  const reply = chat.ask({ kind: 'publish', user: 'ana', channel, message: text }, 'broker', 5_000)
  return reply === null ? null : !reply.isRefused
}

/** A program's server behind our broker and in front of our proxy. It answers everything in the same words. */
export class ForeignServer {
  readonly heard: { readonly topic: string; readonly text: string }[] = []
  readonly #chat: PlainChat
  readonly #publish: (topic: string, payload: Uint8Array) => void
  #clock = 0

  constructor(chat: PlainChat) {
    this.#chat = chat
    const open = { kind: 'open' } as const
    const at = (port: number) => ({ host: 'virtual', port })
    const sockets = chat.room.open({
      nodeId: program,
      isOfLab: false,
      plans: [
        { kind: 'publisher', name: 'out', to: at(5557), trust: open },
        { kind: 'subscriber', name: chatSockets.heardCourse, to: at(5558), trust: open },
      ],
    })
    const subscriber = sockets.subscriber(chatSockets.heardCourse)
    subscriber.follow('')
    subscriber.listen((topic, payload) => this.heard.push({ topic, text: new TextDecoder().decode(payload) }))
    this.#publish = (topic, payload) => void sockets.publisher('out').publish(topic, payload)
  }

  serve(): () => unknown {
    return this.#chat.room.serve(foreignServersAt, () => '{"service":"publish","data":{"status":"OK","clock":1}}')
  }

  /** In the words of a program that leaves out what its topic says. */
  say(text: string, clock = this.#next()): void {
    const map = { user: 'zeca', channel: 'general', message: text, timestamp: 1_700_000_000.5, clock }
    const payload = encodeText(JSON.stringify(map))
    this.#publish('general', payload)
    this.#publish('replica', payload)
    this.#chat.hosts.run(20)
  }

  /** Whatever somebody puts on the open proxy. */
  tell(topic: string, map: object): void {
    this.#publish(topic, encodeText(JSON.stringify(map)))
    this.#chat.hosts.run(20)
  }

  #next(): number {
    this.#clock += 1
    return this.#clock
  }
}

/** Somebody who asks over the wire as a desk does. */
export class Desk {
  readonly #answers = new Map<number, AnswerBody>()
  #node: PlainNode | null = null
  #ref = 0

  readonly start: RoleStart = (plan, ports) => {
    const node = new PlainNode(plan, ports)
    this.#node = node
    node.post.read([chatWire.answer], ({ body }) => {
      const answer = decodeAnswer(body)
      const said = answer === null ? null : decodeAnswerBody(answer.body.slice())
      if (answer !== null && said !== null) this.#answers.set(answer.ref, said)
      return null
    })
    return { facts: () => node.facts(), setFaults() {}, answer() {}, stop() {} }
  }

  get role(): Readonly<Record<string, RoleStart>> {
    return { [desk]: this.start }
  }

  ask(chat: PlainChat, body: AskBody, id = this.nextId()): AnswerBody {
    this.#ref += 1
    const ref = this.#ref
    const bytes = encodeAsk({ ref, id, from: 'window-1', body: encodeAskBody(body) })
    chat.hosts.live(chat.host(desk), () =>
      this.#node?.post.send(broker, { kind: chatWire.ask, body: bytes, cause: null }),
    )
    chat.hosts.until(() => this.#answers.has(ref), askedWithinMs)
    return this.#answers.get(ref) ?? { kind: 'done' }
  }

  nextId(): string {
    return (this.#ref + 1).toString(16).padStart(32, '0')
  }
}

/** JSON, as many programs speak. */
export function askJson(chat: PlainChat, service: string, data: object) {
  const answer = chat.askBytes(encodeText(JSON.stringify({ service, data })))
  return answer === null ? null : JSON.parse(new TextDecoder().decode(answer))
}
