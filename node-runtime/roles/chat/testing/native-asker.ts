import type { Deed, What } from '#cores/chat/messages'
import { PlainNode } from '../../plain-node.ts'
import type { NodePorts, RoleStart } from '../../role.ts'
import { type AnswerBody, decodeAnswerBody } from '../answer-bodies.ts'
import { type AskBody, encodeAskBody } from '../ask-bodies.ts'
import { chatWire, decodeAnswer, encodeAsk } from '../ask-codec.ts'
import { broker } from './plain-chat.ts'

const againMs = 1_500

interface Waiting {
  readonly body: AskBody
  dueMs: number
}

/** Somebody who asks natively as a desk does: the same again under the same id until there is an answer. */
export class NativeAsker {
  readonly acknowledged = new Set<string>()
  readonly wrong: string[] = []
  readonly #waiting = new Map<string, Waiting>()
  readonly #idOf = new Map<number, string>()
  #node: PlainNode | null = null
  #clock: NodePorts['clock'] | null = null
  #token: string | null = null
  #isMember = false
  #lastId = 0
  #lastRef = 0
  readonly #password: string

  constructor(password: string) {
    this.#password = password
  }

  readonly start: RoleStart = (plan, ports) => {
    const node = new PlainNode(plan, ports)
    this.#node = node
    this.#clock = ports.clock
    node.post.read([chatWire.answer], ({ body }) => {
      const answer = decodeAnswer(body)
      const said = answer === null ? null : decodeAnswerBody(answer.body.slice())
      if (answer === null || said === null) return 'malformed'
      this.#hears(answer.ref, said)
      return null
    })
    node.every(plan.timing.tickMs, () => this.#tick())
    this.#ask({ kind: 'sign-up', user: 'bia', password: this.#password })
    return { facts: () => node.facts(), setFaults() {}, answer() {}, stop() {} }
  }

  /** Before that nothing can be said. */
  get isMember(): boolean {
    return this.#isMember
  }

  get waiting(): number {
    return this.#waiting.size
  }

  say(text: string): void {
    this.#act({ kind: 'say', to: { kind: 'channel', name: 'general' }, text, replyTo: null, through: 'native' })
  }

  #act(what: What): void {
    const deed: Deed = { id: this.#nextId(), actor: null, what }
    this.#ask({ kind: 'act', token: this.#token ?? '', deed }, deed.id)
  }

  #nextId(): string {
    this.#lastId += 1
    return this.#lastId.toString(16).padStart(32, '0')
  }

  #ask(body: AskBody, id = this.#nextId()): void {
    this.#waiting.set(id, { body, dueMs: 0 })
  }

  #tick(): void {
    const nowMs = this.#clock?.now() ?? 0
    for (const [id, waiting] of this.#waiting) {
      if (waiting.dueMs > nowMs) continue
      waiting.dueMs = nowMs + againMs
      this.#lastRef += 1
      this.#idOf.set(this.#lastRef, id)
      const ask = { ref: this.#lastRef, id, from: 'window-1', body: encodeAskBody(waiting.body) }
      this.#node?.post.send(broker, { kind: chatWire.ask, body: encodeAsk(ask), cause: null })
    }
  }

  #hears(ref: number, said: AnswerBody): void {
    const id = this.#idOf.get(ref) ?? ''
    const waiting = this.#waiting.get(id)
    // What failed is asked again; what was answered before may be answered twice.
    if (waiting === undefined || said.kind === 'failed') return
    this.#waiting.delete(id)
    if (said.kind === 'token') {
      this.#token = said.token.token
      this.#act({ kind: 'join', channel: 'general' })
    } else if (said.kind !== 'outcome' || said.outcome.kind === 'refused') {
      this.wrong.push(`${waiting.body.kind}: ${JSON.stringify(said)}`)
    } else if (waiting.body.kind === 'act') {
      const { what } = waiting.body.deed
      if (what.kind === 'join') this.#isMember = true
      if (what.kind === 'say') this.acknowledged.add(what.text)
    }
  }
}
