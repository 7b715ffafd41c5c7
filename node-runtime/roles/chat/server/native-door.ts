import type { ChatAnswers, ChatQuery, Deed, UserRow, What } from '#cores/chat/messages'
import { answered, answerWriters } from '#cores/chat/query-answer-codec'
import { unreachable } from '#kit/assert'
import { ByteWriter } from '#kit/bytes'
import type { Failure, FailureCode } from '#kit/failures'
import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Consistency } from '#ports/replicated-log'
import type { Post } from '../../post.ts'
import type { AnswerBody } from '../answer-bodies.ts'
import type { AskBody } from '../ask-bodies.ts'
import type { AskOnWire } from '../ask-codec.ts'
import { AskDoor, type Done, isForAll } from '../ask-door.ts'
import type { ChatService, Token } from '../service.ts'
import type { ChatState } from './chat-state.ts'
import type { Publisher } from './publisher.ts'

export interface NativeDoorParts {
  readonly post: Post
  readonly broker: NodeId
  readonly service: ChatService
  readonly state: Pick<ChatState, 'askBytes' | 'whenReady'>
  readonly publisher: Pick<Publisher, 'typing'>
  readonly here: (user: string) => void
  readonly timeMs: () => number
  /** null: there is nothing that an answer could be like. Fails as a deed does. */
  readonly foreign: (order: ForeignOrder, done: (result: Result<Uint8Array | null>) => void) => void
}

export interface ForeignOrder {
  readonly id: string
  readonly from: string
  readonly frames: readonly Uint8Array[]
}

/** Where the broker brings requests, ours and those of programs. Who does not lead hands them back, and has done nothing. */
export class NativeDoor {
  readonly #parts: NativeDoorParts
  readonly #door: AskDoor

  constructor(parts: NativeDoorParts) {
    this.#parts = parts
    const { post, broker, service, state } = parts
    this.#door = new AskDoor({
      post,
      broker,
      refuse: () => (service.standing.isLeader ? null : { kind: 'handed-back', leader: service.standing.leader }),
      serve: (asked, ask, done) =>
        state.whenReady((ready) => {
          if (!ready.ok) return done(this.#failed(ready.failure))
          this.#serve(asked, ask, done)
        }),
    })
  }

  get open(): number {
    return this.#door.open
  }

  #serve({ id, from }: Pick<AskOnWire, 'id' | 'from'>, ask: AskBody, done: Done): void {
    const { service, foreign } = this.#parts
    const { accounts } = service
    const signed = this.#told((token: Token): AnswerBody => ({ kind: 'token', token }), done)
    const told = <Value>(to: (value: Value) => AnswerBody) => this.#told(to, done)
    switch (ask.kind) {
      case 'foreign':
        return foreign(
          { id, from, frames: ask.frames },
          told((payload) => ({ kind: 'foreign', payload })),
        )
      case 'act':
        return this.#act(id, ask, done)
      case 'query':
        return this.#query(ask, done)
      case 'search':
        return this.#as(ask.token, done, (as) =>
          service.search(
            { ...ask.order, as },
            told((page) => ({ kind: 'page', page })),
          ),
        )
      case 'sign-up':
      case 'sign-in': {
        const { user, password, kind } = ask
        const order = { deed: id, user, password, from, through: 'native' } as const
        return kind === 'sign-up' ? accounts.signUp(order, signed) : accounts.signIn(order, signed)
      }
      case 'set-password': {
        const { token, password, newPassword } = ask
        return accounts.setPassword({ deed: id, token, password, newPassword, from }, signed)
      }
      case 'typing':
        return this.#as(ask.token, done, (user) => this.#typing(user, ask.conversation, done))
      case 'here':
        return this.#as(ask.token, done, (user) => {
          this.#parts.here(user)
          done({ kind: 'done' })
        })
      case 'renew':
        return accounts.renew(ask.token, signed)
      default:
        return unreachable(ask)
    }
  }

  #act(id: string, { token, deed }: Extract<AskBody, { kind: 'act' }>, done: Done): void {
    const what = allowed(deed)
    if (what === null) return done({ kind: 'outcome', outcome: { kind: 'refused', why: 'malformed' } })
    this.#as(token, done, (actor) =>
      this.#parts.service.act(
        { id, actor, what },
        this.#told((outcome) => ({ kind: 'outcome', outcome }), done),
      ),
    )
  }

  #query({ token, consistency, query }: Extract<AskBody, { kind: 'query' }>, done: Done): void {
    if (query.kind === 'token-keys' || query.kind === 'log-ins') return done(this.#failed(notTrusted))
    const ask = (own: ChatQuery): void => {
      if (own.kind === 'user' || own.kind === 'users') return this.#users(own, consistency, done)
      const told = this.#told((answer: Uint8Array): AnswerBody => ({ kind: 'found', answer }), done)
      this.#parts.state.askBytes(own, consistency, told)
    }
    if (token === null && isForAll(query)) return ask(query)
    this.#as(token ?? '', done, (as) => ask('as' in query ? { ...query, as } : query))
  }

  /** Whether somebody has a password may be seen, and nothing of it. */
  #users(query: Extract<ChatQuery, { kind: 'user' | 'users' }>, consistency: Consistency, done: Done): void {
    const { service } = this.#parts
    const begun = new ByteWriter(1_024).byte(answered)
    const found = (writer: ByteWriter): AnswerBody => ({ kind: 'found', answer: writer.done() })
    if (query.kind === 'user') {
      const one = this.#told<ChatAnswers['user']>(
        ({ user }) => found(answerWriters.user(begun, { user: user === null ? null : hidden(user) })),
        done,
      )
      return service.ask(query, consistency, one)
    }
    const page = this.#told<ChatAnswers['users']>(
      ({ users, next }) => found(answerWriters.users(begun, { users: users.map(hidden), next })),
      done,
    )
    service.ask(query, consistency, page)
  }

  /** Nobody is told that somebody writes who may not read there. */
  #typing(user: string, conversation: string, done: Done): void {
    const { service, publisher, timeMs } = this.#parts
    service.ask(
      { kind: 'conversation', as: user, conversation },
      'stale',
      this.#told(({ isMember }) => {
        if (isMember) publisher.typing(conversation, { user, atMs: timeMs() })
        return { kind: 'done' }
      }, done),
    )
  }

  #as(token: string, done: Done, work: (user: string) => void): void {
    this.#parts.service.accounts.userOf(token, (result) => {
      if (result.ok) work(result.value)
      else done(this.#failed(result.failure))
    })
  }

  #told<Value>(to: (value: Value) => AnswerBody, done: Done): (result: Result<Value>) => void {
    return (result) => done(result.ok ? to(result.value) : this.#failed(result.failure))
  }

  /** Handed back is what certainly did not happen. Where nobody knows, the broker asks the next under the same id. */
  #failed(failure: Failure): AnswerBody {
    if (failure.code === 'not-leader') return { kind: 'handed-back', leader: this.#parts.service.standing.leader }
    if (!unknown.includes(failure.code)) return { kind: 'failed', failure }
    return { kind: 'failed', failure: { code: 'timed-out', message: failure.message } }
  }
}

const unknown: readonly FailureCode[] = ['timed-out', 'session-expired', 'answer-forgotten']
const notTrusted: Failure = { code: 'not-trusted', message: 'servers alone may ask that' }

/** null: nobody may do that from outside. */
function allowed({ what }: Deed): What | null {
  switch (what.kind) {
    case 'token-key':
    case 'expire-locks':
    case 'sign-up':
    case 'log-in':
    case 'set-password':
      return null
    case 'say':
      return { ...what, through: 'native' }
    default:
      return what
  }
}

function hidden(row: UserRow): UserRow {
  return { ...row, password: row.password === null ? null : '' }
}
