import type { ChatQuery, DeedOutcome } from '#cores/chat/messages'
import { isKeptName } from '#cores/chat/names'
import { unreachable } from '#kit/assert'
import type { Failure } from '#kit/failures'
import type { NodeId } from '#kit/ids'
import type { Result } from '#kit/result'
import type { Post } from '../../post.ts'
import type { AnswerBody } from '../answer-bodies.ts'
import type { AskBody } from '../ask-bodies.ts'
import { AskDoor, type Done, isForAll } from '../ask-door.ts'
import type { Passing } from '../native-topics.ts'
import type { SearchOrder, SearchPage } from '../service.ts'
import { chatRefusalOf, meantBy } from './deeds.ts'
import { eventsOf } from './messages-of.ts'
import { answerTo, isSeen } from './questions.ts'
import type { EveryoneService } from './service.ts'

export interface NativeDoorParts {
  readonly post: Post
  readonly broker: NodeId
  readonly service: EveryoneService
  readonly search: (order: SearchOrder, done: (result: Result<SearchPage>) => void) => void
  readonly foreign: (id: string, frames: readonly Uint8Array[], done: (payload: Uint8Array | null) => void) => void
  readonly here: (user: string) => void
  readonly typing: (conversation: string, passing: Passing) => void
}

/** Where the broker brings requests, ours and those of programs. Every server answers what it is given. */
export class NativeDoor {
  readonly #parts: NativeDoorParts
  readonly #door: AskDoor

  constructor(parts: NativeDoorParts) {
    this.#parts = parts
    const { post, broker } = parts
    this.#door = new AskDoor({
      post,
      broker,
      refuse: () => null,
      serve: ({ id }, ask, done) => this.#serve(id, ask, done),
    })
  }

  get open(): number {
    return this.#door.open
  }

  #serve(id: string, ask: AskBody, done: Done): void {
    const { foreign, search } = this.#parts
    switch (ask.kind) {
      case 'foreign':
        return foreign(id, ask.frames, (payload) => done({ kind: 'foreign', payload }))
      case 'act':
        return as(ask.token, done, (user) => this.#act(id, user, ask, done))
      case 'query':
        return this.#query(ask, done)
      case 'search':
        return as(ask.token, done, (user) =>
          search({ ...ask.order, as: user }, (result) =>
            done(result.ok ? { kind: 'page', page: result.value } : { kind: 'failed', failure: result.failure }),
          ),
        )
      case 'sign-up':
      case 'sign-in':
        return this.#logIn(id, ask, done)
      case 'set-password':
        return done(notHere)
      case 'typing':
        return as(ask.token, done, (user) => this.#typing(user, ask.conversation, done))
      case 'here':
        return as(ask.token, done, (user) => {
          this.#parts.here(user)
          done({ kind: 'done' })
        })
      case 'renew':
        return as(ask.token, done, (user) => done({ kind: 'token', token: { user, token: user } }))
      default:
        return unreachable(ask)
    }
  }

  /** A name is whose it is: the token is nothing but the name. */
  #logIn(id: string, { user, password }: { readonly user: string; readonly password: string }, done: Done): void {
    if (password !== '') return done(failed('does-not-apply', 'this profile of the chat has no passwords'))
    this.#parts.service.act(id, { kind: 'login', user }, (result) => {
      if (!result.ok) return done({ kind: 'failed', failure: result.failure })
      if (result.value.kind !== 'refused') return done({ kind: 'token', token: { user, token: user } })
      const { why } = result.value
      const code = why === 'name-taken' || why === 'too-many' ? why : 'name-not-allowed'
      done(failed(code, `${user} cannot log in: ${why}`))
    })
  }

  #act(id: string, user: string, { deed }: Extract<AskBody, { kind: 'act' }>, done: Done): void {
    const meant = meantBy(deed.what, user)
    if (meant.kind === 'not-here') return done(notHere)
    if (meant.kind === 'refused') return done({ kind: 'outcome', outcome: meant })
    if (meant.kind === 'nothing-to-do') return done({ kind: 'outcome', outcome: this.#nothingToDo(deed.what) })
    this.#parts.service.act(id, meant.act, (result) => {
      if (!result.ok) return done({ kind: 'failed', failure: result.failure })
      const { value: outcome } = result
      if (outcome.kind === 'refused') {
        const why = chatRefusalOf(outcome.why)
        return done(why === null ? notHere : { kind: 'outcome', outcome: { kind: 'refused', why } })
      }
      const { content } = this.#parts.service
      const entry = content.entryOf(id)
      const [event = null] = entry === null ? [] : eventsOf(content, entry)
      done({ kind: 'outcome', outcome: { kind: outcome.kind, event, fence: null } })
    })
  }

  /** Somebody who is not there is not gone to. */
  #nothingToDo(what: Extract<AskBody, { kind: 'act' }>['deed']['what']): DeedOutcome {
    const { content } = this.#parts.service
    if (what.kind === 'join' && !content.hasChannel(what.channel)) return { kind: 'refused', why: 'unknown-channel' }
    if (what.kind === 'begin-direct' && content.user(what.user) === null)
      return { kind: 'refused', why: 'unknown-user' }
    return { kind: 'done', event: null, fence: null }
  }

  #query({ token, query }: Extract<AskBody, { kind: 'query' }>, done: Done): void {
    const ask = (own: ChatQuery): void => {
      const answer = answerTo(this.#parts.service.content, own)
      done(answer === null ? notHere : { kind: 'found', answer })
    }
    if (token === null && isForAll(query)) return ask(query)
    as(token ?? '', done, (user) => ask('as' in query ? { ...query, as: user } : query))
  }

  #typing(user: string, conversation: string, done: Done): void {
    const { service, typing } = this.#parts
    if (isSeen(service.content, conversation, user)) typing(conversation, { user, atMs: service.timeMs() })
    done({ kind: 'done' })
  }
}

function as(token: string, done: Done, work: (user: string) => void): void {
  if (isKeptName(token)) work(token)
  else done(failed('not-signed-in', 'no name'))
}

function failed(code: Failure['code'], message: string): AnswerBody {
  return { kind: 'failed', failure: { code, message } }
}

const notHere: AnswerBody = failed(
  'does-not-apply',
  'it needs accounts or one order of all, and this profile has neither',
)
