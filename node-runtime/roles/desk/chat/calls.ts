import type {
  ChatCall,
  ChatCallName,
  ChatInput,
  ChatOutput,
  ChatRow,
  ConversationRow,
  PersonRow,
} from '#contract/worker/chat-calls'
import type { What } from '#cores/chat/messages'
import { channelId, directId } from '#cores/chat/rows'
import { fail, ok, type Result } from '#kit/result'
import { readHistory } from './history.ts'
import type { People, Person } from './people.ts'
import { readSearch } from './search-text.ts'
import type { UserSession } from './session.ts'

type Done<T> = (result: Result<T>) => void
type Handlers = {
  readonly [Name in ChatCallName]: (input: ChatInput<Name>, done: Done<ChatOutput<Name>>) => void
}
/** What is not about one session. */
export type DeskHandlers = Pick<Handlers, 'chat.status' | 'chat.signUp' | 'chat.signIn' | 'chat.signOut' | 'chat.locks'>

export interface ChatCallsParts {
  readonly session: (session: string) => UserSession | null
  readonly desk: DeskHandlers
  readonly people: People
  /** Of a lock: the node and the session. */
  readonly holderOf: (session: string) => string
  readonly hasLocks: boolean
}

/** What people ask the desk about the chat. The host has checked the shape of what they give. */
export class ChatCallsHandler {
  readonly #parts: ChatCallsParts
  readonly #handlers: Handlers

  constructor(parts: ChatCallsParts) {
    this.#parts = parts
    this.#handlers = { ...parts.desk, ...this.#accounts(), ...this.#lists(), ...this.#deeds(), ...this.#talk() }
  }

  answer({ name, input }: ChatCall, done: Done<unknown>): void {
    // A name with its own input, which the union cannot see.
    const handler = this.#handlers[name] as (input: unknown, done: Done<unknown>) => void
    handler(input, done)
  }

  /** For a session that there is. */
  #in<Input extends { readonly session: string }, Output>(
    work: (session: UserSession, input: Input, done: Done<Output>) => void,
  ): (input: Input, done: Done<Output>) => void {
    return (input, done) => {
      const session = this.#parts.session(input.session)
      if (session === null) done(fail('not-signed-in', 'there is no such session at this desk'))
      else work(session, input, done)
    }
  }

  #accounts() {
    return {
      'chat.signOutEverywhere': this.#in<ChatInput<'chat.signOutEverywhere'>, null>((session, _, done) =>
        session.link.do({ kind: 'sign-out-everywhere' }, (result) => {
          if (result.ok) session.end()
          done(result.ok ? ok(null) : result)
        }),
      ),
      'chat.setPassword': this.#in<ChatInput<'chat.setPassword'>, null>((session, { password, newPassword }, done) =>
        session.link.setPassword(password, newPassword, (result) =>
          done(result.ok ? session.signIn(result.value.token) : result),
        ),
      ),
      'chat.changes': this.#in<ChatInput<'chat.changes'>, ChatOutput<'chat.changes'>>((session, input, done) => {
        session.attend(input.open)
        session.changes.ask(input, (changes) => done(ok(changes)))
      }),
    }
  }

  #lists() {
    return {
      'chat.conversations': this.#in<ChatInput<'chat.conversations'>, ChatOutput<'chat.conversations'>>(
        (session, _, done) =>
          session.conversations.load((result) => {
            const rows = session.conversations.known.map((known) => session.conversationRow(known))
            done(result.ok ? ok({ conversations: rows }) : result)
          }),
      ),
      'chat.channels': this.#in<ChatInput<'chat.channels'>, ChatOutput<'chat.channels'>>(
        (session, { after, limit }, done) =>
          session.link.query({ kind: 'channels', after, limit }, (result) => {
            if (!result.ok) return done(result)
            const channels = result.value.channels.map((conversation) => {
              const known = session.conversations.find(conversation.id)
              // Nobody tells this desk what happens where its user is not.
              const fresh = { conversation, isMember: false, readPlace: null, readOrdinal: 0, mentions: 0, users: [] }
              return session.conversationRow(known?.isMember === true ? known : fresh)
            })
            done(ok({ channels, next: result.value.next }))
          }),
      ),
      'chat.people': this.#in<ChatInput<'chat.people'>, ChatOutput<'chat.people'>>((session, { after, limit }, done) =>
        session.link.query({ kind: 'users', after, limit }, (result) => {
          if (!result.ok) return done(result)
          const { users, next } = result.value
          for (const user of users) this.#parts.people.learn(user)
          done(ok({ people: users.map((user) => this.#parts.people.row(user)), next }))
        }),
      ),
      'chat.members': this.#in<ChatInput<'chat.members'>, ChatOutput<'chat.members'>>((session, input, done) => {
        const { conversation, after, limit } = input
        session.link.query({ kind: 'members', as: session.user, conversation, after, limit }, (result) => {
          if (!result.ok) return done(result)
          if (result.value === null) return done(noConversation)
          const { members, next } = result.value
          this.#peopleOf(
            session,
            members.map(({ user }) => user),
            (people) => done(people.ok ? ok({ people: people.value, next }) : people),
          )
        })
      }),
    }
  }

  /** A page of them, in order of names. */
  #peopleOf(session: UserSession, users: readonly string[], done: Done<readonly PersonRow[]>): void {
    const { people } = this.#parts
    const found: Person[] = []
    let left = users.length
    const finish = (): void => {
      if (left > 0) return
      done(ok(found.toSorted((one, other) => (one.name < other.name ? -1 : 1)).map((person) => people.row(person))))
    }
    finish()
    for (const user of users) {
      people.find(user, session.link, (person) => {
        if (person !== null) found.push(person)
        left -= 1
        finish()
      })
    }
  }

  #deeds() {
    const made =
      (idOf: (deed: string) => string, what: What) => (session: UserSession, done: Done<ConversationRow>) => {
        const id = session.link.freshId()
        session.link.do(
          what,
          (result) => {
            if (!result.ok) return done(result)
            if (result.value !== null) session.conversations.take(result.value)
            this.#shown(session, idOf(id), done)
          },
          { id },
        )
      }
    return {
      'chat.create': this.#in<ChatInput<'chat.create'>, ConversationRow>(
        (session, { name, title, isPrivate }, done) => {
          const create = (fence: number | null, created: Done<ConversationRow>): void =>
            made((deed) => (isPrivate ? `p:${deed}` : channelId(name)), {
              ...{ kind: 'create-channel', name, title, isPrivate, fence },
            })(session, created)
          if (isPrivate || !this.#parts.hasLocks) return create(null, done)
          this.#underLock(session, `channel:${name}`, create, done)
        },
      ),
      'chat.group': this.#in<ChatInput<'chat.group'>, ConversationRow>((session, { users }, done) =>
        made((deed) => `g:${deed}`, { kind: 'create-group', users })(session, done),
      ),
      'chat.direct': this.#in<ChatInput<'chat.direct'>, ConversationRow>((session, { user }, done) =>
        made(() => directId(session.user, user), { kind: 'begin-direct', user })(session, done),
      ),
      'chat.join': this.#in<ChatInput<'chat.join'>, ConversationRow>((session, { channel }, done) =>
        made(() => channelId(channel), { kind: 'join', channel })(session, done),
      ),
      'chat.leave': this.#in<ChatInput<'chat.leave'>, null>((session, { conversation }, done) =>
        session.link.do({ kind: 'leave', conversation }, (result) => {
          if (result.ok) session.conversations.left(conversation)
          done(result.ok ? ok(null) : result)
        }),
      ),
      'chat.invite': this.#in<ChatInput<'chat.invite'>, null>((session, { conversation, user }, done) =>
        session.link.do({ kind: 'invite', conversation, user }, (result) => done(result.ok ? ok(null) : result)),
      ),
      'chat.askLock': this.#in<ChatInput<'chat.askLock'>, ChatOutput<'chat.askLock'>>((session, { lock }, done) => {
        this.#askLock(session, lock, (result) => done(result.ok ? ok({ fence: result.value }) : result))
      }),
      'chat.giveLock': this.#in<ChatInput<'chat.giveLock'>, null>((session, { lock }, done) =>
        session.link.query({ kind: 'locks', after: null, limit: locksMax }, (result) => {
          if (!result.ok) return done(result)
          const fence = result.value.locks.find((one) => one.lock === lock)?.fence ?? 0
          this.#giveLock(session, lock, fence, done)
        }),
      ),
    }
  }

  /** Now that something was done to it. */
  #shown(session: UserSession, id: string, done: Done<ConversationRow>): void {
    const { conversations } = session
    conversations.refresh((result) => {
      if (!result.ok) return done(result)
      conversations.enter(id, (entered) => {
        if (!entered.ok) done(entered)
        else done(entered.value === null ? noConversation : ok(session.conversationRow(entered.value)))
      })
    })
  }

  #underLock(
    session: UserSession,
    lock: string,
    work: (fence: number, done: Done<ConversationRow>) => void,
    done: Done<ConversationRow>,
  ): void {
    this.#askLock(session, lock, (asked) => {
      if (!asked.ok) return done(asked)
      const fence = asked.value
      if (fence !== null) {
        // Given back whatever came of it; whoever asked is told what came of it.
        return work(fence, (result) => this.#giveLock(session, lock, fence, () => done(result)))
      }
      this.#giveLock(session, lock, 0, () => done(fail('locked', `somebody else holds ${lock}`)))
    })
  }

  #askLock(session: UserSession, lock: string, done: Done<number | null>): void {
    const holder = this.#parts.holderOf(session.view.session)
    session.link.act({ kind: 'ask-lock', lock, holder }, {}, (result) => {
      if (!result.ok) return done(result)
      const outcome = result.value
      done(outcome.kind === 'refused' ? fail('bad-request', `the chat refused it: ${outcome.why}`) : ok(outcome.fence))
    })
  }

  #giveLock(session: UserSession, lock: string, fence: number, done: Done<null>): void {
    const holder = this.#parts.holderOf(session.view.session)
    session.link.do({ kind: 'give-lock', lock, holder, fence }, (result) => done(result.ok ? ok(null) : result))
  }

  #talk() {
    const changed = (what: (id: string) => What) => (session: UserSession, id: string, done: Done<null>) =>
      session.link.do(what(id), (result) => {
        if (result.ok && result.value !== null) session.conversations.take(result.value)
        done(result.ok ? ok(null) : result)
      })
    return {
      'chat.history': this.#in<ChatInput<'chat.history'>, ChatOutput<'chat.history'>>((session, input, done) =>
        this.#history(session, input, done),
      ),
      'chat.message': this.#in<ChatInput<'chat.message'>, ChatOutput<'chat.message'>>((session, { id }, done) =>
        session.link.query({ kind: 'message', as: session.user, message: id }, (result) => {
          if (!result.ok) return done(result)
          const { message } = result.value
          done(ok({ row: message === null ? null : session.rowOf(message) }))
        }),
      ),
      'chat.say': this.#in<ChatInput<'chat.say'>, null>((session, { id, conversation, text, replyTo }, done) =>
        done(session.say({ id, conversation, text, replyTo })),
      ),
      'chat.takeBack': this.#in<ChatInput<'chat.takeBack'>, null>((session, { id }, done) =>
        done(session.takeBack(id)),
      ),
      'chat.edit': this.#in<ChatInput<'chat.edit'>, null>((session, { id, text }, done) =>
        changed((message) => ({ kind: 'edit', message, text }))(session, id, done),
      ),
      'chat.delete': this.#in<ChatInput<'chat.delete'>, null>((session, { id }, done) =>
        changed((message) => ({ kind: 'delete', message }))(session, id, done),
      ),
      'chat.react': this.#in<ChatInput<'chat.react'>, null>((session, { id, emoji, isOn }, done) =>
        changed((message) => ({ kind: 'react', message, emoji, isOn }))(session, id, done),
      ),
      'chat.read': this.#in<ChatInput<'chat.read'>, null>((session, { conversation, place }, done) => {
        session.read(conversation, place)
        done(ok(null))
      }),
      'chat.typing': this.#in<ChatInput<'chat.typing'>, null>((session, { conversation }, done) => {
        session.typing(conversation)
        done(ok(null))
      }),
      'chat.search': this.#in<ChatInput<'chat.search'>, ChatOutput<'chat.search'>>((session, input, done) => {
        const asked = readSearch(input.text, input.dayMs)
        const within = asked.in === null ? null : session.conversations.called(asked.in)
        session.link.search({ ...asked, in: within, cursor: input.cursor, limit: input.limit }, (result) => {
          if (!result.ok) return done(result)
          const { messages, next } = result.value
          done(ok({ rows: messages.map((message) => session.rowOf(message)), next, asked }))
        })
      }),
    }
  }

  #history(
    session: UserSession,
    { conversation, from, limit }: ChatInput<'chat.history'>,
    done: Done<ChatOutput<'chat.history'>>,
  ): void {
    session.conversations.enter(conversation, (entered) => {
      if (!entered.ok) return done(entered)
      const known = entered.value
      if (known === null) return done(noConversation)
      const unreadAfter = session.unreadFrom(known) === null ? null : (known.readPlace ?? noPlace)
      const order = { user: session.user, conversation, from, limit, unreadAfter }
      session.conversations.looked(conversation)
      readHistory(session.link, session.conversations.room(conversation), order, (result) => {
        if (!result.ok) return done(result)
        const { messages, isBeginning, isEnd } = result.value
        const now = session.conversations.find(conversation) ?? known
        const rows = messages.map((message) => session.rowOf(message))
        const waiting = session.waitingIn(conversation)
        const firstUnread = firstAfter(session.unreadFrom(now), rows, isBeginning)
        done(ok({ conversation: session.conversationRow(now), rows, waiting, firstUnread, isBeginning, isEnd }))
      })
    })
  }
}

/** The first row below that place, if it is among these; otherwise the place itself. */
function firstAfter(place: string | null, rows: readonly ChatRow[], isBeginning: boolean): string | null {
  if (place === null) return null
  const index = rows.findIndex((row) => row.place !== null && row.place > place)
  const isFirst = index > 0 || (index === 0 && isBeginning)
  return isFirst ? (rows[index]?.place ?? place) : place
}

const locksMax = 32
const noPlace = '0'.repeat(16)
const noConversation = fail('not-found', 'there is no such conversation for this user')
