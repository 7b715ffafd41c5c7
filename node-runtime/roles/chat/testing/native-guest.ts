import { randomBytes } from 'node:crypto'
import { decodeChatQueryAnswer } from '#cores/chat/index'
import type { ChatAnswers, ChatEvent, ChatQuery, DeedOutcome, FeedId, What } from '#cores/chat/messages'
import { openClock } from '#drivers/clock/index'
import { type OpenSockets, openSockets } from '#drivers/sockets/index'
import { type FailureCode, failures } from '#kit/failures'
import type { NodeId } from '#kit/ids'
import type { Stop } from '#kit/stop-stack'
import type { ClusterSpec } from '#supervisor/presets'
import { type LabGuest, openLabGuest } from '#supervisor/testing/lab-client'
import { type AnswerBody, decodeAnswerBody } from '../answer-bodies.ts'
import { type AskBody, encodeAskBody } from '../ask-bodies.ts'
import { chatWire, decodeAnswer, encodeAsk } from '../ask-codec.ts'
import { eventsIn, feedTopic } from '../native-topics.ts'

/** Then the same is asked again, under its id: the broker that had it may have died. */
const againMs = 1_500
const pauseMs = 20
const password = 'uma senha comprida'

/** A program with keys of the lab that asks the broker as a desk does: the same again until there is an answer. */
export class NativeGuest {
  readonly id: NodeId
  readonly #guest: LabGuest
  readonly #sockets: OpenSockets
  readonly #broker: NodeId
  readonly #waiting = new Map<number, (answer: AnswerBody) => void>()
  #lastRef = 0
  #user = ''
  #token = ''
  #isClosed = false

  private constructor(guest: LabGuest, sockets: OpenSockets, broker: NodeId) {
    this.id = guest.id
    this.#guest = guest
    this.#sockets = sockets
    this.#broker = broker
    guest.post.read([chatWire.answer], ({ body }) => {
      const answer = decodeAnswer(body)
      const said = answer === null ? null : decodeAnswerBody(answer.body.slice())
      if (answer === null || said === null) return 'malformed'
      this.#waiting.get(answer.ref)?.(said)
      return null
    })
  }

  static async open(labDir: string, spec: ClusterSpec, id: NodeId): Promise<NativeGuest> {
    const { chat } = spec
    if (chat === null) throw new Error(`${spec.id} is no chat`)
    const guest = await openLabGuest(labDir, spec, { id, asks: [chat.broker] })
    const to = { host: '127.0.0.1', port: guest.folder.sockets(spec.id)['native-to'] ?? 0 }
    const trust = { kind: 'lab', serverKey: guest.publicKey(chat.proxy) } as const
    const plans = [{ kind: 'subscriber', name: 'native', to, trust }] as const
    const sockets = await openSockets({ plans, keys: guest.keys, members: [], clock: openClock() })
    if (!sockets.ok) throw new Error(sockets.failure.message)
    return new NativeGuest(guest, sockets.value, chat.broker)
  }

  get token(): string {
    return this.#token
  }

  async signUp(user: string): Promise<void> {
    const said = await this.ask({ kind: 'sign-up', user, password })
    if (said.kind !== 'token') throw new Error(`${user} cannot sign up: ${JSON.stringify(said)}`)
    this.#user = user
    this.#token = said.token.token
  }

  /** Where everyone answers: there are no passwords. */
  async logIn(user: string): Promise<void> {
    const said = await this.ask({ kind: 'sign-in', user, password: '' })
    if (said.kind !== 'token') throw new Error(`${user} cannot log in: ${JSON.stringify(said)}`)
    this.#user = user
    this.#token = said.token.token
  }

  async act(what: What, id = freshId()): Promise<DeedOutcome> {
    const said = await this.ask({ kind: 'act', token: this.#token, deed: { id, actor: null, what } }, id)
    if (said.kind === 'outcome') return said.outcome
    throw new Error(`${what.kind} is answered ${JSON.stringify(said)}`)
  }

  /** Throws unless it is done, now or before under this id. */
  async does(what: What, id = freshId()): Promise<void> {
    const outcome = await this.act(what, id)
    if (outcome.kind === 'refused') throw new Error(`${what.kind} is refused: ${outcome.why}`)
  }

  async query<Query extends ChatQuery>(query: Query): Promise<ChatAnswers[Query['kind']]> {
    const own = 'as' in query ? { ...query, as: this.#user } : query
    const said = await this.ask({ kind: 'query', token: this.#token, consistency: 'linearizable', query: own })
    const kind: Query['kind'] = query.kind
    const found = said.kind === 'found' ? decodeChatQueryAnswer(kind, said.answer) : null
    if (found === null) throw new Error(`${query.kind} is answered ${JSON.stringify(said)}`)
    return found.answer
  }

  /** Until there is an answer, or a failure that asking again would not change. */
  async ask(body: AskBody, id = freshId()): Promise<AnswerBody> {
    for (;;) {
      const said = await this.askOnce(body, id)
      if (said === null) continue
      if (said.kind !== 'failed' || !isPassing(said)) return said
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }

  /** For a load that is told of everything: no timer, and nothing is asked again. */
  askUnwatched(body: AskBody, id: string, answered: (answer: AnswerBody) => void): void {
    const ref = this.#send(body, id)
    this.#waiting.set(ref, (said) => {
      this.#waiting.delete(ref)
      answered(said)
    })
  }

  /** null: no answer. */
  askOnce(body: AskBody, id = freshId(), withinMs = againMs): Promise<AnswerBody | null> {
    const ref = this.#send(body, id)
    return new Promise((resolve) => {
      const settle = (said: AnswerBody | null): void => {
        clearTimeout(timer)
        this.#waiting.delete(ref)
        resolve(said)
      }
      const timer = setTimeout(() => settle(null), withinMs)
      this.#waiting.set(ref, settle)
    })
  }

  #send(body: AskBody, id: string): number {
    if (this.#isClosed) throw new Error(`${this.id} asks no more`)
    this.#lastRef += 1
    const ask = { ref: this.#lastRef, id, from: 'window-1', body: encodeAskBody(body) }
    this.#guest.post.send(this.#broker, { kind: chatWire.ask, body: encodeAsk(ask), cause: null })
    return this.#lastRef
  }

  /**
   * What is published in feeds that begin so while the proxy is there; some of it twice around a change of leader. Once
   * for each guest.
   */
  hear(beginning: FeedId, told: (event: ChatEvent) => void): Stop {
    const native = this.#sockets.subscriber('native')
    native.follow(beginning)
    return native.listen((topic, payload) => {
      for (const event of topic.startsWith(beginning) ? eventsIn(payload) : []) {
        if (topic !== feedTopic(event.feed)) throw new Error(`${event.feed} is told on ${topic}`)
        told(event)
      }
    })
  }

  /** The same of one feed, unread. */
  hearUnread(feed: FeedId, told: (payload: Uint8Array) => void): Stop {
    const native = this.#sockets.subscriber('native')
    native.follow(feedTopic(feed))
    return native.listen((_, payload) => told(payload))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const settle of [...this.#waiting.values()]) settle({ kind: 'done' })
    await this.#sockets.close()
    await this.#guest.close()
  }
}

function isPassing({ failure }: Extract<AnswerBody, { readonly kind: 'failed' }>): boolean {
  const { code } = failure
  return !failures[code].definite || passing.includes(code)
}

const passing: readonly FailureCode[] = ['node-down', 'busy', 'not-leader', 'not-ready']

function freshId(): string {
  return randomBytes(16).toString('hex')
}
