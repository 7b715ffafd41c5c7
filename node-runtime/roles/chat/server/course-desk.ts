import type { What } from '#cores/chat/messages'
import { type CourseAnswer, type CourseAsk, courseAnswer } from '#dialects/chat/index'
import type { ForeignDeskParts } from './account-desk.ts'
import type { Asked, Said } from './foreign-door.ts'
import { afterFailure, type Named, refusalOf } from './foreign-words.ts'
import { listChannels, listUsers } from './listings.ts'

type Done = (said: Said<CourseAnswer>) => void

/** The course's services, by a server of the leader profile. Names there have no passwords: a protected one is refused. */
export class CourseDesk {
  readonly encode = courseAnswer
  readonly #parts: ForeignDeskParts

  constructor(parts: ForeignDeskParts) {
    this.#parts = parts
  }

  serve(asked: Asked, ask: CourseAsk, done: Done): void {
    const { timeMs } = this.#parts
    switch (ask.kind) {
      case 'login':
        return this.#logIn(asked, ask.user, done)
      case 'users':
        return this.#users((users) => ({ kind: 'users', users }), done)
      case 'channels':
        return listChannels(this.#parts.state, (result) => {
          if (!result.ok) return done(afterFailure(result.failure, { user: '' }))
          done(answered({ kind: 'channels', channels: result.value.map(({ name }) => name) }))
        })
      case 'channel': {
        const { channel: name } = ask
        const what: What = { kind: 'create-channel', name, title: '', isPrivate: false, fence: null }
        const named: Named = { user: '', channel: name, makes: 'channel' }
        return this.#act(asked, { actor: null, what, named }, () => done(answered({ kind: 'channel-made' })), done)
      }
      case 'publish': {
        const what = said({ kind: 'channel', name: ask.channel }, ask.message)
        const named: Named = { user: ask.user, channel: ask.channel, makes: 'channel' }
        return this.#act(asked, { actor: ask.user, what, named }, () => done(answered({ kind: 'said' })), done)
      }
      case 'message': {
        const what = said({ kind: 'user', name: ask.dst }, ask.message)
        // Whichever of the two names is unknown: the dialect says no more than that.
        const named: Named = { user: ask.dst, channel: '', makes: 'user' }
        return this.#act(asked, { actor: ask.src, what, named }, () => done(answered({ kind: 'said' })), done)
      }
      case 'clock':
        return done(answered({ kind: 'time', atMs: timeMs() }))
      case 'election':
        return done(answered({ kind: 'elected' }))
      // Those are the reference's.
      case 'rank':
      case 'list':
      case 'heartbeat':
        return done({ kind: 'refused', why: { kind: 'service', service: ask.kind } })
    }
  }

  #logIn(asked: Asked, user: string, done: Done): void {
    const what: What = { kind: 'log-in', user, through: 'course' }
    const named: Named = { user, channel: '', makes: 'user' }
    const wantsUsers = asked.form.service !== 'login'
    const after = (): void =>
      wantsUsers
        ? this.#users((users) => ({ kind: 'logged-in', users }), done)
        : done(answered({ kind: 'logged-in', users: [] }))
    this.#act(asked, { actor: null, what, named }, after, done)
  }

  #users(answer: (users: readonly string[]) => CourseAnswer, done: Done): void {
    listUsers(this.#parts.state, (result) => {
      if (!result.ok) return done(afterFailure(result.failure, { user: '' }))
      done(answered(answer(result.value.map(({ name }) => name))))
    })
  }

  #act(
    { id }: Asked,
    { actor, what, named }: { readonly actor: string | null; readonly what: What; readonly named: Named },
    did: () => void,
    done: Done,
  ): void {
    this.#parts.act({ id, actor, what }, (result) => {
      if (!result.ok) return done(afterFailure(result.failure, named))
      if (result.value.kind === 'refused') return done({ kind: 'refused', why: refusalOf(result.value.why, named) })
      const user = what.kind === 'log-in' ? what.user : actor
      if (user !== null) this.#parts.here(user)
      did()
    })
  }
}

function said(to: Extract<What, { kind: 'say' }>['to'], text: string): What {
  return { kind: 'say', to, text, replyTo: null, through: 'course' }
}

function answered(answer: CourseAnswer): Said<CourseAnswer> {
  return { kind: 'answer', answer }
}
