import type { ChatProfile } from '#contract/worker/chat'
import type { ChatAnswers, ChatEvent, Conversation, LockView, Message, OwnConversation } from '#cores/chat/messages'
import { allFeed, channelId, directId, userFeed } from '#cores/chat/rows'
import { ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import { eventsIn, feedTopic, passingTopic } from '../../chat/native-topics.ts'
import { type EventFeed, Feed } from './feed.ts'
import { marked, merged, unread, withEvent } from './known.ts'
import { LooseFeed } from './loose-feed.ts'
import { numberPlace, type PlaceOf, readPlace } from './places.ts'
import type { ReadMarks } from './read-marks.ts'
import { Room } from './room.ts'
import { type Known, unreadOf } from './rows.ts'
import type { SessionLink } from './session-link.ts'
import type { Topics } from './topics.ts'

type Done<T> = (result: Result<T>) => void

export interface ConversationsParts {
  readonly user: string
  readonly profile: ChatProfile
  readonly placeOf: PlaceOf
  /** Where everyone answers. Elsewhere the servers keep it: null. */
  readonly marks: ReadMarks | null
  readonly link: SessionLink
  readonly topics: Topics
  /** New, or otherwise than before. */
  readonly onMessage: (message: Message, isNew: boolean) => void
  readonly onConversation: (known: Known) => void
  readonly onUser: (user: { readonly name: string; readonly isBot: boolean; readonly isProtected: boolean }) => void
  readonly onLock: (lock: LockView) => void
  readonly onPassing: (conversation: string, payload: Uint8Array) => void
  /** What is shown has to be asked for anew. */
  readonly onLost: () => void
}

const pageMax = 200
const lookedAtAgain = 100
/** Conversations whose newest messages are kept here, besides those that windows show; others are asked for again. */
const tailsMax = 20
/** Above all numbers that a feed has: asks only how many there are. */
const aboveAll = 2 ** 40

/** What one user is in and follows, kept up to date by what is published and made whole by what is asked. */
export class Conversations {
  readonly #parts: ConversationsParts
  readonly #known = new Map<string, Known>()
  readonly #rooms = new Map<string, Room>()
  readonly #own: EventFeed
  readonly #all: EventFeed
  readonly #stops: Stop[] = []
  #waiting: Done<null>[] = []
  #isAsking = false
  #isLoaded = false
  #watched: ReadonlySet<string> = new Set()
  readonly #looked = new Set<string>()

  constructor(parts: ConversationsParts) {
    this.#parts = parts
    const own = userFeed(parts.user)
    this.#own = this.#feed(own, (event) => this.#hearOwn(event))
    this.#all = this.#feed(allFeed, (event) => this.#hearAll(event))
    for (const [feed, hear] of [[own, this.#own] as const, [allFeed, this.#all] as const]) {
      this.#stops.push(this.#follow(feed, hear))
    }
  }

  get known(): readonly Known[] {
    return [...this.#known.values()].filter(({ isMember }) => isMember)
  }

  find(id: string): Known | null {
    return this.#known.get(id) ?? null
  }

  /** The id of what this user calls so: a channel, also a private one, or with `@` what is said with somebody. */
  called(name: string): string {
    if (name.startsWith('@')) return directId(this.#parts.user, name.slice(1))
    if (this.#known.has(channelId(name))) return channelId(name)
    const own = this.known.find(({ conversation: one }) => one.kind === 'channel' && one.name === name)
    return own?.conversation.id ?? name
  }

  room(id: string): Room | null {
    return this.#rooms.get(id) ?? null
  }

  /** Its newest messages were looked at. Those that were not for longest go, when it is one too many. */
  looked(id: string): void {
    this.#looked.delete(id)
    this.#looked.add(id)
    for (const oldest of this.#looked) {
      if (this.#looked.size <= tailsMax) return
      this.#looked.delete(oldest)
      if (!this.#watched.has(oldest)) this.#rooms.get(oldest)?.forget()
    }
  }

  /** Once all is known that this user is in. */
  load(done: Done<null>): void {
    if (this.#isLoaded) done(ok(null))
    else this.refresh(done)
  }

  /** How everything stands now: what was missed is heard in the course of it. */
  refresh(done: Done<null>): void {
    this.#waiting.push(done)
    if (this.#isAsking) return
    this.#isAsking = true
    this.#beginFeeds((begun) => {
      if (!begun.ok) return this.#refreshed(begun)
      const before = new Set(this.known.map(({ conversation }) => conversation.id))
      this.#page(null, [], (result) => {
        if (result.ok) this.#learn(result.value, before)
        this.#refreshed(result.ok ? ok(null) : result)
      })
    })
  }

  /** Conversations that windows show, which need not be the user's own. */
  watch(ids: ReadonlySet<string>): void {
    const before = this.#watched
    this.#watched = ids
    for (const id of before) if (!ids.has(id) && this.find(id)?.isMember !== true) this.#close(id)
    for (const id of ids) {
      if (before.has(id)) continue
      this.enter(id, () => {})
      this.#lookAgain(id)
    }
  }

  /** What it is, whether or not this user is in it. null: there is none that this user may see. */
  enter(id: string, done: Done<Known | null>): void {
    const known = this.find(id)
    if (known !== null && this.#rooms.has(id)) return done(ok(known))
    const { link, user } = this.#parts
    link.query({ kind: 'conversation', as: user, conversation: id }, (result) => {
      if (!result.ok) return done(result)
      const { conversation, isMember } = result.value
      if (conversation === null) return done(ok(null))
      const known = this.find(id)
      if (known === null) this.#keep(this.#met(conversation, isMember))
      else if (!known.isMember) this.#keep({ ...known, conversation, isMember })
      if (this.#watched.has(id) || isMember) this.#open(id, conversation.lastNumber)
      done(ok(this.find(id)))
    })
  }

  /** In an answer to something that was done here. */
  take(event: ChatEvent): void {
    const feed = event.feed === userFeed(this.#parts.user) ? this.#own : this.#rooms.get(event.feed)?.feed
    if (feed !== undefined) feed.take(event)
    else if (event.what.kind === 'message') this.#parts.onMessage(event.what.message, true)
  }

  change(id: string, change: Partial<Known>): void {
    const known = this.find(id)
    if (known !== null) this.#keep({ ...known, ...change })
  }

  left(id: string): void {
    const known = this.find(id)
    if (known === null || !known.isMember) return
    const { isPrivate } = known.conversation
    // A public one can still be looked at.
    if (isPrivate || !this.#watched.has(id)) this.#close(id)
    this.#keep({ ...known, isMember: false })
    if (isPrivate) this.#known.delete(id)
  }

  stop(): void {
    for (const stop of this.#stops) void stop()
    for (const room of this.#rooms.values()) room.stop()
    this.#own.stop()
    this.#all.stop()
  }

  #feed(feed: string, hear: (event: ChatEvent) => void): EventFeed {
    const { profile, link, user } = this.#parts
    const lost = (): void => this.#lost(feed)
    if (profile === 'everyone') return new LooseFeed({ hear, lost })
    return new Feed({
      read: (after, limit, done) => link.query({ kind: 'events', as: user, feed, after, limit }, done),
      ...{ hear, lost },
    })
  }

  #follow(feed: string, hear: EventFeed): Stop {
    return this.#parts.topics.follow(feedTopic(feed), (payload) => {
      for (const event of eventsIn(payload)) if (event.feed === feed) hear.take(event)
    })
  }

  /** Before the state is asked for: what happens from here on is heard. */
  #beginFeeds(done: Done<null>): void {
    const { profile } = this.#parts
    if (profile === 'everyone') return done(ok(null))
    this.#beginFeed(userFeed(this.#parts.user), this.#own, (own) => {
      if (!own.ok) return done(own)
      this.#beginFeed(allFeed, this.#all, done)
    })
  }

  #beginFeed(feed: string, own: EventFeed, done: Done<null>): void {
    const { link, user } = this.#parts
    link.query({ kind: 'events', as: user, feed, after: aboveAll, limit: 1 }, (result) => {
      if (!result.ok) return done(result)
      const last = result.value?.last ?? 0
      if (own.last === null) own.begin(last)
      else own.check(last)
      done(ok(null))
    })
  }

  #page(
    after: string | null,
    before: ChatAnswers['conversations']['conversations'],
    done: Done<ChatAnswers['conversations']['conversations']>,
  ): void {
    const { link, user } = this.#parts
    link.query({ kind: 'conversations', as: user, after, limit: pageMax }, (result) => {
      if (!result.ok) return done(result)
      const all = [...before, ...result.value.conversations]
      if (result.value.next === null) done(ok(all))
      else this.#page(result.value.next, all, done)
    })
  }

  #learn(own: ChatAnswers['conversations']['conversations'], before: ReadonlySet<string>): void {
    for (const id of this.#watched) this.#lookAgain(id)
    const ids = new Set(own.map(({ conversation }) => conversation.id))
    // Where everyone answers, nobody leaves, and a conversation of two is none before something is said in it.
    if (this.#parts.profile === 'leader') for (const id of before) if (!ids.has(id)) this.left(id)
    for (const mark of own) {
      const { id, lastNumber } = mark.conversation
      const known = this.find(id)
      const fresh = this.#asItStands(known, mark)
      if (known === null || JSON.stringify(known) !== JSON.stringify(fresh)) this.#keep(fresh)
      // Not of all at once as the desk begins: then whoever opens one has it counted.
      if (known !== null && known.conversation.lastOrdinal !== fresh.conversation.lastOrdinal) this.#recount(id)
      this.#open(id, lastNumber)
      if (fresh.conversation.kind === 'group' && fresh.users.length === 0) this.#nameGroup(id)
    }
  }

  #nameGroup(conversation: string): void {
    const { link, user } = this.#parts
    link.query({ kind: 'members', as: user, conversation, after: null, limit: pageMax }, (result) => {
      if (result.ok && result.value !== null) {
        this.change(conversation, { users: result.value.members.map((member) => member.user) })
      }
    })
  }

  #refreshed(result: Result<null>): void {
    this.#isAsking = false
    if (result.ok) this.#isLoaded = true
    const waiting = this.#waiting
    this.#waiting = []
    for (const done of waiting) done(result)
  }

  #keep(known: Known): void {
    this.#known.set(known.conversation.id, known)
    this.#parts.marks?.note(known)
    this.#parts.onConversation(known)
  }

  #asItStands(known: Known | null, own: OwnConversation): Known {
    if (this.#parts.marks === null) return merged(known, own)
    const { conversation } = own
    return known === null ? this.#met(conversation, true) : { ...known, conversation, isMember: true }
  }

  /** Whoever is here for the first time has read all that was there before. */
  #met(conversation: Conversation, isMember: boolean): Known {
    const { marks } = this.#parts
    if (marks === null) return unread(conversation, isMember)
    const mark = marks.find(conversation.id)
    return { ...marked(conversation, mark, marks.isFirst && !this.#isLoaded), isMember }
  }

  /** `last`: what was known of it when it was asked for. */
  #open(id: string, last: number): void {
    const before = this.#rooms.get(id)
    if (before !== undefined) return before.feed.check(last)
    const { topics, placeOf, onPassing } = this.#parts
    const feed = this.#feed(id, (event) => this.#hearIn(id, event))
    const stops = [this.#follow(id, feed), topics.follow(passingTopic(id), (payload) => onPassing(id, payload))]
    this.#rooms.set(id, new Room(feed, placeOf, stops))
    feed.begin(last)
  }

  #close(id: string): void {
    this.#rooms.get(id)?.stop()
    this.#rooms.delete(id)
  }

  #lost(feed: string): void {
    if (this.#parts.profile === 'everyone') return this.#lookAgain(feed)
    this.#rooms.get(feed)?.forget()
    this.refresh(() => {})
    this.#parts.onLost()
  }

  /**
   * Where everyone answers, nothing says what was missed: a server may have what was published while nobody here heard it,
   * or what came late to it, and how many there are differs from server to server.
   */
  #lookAgain(conversation: string): void {
    const { link, user, onMessage, onLost, profile } = this.#parts
    if (profile === 'leader' || this.#rooms.get(conversation)?.tail == null) return
    this.#recount(conversation)
    const asked = { conversation, from: aboveAll, order: 'down', limit: lookedAtAgain } as const
    link.query({ kind: 'history', as: user, ...asked }, (result) => {
      const room = this.#rooms.get(conversation)
      if (!result.ok || result.value === null || room?.tail == null) return
      const { messages, isWhole: isBeginning } = result.value
      if (room.beginsAnew({ messages, isBeginning })) return onLost()
      for (const message of messages) if (room.learn(message)) onMessage(message, true)
    })
  }

  /** What came late has given others behind it another number, also the one that was read last. */
  #recount(id: string): void {
    const { link, user, marks } = this.#parts
    const known = this.find(id)
    const place = known?.readPlace ?? null
    const read = place === null ? null : readPlace(place)
    if (marks === null || known === null || unreadOf(known) === 0 || read === null || !('id' in read)) return
    link.query({ kind: 'message', as: user, message: read.id }, (result) => {
      const message = result.ok ? result.value.message : null
      if (message !== null && this.find(id)?.readPlace === place) this.change(id, { readOrdinal: message.ordinal })
    })
  }

  #hearIn(id: string, event: ChatEvent): void {
    const { user, placeOf, onMessage, link } = this.#parts
    const known = this.find(id)
    const after = known === null ? null : withEvent(known, event, { user, placeOf })
    if (after !== null && after !== known) this.#keep(after)
    const message = this.#rooms.get(id)?.hear(event) ?? null
    const { what } = event
    if (message !== null) onMessage(message, what.kind === 'message')
    else if (what.kind === 'edited' || what.kind === 'deleted' || what.kind === 'reacted') {
      // Further up than what is kept here: a window may show it all the same.
      link.query({ kind: 'message', as: user, message: what.message }, (result) => {
        if (result.ok && result.value.message !== null) onMessage(result.value.message, false)
      })
    }
  }

  #hearOwn({ what }: ChatEvent): void {
    const { user } = this.#parts
    if (what.kind === 'conversation') {
      const { conversation } = what
      if (this.find(conversation.id)?.isMember !== true) this.#keep(this.#met(conversation, true))
      this.#open(conversation.id, conversation.lastNumber)
      // What was said as it began was told before anybody here listened.
      this.#rooms.get(conversation.id)?.feed.catchUp()
      if (conversation.kind === 'group') this.#nameGroup(conversation.id)
    } else if (what.kind === 'left' && what.user === user) this.left(what.conversation)
    else if (what.kind === 'read') this.#hearRead(what.upTo)
  }

  /** By another window, perhaps at another desk. How many that leaves, only the state can tell. */
  #hearRead({ conversation, number }: { readonly conversation: string; readonly number: number }): void {
    const known = this.find(conversation)
    if (known === null || (known.readPlace !== null && known.readPlace >= numberPlace(number))) return
    this.refresh(() => {})
  }

  #hearAll({ what }: ChatEvent): void {
    const { onUser, onLock, onConversation } = this.#parts
    if (what.kind === 'user') onUser({ name: what.user, isBot: what.isBot, isProtected: what.isProtected })
    else if (what.kind === 'lock') onLock(what.lock)
    else if (what.kind === 'conversation' && this.find(what.conversation.id) === null) {
      if (this.#parts.profile === 'everyone') this.refresh(() => {})
      else onConversation(unread(what.conversation, false))
    }
  }
}
