import type { ChatPlan } from '#contract/worker/chat'
import type { ChatChange, ChatRow, ChatRowState, ChatSession } from '#contract/worker/chat-calls'
import type { Message } from '#cores/chat/messages'
import { fail, ok, type Result } from '#kit/result'
import type { Clock } from '#ports/clock'
import type { Store } from '#ports/store'
import { decodePassing } from '../../chat/native-topics.ts'
import type { ChatAsker } from './asker.ts'
import { Changes } from './changes.ts'
import { Conversations } from './conversations.ts'
import { ChatOutbox, type Said } from './outbox.ts'
import { type People, type Person, Typing } from './people.ts'
import { below, numberPlace, type PlaceOf, placeFor, readPlace } from './places.ts'
import { ReadMarks } from './read-marks.ts'
import { Reads } from './reads.ts'
import { conversationRow, type Known, rowOf, unreadOf, waitingRow } from './rows.ts'
import { ChatSender } from './sender.ts'
import { SessionLink } from './session-link.ts'
import { keepSession, type SessionRow } from './session-rows.ts'
import type { Topics } from './topics.ts'

export const sessionLimits = {
  /** Somebody looks whose window asked so recently. */
  attachedMs: 10_000,
  /** How often all is looked at anew, in case something was published and not heard; and while nothing is. */
  refreshMs: 5_000,
  refreshUntoldMs: 1_000,
  hereMs: 20_000,
  /** How far others have read in what is shown. */
  membersMs: 1_500,
  membersMax: 200,
  /** With each key that is struck somebody writes; so often it is passed on. */
  typingMs: 1_500,
  /** Tokens last eight hours: time enough to try again, while the chat does not answer. */
  tokenMsMax: 5 * 3_600_000,
  renewEveryMs: 60_000,
} as const

export interface SessionParts {
  readonly row: SessionRow
  readonly plan: ChatPlan
  readonly asker: ChatAsker
  readonly topics: Topics
  readonly people: People
  readonly store: Store
  readonly clock: Clock
  readonly soon: (work: () => void) => void
  readonly nextSequence: () => number
  /** What the desk shows of it is another than before. */
  readonly onChange: () => void
}

/** One user at this desk: what this user is in, says and hears. */
export class UserSession {
  readonly link: SessionLink
  readonly changes: Changes
  readonly outbox: ChatOutbox
  readonly conversations: Conversations
  readonly placeOf: PlaceOf
  readonly #parts: SessionParts
  readonly #sender: ChatSender
  readonly #reads: Reads
  readonly #marks: ReadMarks | null
  readonly #typing: Typing
  #row: SessionRow
  #isOver = false
  /** Conversations that windows of this user show, and when each was last asked for. */
  readonly #open = new Map<string, number>()
  #askedMs = Number.NEGATIVE_INFINITY
  #refreshedMs = Number.NEGATIVE_INFINITY
  #hereMs = Number.NEGATIVE_INFINITY
  #membersMs = Number.NEGATIVE_INFINITY
  #renewedMs = Number.NEGATIVE_INFINITY
  #typedMs = new Map<string, number>()

  constructor(parts: SessionParts) {
    const { row, plan, asker, topics, people, store, clock, soon, nextSequence } = parts
    this.#parts = parts
    this.#row = row
    this.placeOf = placeFor(plan.profile)
    this.#typing = new Typing(clock)
    this.changes = new Changes({ clock, soon, next: nextSequence })
    this.link = new SessionLink({
      asker,
      session: row.session,
      token: () => this.#row.token,
      onEnded: () => this.end(),
    })
    this.outbox = new ChatOutbox(store, row.session)
    this.#reads = new Reads(this.link, clock)
    this.#marks = plan.profile === 'everyone' ? new ReadMarks(store, row.session) : null
    this.conversations = new Conversations({
      ...{ user: row.user, profile: plan.profile, placeOf: this.placeOf, link: this.link, topics, marks: this.#marks },
      onMessage: (message) => this.#heard(message),
      onConversation: (known) => this.#noteConversation(known),
      onUser: ({ name, isBot, isProtected }) => {
        const person: Person = { name, isBot, password: isProtected ? '' : null }
        people.learn(person)
        this.notePerson(person)
      },
      onLock: (lock) => this.changes.note({ kind: 'lock', lock }),
      onPassing: (conversation, payload) => this.#heardTyping(conversation, payload),
      onLost: () => this.changes.forget(),
    })
    this.#sender = new ChatSender({
      ...{ outbox: this.outbox, link: this.link, clock },
      isReady: () => this.view.isSignedIn && asker.isReachable,
      onChange: (id) => this.#noteWaiting(id),
      onStored: (event) => {
        this.conversations.take(event)
        if (event.what.kind === 'message') this.#heard(event.what.message)
      },
    })
  }

  get user(): string {
    return this.#row.user
  }

  get token(): string | null {
    return this.#row.token
  }

  get view(): ChatSession {
    const { session, user, token } = this.#row
    return { session, user, isSignedIn: token !== null }
  }

  get isAttached(): boolean {
    return this.changes.isAwaited || this.#parts.clock.now() - this.#askedMs < sessionLimits.attachedMs
  }

  /** In the same row of the disk as the one before. */
  signIn(token: string): Result<null> {
    const kept = this.#keep({ ...this.#row, token, tokenWallMs: this.#parts.clock.wall() })
    if (kept.ok) this.#sender.wake()
    return kept
  }

  /** Nothing of it stays on this desk. */
  forget(): Result<null> {
    const cleared = this.outbox.clear()
    return cleared.ok ? (this.#marks?.clear() ?? cleared) : cleared
  }

  /** What waits in its outbox waits on. */
  end(): void {
    if (this.#row.token !== null) this.#keep({ ...this.#row, token: null })
  }

  /** A window of this user asks what there is new, and shows that conversation now. */
  attend(open: string | null): void {
    this.#askedMs = this.#parts.clock.now()
    if (open === null) return
    if (!this.#open.has(open)) this.#membersMs = Number.NEGATIVE_INFINITY
    this.#open.set(open, this.#askedMs)
    this.conversations.watch(new Set(this.#open.keys()))
  }

  say(said: Said): Result<null> {
    const { clock, soon } = this.#parts
    const taken = this.outbox.take(said, clock.wall(), this.#sender.isIdle)
    if (!taken.ok) return taken
    this.#typedMs.delete(said.conversation)
    this.#noteWaiting(said.id)
    soon(() => this.#sender.wake())
    return ok(null)
  }

  takeBack(id: string): Result<null> {
    const message = this.outbox.find(id)
    if (message === null) return fail('not-found', 'no such message waits')
    if (message.state === 'sent') return fail('does-not-apply', 'the chat may have it already')
    const removed = this.outbox.remove(id)
    if (removed.ok) this.changes.note({ kind: 'gone', conversation: message.conversation, id })
    if (removed.ok) this.#parts.onChange()
    return removed
  }

  /** What this window has on its screen, or above it. */
  read(conversation: string, place: string): void {
    const known = this.conversations.find(conversation)
    const message = this.conversations.room(conversation)?.tail?.upTo(place) ?? null
    if (known === null || !known.isMember) return
    if (message === null) this.#readAbove(known, place)
    else this.#readUpTo(known, message)
  }

  #readUpTo(known: Known, message: Message): void {
    const upTo = this.placeOf(message)
    const { conversation } = message
    if (known.readPlace !== null && known.readPlace >= upTo) return
    const isAll = message.ordinal >= known.conversation.lastOrdinal
    const mentions = isAll ? 0 : this.#mentionsAfter(conversation, upTo)
    this.conversations.change(conversation, { readPlace: upTo, readOrdinal: message.ordinal, mentions })
    if (this.#marks === null) this.#reads.note({ conversation, number: message.number })
  }

  /** Further up than what is kept here: how many that leaves, the next look at the state tells. */
  #readAbove({ conversation: { id }, readPlace: before }: Known, place: string): void {
    const read = readPlace(place)
    if (read === null || (before !== null && before >= place)) return
    if ('number' in read) return this.#reads.note({ conversation: id, number: read.number })
    this.link.query({ kind: 'message', as: this.user, message: read.id }, (result) => {
      const known = this.conversations.find(id)
      if (result.ok && result.value.message !== null && known !== null) this.#readUpTo(known, result.value.message)
    })
  }

  typing(conversation: string): void {
    const nowMs = this.#parts.clock.now()
    if (nowMs - (this.#typedMs.get(conversation) ?? Number.NEGATIVE_INFINITY) < sessionLimits.typingMs) return
    this.#typedMs = new Map([[conversation, nowMs]])
    this.link.tell({ kind: 'typing', conversation })
  }

  rowOf(message: Message): ChatRow {
    return rowOf(message, this.placeOf(message), this.#stateOf(message))
  }

  waitingIn(conversation: string): readonly ChatRow[] {
    const here = this.outbox.messages.filter((message) => message.conversation === conversation)
    return here.map((message) => waitingRow(message, this.user))
  }

  conversationRow(known: Known) {
    return conversationRow(known, this.user, this.#typing.in(known.conversation.id))
  }

  /** What stands below this place is unread; null: nothing is. */
  unreadFrom(known: Known): string | null {
    if (unreadOf(known) === 0) return null
    return below(known.readPlace ?? '')
  }

  notePerson(person: Person): void {
    this.changes.note({ kind: 'person', person: this.#parts.people.row(person) })
  }

  note(change: ChatChange): void {
    this.changes.note(change)
  }

  /** The proxy is back: what was published meanwhile nobody here has heard. */
  reconnected(): void {
    this.#refreshedMs = Number.NEGATIVE_INFINITY
  }

  tick(): void {
    this.outbox.flush()
    this.#marks?.flush()
    this.#sender.wake()
    this.#reads.tick()
    for (const conversation of this.#typing.leave()) this.#noteKnown(conversation)
    const nowMs = this.#parts.clock.now()
    this.#forgetOpen(nowMs)
    this.#renew(nowMs)
    if (!this.isAttached || !this.view.isSignedIn) return
    const everyMs = this.#parts.topics.isTold ? sessionLimits.refreshMs : sessionLimits.refreshUntoldMs
    if (nowMs - this.#refreshedMs >= everyMs) {
      this.#refreshedMs = nowMs
      this.conversations.refresh(() => {})
    }
    if (nowMs - this.#hereMs >= sessionLimits.hereMs) {
      this.#hereMs = nowMs
      this.link.tell({ kind: 'here' })
    }
    if (nowMs - this.#membersMs >= sessionLimits.membersMs) {
      this.#membersMs = nowMs
      for (const conversation of this.#open.keys()) this.#askReaders(conversation)
    }
  }

  /** What is answered to it from here on changes nothing, on the disk least of all. */
  stop(): void {
    this.#isOver = true
    this.conversations.stop()
    this.changes.end()
  }

  #keep(row: SessionRow): Result<null> {
    if (this.#isOver) return fail('not-signed-in', 'the session is over')
    const kept = keepSession(this.#parts.store, row)
    // A token that has ended has ended, whether or not the disk takes it; the next life finds out again.
    if (!kept.ok && row.token !== null) return kept
    const before = this.view
    this.#row = row
    if (before.isSignedIn !== this.view.isSignedIn) this.changes.note({ kind: 'session', session: this.view })
    this.#parts.onChange()
    return ok(null)
  }

  /** Also while nobody looks: whoever comes back is still signed in. */
  #renew(nowMs: number): void {
    const { token, tokenWallMs } = this.#row
    const ageMs = this.#parts.clock.wall() - tokenWallMs
    // A clock that was set back says nothing of how old it is.
    const isOld = ageMs < 0 || ageMs > sessionLimits.tokenMsMax
    if (token === null || !isOld || nowMs - this.#renewedMs < sessionLimits.renewEveryMs) return
    this.#renewedMs = nowMs
    this.link.renew((result) => {
      // Somebody may have signed in, or out, meanwhile.
      if (result.ok && this.#row.token === token) this.signIn(result.value.token)
    })
  }

  #forgetOpen(nowMs: number): void {
    const old = [...this.#open].filter(([, askedMs]) => nowMs - askedMs >= sessionLimits.attachedMs)
    if (old.length === 0) return
    for (const [conversation] of old) this.#open.delete(conversation)
    this.conversations.watch(new Set(this.#open.keys()))
  }

  /** Where one leads; elsewhere nobody keeps it. */
  #askReaders(conversation: string): void {
    const room = this.conversations.room(conversation)
    if (room === null || this.#parts.plan.profile !== 'leader') return
    const { membersMax: limit } = sessionLimits
    this.link.query({ kind: 'members', as: this.user, conversation, after: null, limit }, (result) => {
      if (!result.ok || result.value === null) return
      const others = result.value.members.filter(({ user }) => user !== this.user)
      const read = new Map(others.map(({ user, readNumber }) => [user, numberPlace(readNumber)]))
      for (const message of room.learnRead(read, this.user)) this.#noteRow(message)
    })
  }

  #heard(message: Message): void {
    // It is there, whoever told it first: the one who was asked, or the proxy.
    if (message.author === this.user) this.outbox.settle(message.id)
    if (this.#typing.stop(message.conversation, message.author)) this.#noteKnown(message.conversation)
    this.#noteRow(message)
  }

  #heardTyping(conversation: string, payload: Uint8Array): void {
    const passing = decodePassing(payload)
    if (passing === null || passing.user === this.user) return
    if (this.#typing.hear(conversation, passing.user)) this.#noteKnown(conversation)
  }

  #mentionsAfter(conversation: string, place: string): number {
    const all = this.conversations.room(conversation)?.tail?.all ?? []
    return all.filter((message) => this.placeOf(message) > place && message.mentions.includes(this.user)).length
  }

  #noteRow(message: Message): void {
    this.changes.note({ kind: 'row', row: this.rowOf(message) })
    this.#parts.onChange()
  }

  #noteWaiting(id: string): void {
    const message = this.outbox.find(id)
    if (message !== null) this.changes.note({ kind: 'row', row: waitingRow(message, this.user) })
    this.#parts.onChange()
  }

  #noteKnown(conversation: string): void {
    const known = this.conversations.find(conversation)
    if (known !== null) this.#noteConversation(known)
  }

  #noteConversation(known: Known): void {
    this.changes.note({ kind: 'conversation', conversation: this.conversationRow(known) })
    this.#parts.onChange()
  }

  #stateOf(message: Message): ChatRowState {
    const { servers, profile } = this.#parts.plan
    const copies = profile === 'leader' ? Math.floor(servers.length / 2) + 1 : 1
    const stored = { copies, servers: servers.length }
    const room = message.author === this.user ? this.conversations.room(message.conversation) : null
    const by = room?.readersOf(this.placeOf(message)) ?? 0
    return by === 0 ? { kind: 'stored', ...stored } : { kind: 'seen', ...stored, by }
  }
}
