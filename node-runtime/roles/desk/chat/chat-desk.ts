import { type ChatPlan, chatSockets, type DeskChatView } from '#contract/worker/chat'
import {
  type ChatCall,
  type ChatInput,
  type ChatOutput,
  type ChatSession,
  chatDeskLimits,
  type DeskChatStatus,
} from '#contract/worker/chat-calls'
import type { ChatAnswers, ChatQuery } from '#cores/chat/messages'
import type { NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { StopStack } from '#kit/stop-stack'
import { presenceTopic } from '../../chat/native-topics.ts'
import type { Post } from '../../post.ts'
import type { NodePorts } from '../../role.ts'
import { ChatAsker, type Wait } from './asker.ts'
import { ChatCallsHandler } from './calls.ts'
import { Gaps } from './gaps.ts'
import { People } from './people.ts'
import { UserSession } from './session.ts'
import { foundIn, wrongAnswer } from './session-link.ts'
import { forgetSession, keepSession, readSessions, type SessionRow } from './session-rows.ts'
import { Topics } from './topics.ts'

export const chatDeskTimes = {
  /** How often it is looked whether the chat answers, while somebody looks at it. */
  statusMs: 1_000,
  /** And for how long. */
  statusWithinMs: 3_000,
} as const

const locksMax = 32
/** Numbers of changes in one life of a desk. */
const sequencesPerLife = 1_000_000_000

export interface ChatDeskParts {
  readonly nodeId: NodeId
  readonly plan: ChatPlan
  readonly ports: NodePorts
  readonly post: Post
  readonly onChange: () => void
}

type Done<T> = (result: Result<T>) => void

/** The user's side of the chat: all who have signed in at this desk. */
export class ChatDesk {
  readonly #parts: ChatDeskParts
  readonly #asker: ChatAsker
  readonly #topics: Topics
  readonly #people: People
  readonly #gaps = new Gaps()
  readonly #calls: ChatCallsHandler
  readonly #sessions = new Map<string, UserSession>()
  readonly #stops = new StopStack()
  #sequence: number
  #revision = 0
  #statusMs = Number.NEGATIVE_INFINITY
  #isAskingStatus = false
  #shown = ''

  constructor(parts: ChatDeskParts) {
    const { plan, ports, post, nodeId } = parts
    const { clock, random } = ports
    this.#parts = parts
    this.#sequence = post.life * sequencesPerLife
    this.#asker = new ChatAsker({
      post,
      wire: ports.wire,
      broker: plan.broker,
      clock,
      random,
      onWaited: (wait) => this.#waited(wait),
      onActed: () => this.#gaps.acted(),
    })
    this.#topics = new Topics(ports.sockets.subscriber(chatSockets.heardNative))
    this.#people = new People(clock)
    this.#calls = new ChatCallsHandler({
      session: (session) => this.#sessions.get(session) ?? null,
      people: this.#people,
      holderOf: (session) => `${nodeId}/${session}`,
      hasLocks: plan.profile === 'leader',
      desk: {
        'chat.status': (_, done) => done(ok(this.#status)),
        'chat.signUp': (input, done) => this.#enter('sign-up', input, done),
        'chat.signIn': (input, done) => this.#enter('sign-in', input, done),
        'chat.signOut': ({ session }, done) => done(this.#signOut(session)),
        'chat.locks': (_, done) => this.#locks(done),
      },
    })
    this.#stops.add(this.#topics.listen((isConnected) => this.#connected(isConnected)))
    this.#stops.add(this.#topics.follow(presenceTopic, (payload) => this.#heardPresence(payload)))
    for (const row of readSessions(ports.store)) this.#open(row)
  }

  get view(): DeskChatView {
    return { revision: this.#revision, waiting: this.#waiting }
  }

  answer(call: ChatCall, done: Done<unknown>): void {
    this.#calls.answer(call, done)
  }

  tick(): void {
    this.#asker.tick()
    for (const session of this.#sessions.values()) session.tick()
    for (const user of this.#people.leave()) this.#notePerson(user)
    this.#lookAtStatus()
    this.#noteStatus()
  }

  stop(): void {
    for (const session of this.#sessions.values()) session.stop()
    void this.#stops.run()
  }

  get #waiting(): number {
    return [...this.#sessions.values()].reduce((sum, { outbox }) => sum + outbox.waiting, 0)
  }

  get #status(): DeskChatStatus {
    const { profile } = this.#parts.plan
    const isLed = profile === 'leader'
    return {
      profile,
      abilities: {
        ...{ hasAccounts: isLed, hasPrivate: isLed, hasChanges: isLed, hasReadPositions: isLed, hasLocks: isLed },
        hasPresence: true,
      },
      leader: isLed ? (this.#gaps.leader?.node ?? null) : null,
      sessions: [...this.#sessions.values()].map(({ view }) => view),
      isAnswering: this.#asker.isAnswering,
      isTold: this.#topics.isTold,
      silentSinceWallMs: this.#asker.silence?.fromWallMs ?? null,
      waiting: this.#waiting,
      gaps: this.#gaps.gaps,
    }
  }

  #open(row: SessionRow): UserSession {
    const { plan, ports } = this.#parts
    const session = new UserSession({
      ...{ row, plan, asker: this.#asker, topics: this.#topics, people: this.#people },
      ...{ store: ports.store, clock: ports.clock, soon: ports.soon },
      nextSequence: () => {
        this.#sequence += 1
        return this.#sequence
      },
      onChange: () => this.#changed(),
    })
    this.#sessions.set(row.session, session)
    return session
  }

  /** One session a user: whoever signs in again goes on with it. */
  #enter(kind: 'sign-up' | 'sign-in', { user, password }: ChatInput<'chat.signIn'>, done: Done<ChatSession>): void {
    const before = [...this.#sessions.values()].find((session) => session.user === user)
    if (before === undefined && this.#sessions.size >= chatDeskLimits.sessionsMax) {
      return done(fail('busy', `${this.#sessions.size} users are signed in here`))
    }
    // All attempts of this desk count together, as those of one connection.
    this.#asker.ask({ body: { kind, user, password }, from: 'sign-in' }, (result) => {
      if (!result.ok) return done(result)
      if (result.value.kind !== 'token') return done(wrongAnswer)
      done(this.#entered(user, result.value.token.token))
    })
  }

  #entered(user: string, token: string): Result<ChatSession> {
    const { ports } = this.#parts
    const before = [...this.#sessions.values()].find((session) => session.user === user)
    if (before !== undefined) {
      const kept = before.signIn(token)
      return kept.ok ? ok(before.view) : kept
    }
    const session = `s-${this.#asker.freshId().slice(0, 12)}`
    const row: SessionRow = { session, user, token, tokenWallMs: ports.clock.wall() }
    const kept = keepSession(ports.store, row)
    if (!kept.ok) return kept
    const { view } = this.#open(row)
    this.#changed()
    return ok(view)
  }

  #signOut(id: string): Result<null> {
    const session = this.#sessions.get(id)
    if (session === undefined) return ok(null)
    const { store } = this.#parts.ports
    const cleared = session.forget()
    const forgotten = cleared.ok ? forgetSession(store, id) : cleared
    if (!forgotten.ok) return forgotten
    session.note({ kind: 'session', session: { ...session.view, isSignedIn: false } })
    session.stop()
    this.#sessions.delete(id)
    this.#changed()
    return ok(null)
  }

  #locks(done: Done<ChatOutput<'chat.locks'>>): void {
    if (this.#parts.plan.profile !== 'leader') return done(ok({ locks: [] }))
    this.#askOpenly({ kind: 'locks', after: null, limit: locksMax }, (result) => {
      done(result.ok ? ok({ locks: result.value.locks }) : result)
    })
  }

  /** What the chat tells everybody. */
  #askOpenly<Query extends ChatQuery>(query: Query, done: Done<ChatAnswers[Query['kind']]>): void {
    const body = { kind: 'query', token: null, consistency: 'stale', query } as const
    this.#asker.ask({ body, from: 'everybody', withinMs: chatDeskTimes.statusWithinMs }, (result) =>
      done(foundIn(query, result)),
    )
  }

  #connected(isConnected: boolean): void {
    if (isConnected) for (const session of this.#sessions.values()) session.reconnected()
    this.#changed()
  }

  #waited(wait: Wait): void {
    if (this.#parts.plan.profile !== 'leader') return
    this.#gaps.waited(wait)
    if (this.#gaps.isOpen) this.#statusMs = Number.NEGATIVE_INFINITY
  }

  #lookAtStatus(): void {
    const { clock } = this.#parts.ports
    const nowMs = clock.now()
    const isWatched = [...this.#sessions.values()].some(({ isAttached }) => isAttached)
    const isDue = nowMs - this.#statusMs >= chatDeskTimes.statusMs
    const isWanted = isWatched || this.#gaps.isReady
    if (this.#isAskingStatus || !isDue || !isWanted) return
    this.#statusMs = nowMs
    this.#isAskingStatus = true
    const { settles } = this.#gaps
    this.#askOpenly({ kind: 'status' }, (result) => {
      this.#isAskingStatus = false
      if (!result.ok) return
      const { servedBy } = result.value
      if (this.#gaps.learnt({ servedBy, settles, wallMs: clock.wall() })) this.#changed()
    })
  }

  #heardPresence(payload: Uint8Array): void {
    const user = this.#people.hear(payload)
    if (user !== null) this.#notePerson(user)
  }

  #notePerson(name: string): void {
    for (const session of this.#sessions.values()) {
      if (!session.isAttached) continue
      this.#people.find(name, session.link, (person) => {
        if (person !== null) session.notePerson(person)
      })
    }
  }

  /** To each window that shows it, when it is another than before. */
  #noteStatus(): void {
    const status = this.#status
    const shown = JSON.stringify(status)
    if (shown === this.#shown) return
    this.#shown = shown
    for (const session of this.#sessions.values()) session.note({ kind: 'status', status })
    this.#changed()
  }

  #changed(): void {
    this.#revision += 1
    this.#parts.onChange()
  }
}
