import { decodeChatQueryAnswer } from '#cores/chat/index'
import type { ChatAnswers, ChatEvent, ChatQuery, DeedOutcome, What } from '#cores/chat/messages'
import { fail, ok, type Result } from '#kit/result'
import { codeOfRefusal } from '../../chat/refusals.ts'
import type { SearchOrder, SearchPage, Token } from '../../chat/service.ts'
import type { ChatAsk, ChatAsker } from './asker.ts'

type Done<T> = (result: Result<T>) => void

export interface SessionLinkParts {
  readonly asker: ChatAsker
  readonly session: string
  /** null: signed out. */
  readonly token: () => string | null
  /** The chat does not take the token any more. */
  readonly onEnded: () => void
}

/** What one user asks the chat, under this user's token. */
export class SessionLink {
  readonly #parts: SessionLinkParts

  constructor(parts: SessionLinkParts) {
    this.#parts = parts
  }

  freshId(): string {
    return this.#parts.asker.freshId()
  }

  /** What came of it, refusals among it. */
  act(what: What, { id = this.freshId(), withinMs }: ActOptions, done: Done<DeedOutcome>): void {
    this.#ask(
      (token) => ({ kind: 'act', token, deed: { id, actor: null, what } }),
      { id, ...(withinMs === undefined ? {} : { withinMs }) },
      (result) => {
        if (!result.ok) return done(result)
        done(result.value.kind === 'outcome' ? ok(result.value.outcome) : wrongAnswer)
      },
    )
  }

  /** The same for people, to whom a refusal is a failure. */
  do(what: What, done: Done<ChatEvent | null>, options: ActOptions = {}): void {
    this.act(what, options, (result) => {
      if (!result.ok) return done(result)
      const outcome = result.value
      if (outcome.kind === 'refused') done(fail(codeOfRefusal[outcome.why], `the chat refused it: ${outcome.why}`))
      else done(ok(outcome.event))
    })
  }

  query<Query extends ChatQuery>(query: Query, done: Done<ChatAnswers[Query['kind']]>): void {
    this.#ask(
      (token) => ({ kind: 'query', token, consistency: 'stale', query }),
      {},
      (result) => done(foundIn(query, result)),
    )
  }

  search(order: Omit<SearchOrder, 'as'>, done: Done<SearchPage>): void {
    this.#ask(
      (token) => ({ kind: 'search', token, order }),
      {},
      (result) => {
        if (!result.ok) return done(result)
        done(result.value.kind === 'page' ? ok(result.value.page) : wrongAnswer)
      },
    )
  }

  /** A wrong old password is refused in the same words as a token that has ended, which the next question finds out. */
  setPassword(password: string, newPassword: string, done: Done<Token>): void {
    this.#askToken((token) => ({ kind: 'set-password', token, password, newPassword }), { endsSession: false }, done)
  }

  /** A fresh token for the one that is still good. */
  renew(done: Done<Token>): void {
    this.#askToken((token) => ({ kind: 'renew', token }), {}, done)
  }

  /** Best effort: nobody waits for what comes of it. */
  tell(body: { readonly kind: 'here' } | { readonly kind: 'typing'; readonly conversation: string }): void {
    this.#ask(
      (token) => ({ ...body, token }),
      { withinMs: tellMs },
      () => {},
    )
  }

  #askToken(bodyOf: (token: string) => ChatAsk['body'], options: AskOptions, done: Done<Token>): void {
    this.#ask(bodyOf, options, (result) => {
      if (!result.ok) return done(result)
      done(result.value.kind === 'token' ? ok(result.value.token) : wrongAnswer)
    })
  }

  #ask(
    bodyOf: (token: string) => ChatAsk['body'],
    { endsSession = true, ...options }: AskOptions,
    done: Parameters<ChatAsker['ask']>[1],
  ): void {
    const { asker, session, token, onEnded } = this.#parts
    const own = token()
    if (own === null) return done(notSignedIn)
    asker.ask({ body: bodyOf(own), from: session, ...options }, (result) => {
      // Another token may have come meanwhile, which this refusal says nothing of.
      const isRefused = !result.ok && result.failure.code === 'not-signed-in'
      if (endsSession && isRefused && token() === own) onEnded()
      done(result)
    })
  }
}

/** Of a deed that has an id already; and how long it may take. */
export interface ActOptions {
  readonly id?: string
  readonly withinMs?: number
}

interface AskOptions extends ActOptions {
  /** False: a refusal may be about something else than the token. */
  readonly endsSession?: boolean
}

const tellMs = 1_000
const notSignedIn = fail('not-signed-in', 'the session has ended')
export const wrongAnswer = fail('internal', 'the chat gave an answer of another shape')

export function foundIn<Query extends ChatQuery>(
  { kind }: Query,
  result: Parameters<Parameters<ChatAsker['ask']>[1]>[0],
): Result<ChatAnswers[Query['kind']]> {
  if (!result.ok) return result
  const found = result.value.kind === 'found' ? decodeChatQueryAnswer(kind as Query['kind'], result.value.answer) : null // the query's own kind
  return found === null ? wrongAnswer : ok(found.answer)
}
