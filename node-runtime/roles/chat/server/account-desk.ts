import type { ChatReach } from '#contract/worker/chat'
import type { Deed, DeedOutcome, What } from '#cores/chat/messages'
import { type AccountAnswer, type AccountAsk, accountAnswer, type Speaker } from '#dialects/chat/index'
import type { Result } from '#kit/result'
import type { Sha256 } from '#kit/sha256'
import type { Accounts } from '../service.ts'
import type { ChatState } from './chat-state.ts'
import type { Asked, Said } from './foreign-door.ts'
import { afterFailure, type Named, refusalOf } from './foreign-words.ts'
import { listChannels, listUsers } from './listings.ts'
import { idBefore } from './refusals.ts'

export interface ForeignDeskParts {
  readonly state: Pick<ChatState, 'ask' | 'look'>
  readonly act: (deed: Deed, done: (result: Result<DeedOutcome>) => void) => void
  readonly accounts: Accounts
  readonly sha256: Sha256
  readonly timeMs: () => number
  /** From where programs come. */
  readonly reach: ChatReach
  /** Of whoever has just done something. */
  readonly here: (user: string) => void
}

type Done = (said: Said<AccountAnswer>) => void
type Spoken = Extract<AccountAsk, { readonly by: Speaker }>

/** The account chat's services. */
export class AccountDesk {
  readonly encode = accountAnswer
  readonly #parts: ForeignDeskParts

  constructor(parts: ForeignDeskParts) {
    this.#parts = parts
  }

  serve(asked: Asked, ask: AccountAsk, done: Done): void {
    const { state, timeMs } = this.#parts
    switch (ask.kind) {
      case 'addUser':
      case 'login':
        return this.#signed(asked, ask, done)
      case 'listChannels':
        return listChannels(state, (result) => {
          if (!result.ok) return done(afterFailure(result.failure, { user: '' }))
          const channels = result.value.map(({ name, title: description }) => ({ name, description }))
          done(answered({ kind: 'channels', channels }))
        })
      case 'listUsers':
        return listUsers(state, (result) => {
          if (!result.ok) return done(afterFailure(result.failure, { user: '' }))
          done(answered({ kind: 'users', users: result.value.map(({ name }) => name) }))
        })
      case 'getTime':
        return done(answered({ kind: 'time', atMs: timeMs() }))
      case 'addChannel':
      case 'subscribe':
      case 'publish':
      case 'message':
        return this.#speaker(asked, ask.by, done, (user) => this.#speak(asked, user, ask, done))
    }
  }

  #signed({ id, from }: Asked, ask: Extract<AccountAsk, { kind: 'addUser' | 'login' }>, done: Done): void {
    const { user, password } = ask
    const order = { deed: id, user, password, from, through: 'account' } as const
    if (ask.kind === 'addUser') {
      return this.#parts.accounts.signUp(order, (result) =>
        done(result.ok ? answered({ kind: 'done' }) : afterFailure(result.failure, { user })),
      )
    }
    this.#parts.accounts.signIn(order, (result) =>
      done(result.ok ? answered({ kind: 'logged-in', ...result.value }) : afterFailure(result.failure, { user })),
    )
  }

  /**
   * A bot's name is signed up by the first thing it does. One with a password is nobody's to use without it, and no name is
   * where strangers of a network come in.
   */
  #speaker({ id }: Asked, by: Speaker, done: Done, work: (user: string) => void): void {
    const { accounts, state, sha256, reach } = this.#parts
    if (by.kind === 'token') {
      return accounts.userOf(by.token, (result) => {
        if (result.ok) work(result.value)
        else if (result.failure.code === 'not-signed-in') done({ kind: 'refused', why: { kind: 'token' } })
        else done(afterFailure(result.failure, { user: '' }))
      })
    }
    if (reach === 'lan') return done({ kind: 'refused', why: { kind: 'token' } })
    const { user } = by
    const known = state.look({ kind: 'user', user }).user
    if (known !== null && (known.password !== null || !known.isBot)) {
      return done({ kind: 'refused', why: { kind: 'token' } })
    }
    if (known !== null) return work(user)
    const what: What = { kind: 'sign-up', user, password: null, isBot: true }
    this.#act({ id: idBefore(id, sha256), actor: null, what }, { user, channel: '', makes: 'user' }, done, () =>
      work(user),
    )
  }

  #speak({ id }: Asked, user: string, ask: Spoken, done: Done): void {
    const named: Named = ask.kind === 'message' ? namedUser(ask.user) : { user, channel: ask.channel, makes: 'channel' }
    this.#act({ id, actor: user, what: whatOf(ask) }, named, done, () => {
      this.#parts.here(user)
      done(answered(ask.kind === 'subscribe' ? { kind: 'subscribed', user, channel: ask.channel } : { kind: 'done' }))
    })
  }

  #act(deed: Deed, named: Named, done: Done, did: () => void): void {
    this.#parts.act(deed, (result) => {
      if (!result.ok) return done(afterFailure(result.failure, named))
      if (result.value.kind === 'refused') return done({ kind: 'refused', why: refusalOf(result.value.why, named) })
      did()
    })
  }
}

function whatOf(ask: Spoken): What {
  switch (ask.kind) {
    case 'addChannel':
      return { kind: 'create-channel', name: ask.channel, title: ask.description, isPrivate: false, fence: null }
    case 'subscribe':
      return { kind: 'join', channel: ask.channel }
    case 'publish':
      return said({ kind: 'channel', name: ask.channel }, ask.message)
    case 'message':
      return said({ kind: 'user', name: ask.user }, ask.message)
  }
}

function said(to: Extract<What, { kind: 'say' }>['to'], text: string): What {
  return { kind: 'say', to, text, replyTo: null, through: 'account' }
}

function namedUser(user: string): Named {
  return { user, channel: '', makes: 'user' }
}

function answered(answer: AccountAnswer): Said<AccountAnswer> {
  return { kind: 'answer', answer }
}
