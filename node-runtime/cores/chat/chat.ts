import { encodeText } from '#kit/bytes'
import { RowCache, type RowKind } from '#kit/row-cache'
import type { Command, StateTx } from '#kit/state-machine'
import type { DeedLog, DeedRow } from './deed-rows.ts'
import { encodeChatEvent } from './event-codec.ts'
import { type Beside, besideNothing, encodeEventRow, eventBytes, eventBytesOf, readEventRow } from './event-rows.ts'
import { chatLimits } from './limits.ts'
import { decodeLock, encodeLock, type LockRecord } from './lock-rows.ts'
import type { ChatEvent, Conversation, ConversationId, Deed, FeedId, Happened } from './messages.ts'
import {
  allFeed,
  allFeedNumber,
  type ConversationRecord,
  conversationOf,
  decodeConversation,
  decodeMember,
  decodeUser,
  encodeConversation,
  encodeHead,
  encodeMember,
  encodeUser,
  eventKey,
  type Head,
  headKey,
  type MemberRecord,
  memberKey,
  ownKey,
  spaces,
  type UserRecord,
  userFeed,
} from './rows.ts'

/** An event by its place among those of the command, and where it is kept. */
export interface Told {
  readonly place: number
  readonly feed: number
  readonly number: number
}

type Entry = Omit<Command, 'bytes'>

/** The chat as one command changes it. Rows are written at its end, once, but for events, which are new each. */
export class Chat {
  readonly state: StateTx
  readonly entry: Entry
  readonly deeds: DeedLog
  readonly users: RowCache<UserRecord>
  readonly conversations: RowCache<ConversationRecord>
  readonly members: RowCache<MemberRecord>
  readonly locks: RowCache<LockRecord>
  readonly #events: Uint8Array[] = []
  readonly head: { -readonly [Name in keyof Head]: Head[Name] }

  constructor(state: StateTx, entry: Entry, { head, deeds }: { readonly head: Head; readonly deeds: DeedLog }) {
    this.state = state
    this.entry = { ...entry, atMs: Math.floor(entry.atMs) }
    this.head = { ...head }
    this.deeds = deeds
    this.users = new RowCache(state, userRows)
    this.conversations = new RowCache(state, conversationRows)
    this.members = new RowCache(state, memberRows)
    this.locks = new RowCache(state, lockRows)
  }

  get events(): readonly Uint8Array[] {
    return this.#events
  }

  /** In the conversation's feed. */
  tellConversation(conversation: ConversationRecord, deed: Deed, what: Happened): Told {
    const { feed, id, lastMessage } = conversation
    const number = conversation.lastNumber + 1
    const isMessage = what.kind === 'message'
    if (isMessage) this.head.messages += 1
    const lastOrdinal = conversation.lastOrdinal + (isMessage ? 1 : 0)
    const last = { lastNumber: number, lastOrdinal, lastAtMs: isMessage ? this.entry.atMs : conversation.lastAtMs }
    this.conversations.set(id, { ...conversation, ...last, lastMessage: isMessage ? number : lastMessage })
    return this.#tell(
      { feed, name: id, number },
      { deed, what, beside: { messageBefore: lastMessage, ordinal: lastOrdinal } },
    )
  }

  /** In what only that user is told. The user is there. */
  tellUser(name: string, deed: Deed, what: Happened): Told | null {
    const user = this.users.get(name)
    if (user === null) return null
    const number = user.lastNumber + 1
    this.users.set(name, { ...user, lastNumber: number })
    this.#forget(user.feed, number - chatLimits.eventsKeptOfUser)
    return this.#tell({ feed: user.feed, name: userFeed(name), number }, { deed, what, beside: besideNothing })
  }

  tellAll(deed: Deed, what: Happened): Told {
    const number = this.head.lastOfAll + 1
    this.head.lastOfAll = number
    this.#forget(allFeedNumber, number - chatLimits.eventsKeptOfAll)
    return this.#tell({ feed: allFeedNumber, name: allFeed, number }, { deed, what, beside: besideNothing })
  }

  addFeed(): number {
    this.head.feeds += 1
    return this.head.feeds - 1
  }

  /** New, with nobody in it. */
  addConversation(
    id: ConversationId,
    about: Pick<Conversation, 'kind' | 'name' | 'title' | 'isPrivate' | 'createdBy'>,
  ): ConversationRecord {
    const last = { lastNumber: 0, lastOrdinal: 0, lastAtMs: this.entry.atMs, lastMessage: 0 }
    const conversation = { id, ...about, members: 0, ...last, feed: this.addFeed() }
    this.conversations.set(id, conversation)
    return conversation
  }

  member(conversation: ConversationRecord, name: string): MemberRecord | null {
    return this.members.get(memberKey(conversation, name))
  }

  /** Who comes has read all that was there before. Both are there, and the user is not in it. */
  addMember(id: ConversationId, name: string, deed: Deed): Told | null {
    const conversation = this.conversations.get(id)
    const user = this.users.get(name)
    if (conversation === null || user === null) return null
    this.users.set(name, { ...user, conversations: user.conversations + 1 })
    this.conversations.set(id, { ...conversation, members: conversation.members + 1 })
    this.state.put(spaces.own, ownKey(user, conversation), encodeText(id))
    const joined =
      conversation.kind === 'direct' ? null : this.#tellMembership(id, { deed, kind: 'joined', user: name })
    const { lastNumber: readNumber, lastOrdinal: readOrdinal } = this.conversations.get(id) ?? conversation
    this.members.set(memberKey(conversation, name), { readNumber, readOrdinal, mentionedIn: [] })
    return joined
  }

  /** The user is in it. */
  removeMember(conversation: ConversationRecord, name: string, deed: Deed): Told | null {
    const user = this.users.get(name)
    if (user === null) return null
    this.users.set(name, { ...user, conversations: user.conversations - 1 })
    this.conversations.set(conversation.id, { ...conversation, members: conversation.members - 1 })
    this.members.set(memberKey(conversation, name), null)
    this.state.delete(spaces.own, ownKey(user, conversation))
    this.tellUser(name, deed, { kind: 'left', conversation: conversation.id, user: name })
    return this.#tellMembership(conversation.id, { deed, kind: 'left', user: name })
  }

  /** Tells a user of a conversation as it stands now. */
  show(id: ConversationId, name: string, deed: Deed): Told | null {
    const record = this.conversations.get(id)
    return record === null
      ? null
      : this.tellUser(name, deed, { kind: 'conversation', conversation: conversationOf(record) })
  }

  /** The event of a deed that was done before, as it stands now; null: there was none, or it is kept no longer. */
  eventOf({ feed, number }: DeedRow): Uint8Array | null {
    const row = number === 0 ? null : readEventRow(this.state, feed, number)
    return row === null ? null : eventBytes(this.state, feed, row)
  }

  write(): void {
    for (const rows of [this.users, this.conversations, this.members, this.locks]) rows.write()
    this.deeds.write()
    this.head.deeds = this.deeds.count
    this.head.deedSum = this.deeds.sum
    this.state.put(spaces.chat, headKey, encodeHead(this.head))
  }

  #tellMembership(
    id: ConversationId,
    { deed, kind, user }: { deed: Deed; kind: 'joined' | 'left'; user: string },
  ): Told | null {
    const conversation = this.conversations.get(id)
    return conversation === null ? null : this.tellConversation(conversation, deed, { kind, conversation: id, user })
  }

  #tell(
    where: { feed: number; name: FeedId; number: number },
    how: { deed: Deed; what: Happened; beside: Beside },
  ): Told {
    const { feed, name, number } = where
    this.head.position += 1
    const { position } = this.head
    const { deed, what } = how
    const { atMs, lamport, index: logIndex } = this.entry
    const event: ChatEvent = { position, feed: name, number, deed: deed.id, atMs, lamport, logIndex, what }
    const isEdit = what.kind === 'edited'
    // The message alone keeps its text, so that none is left where it is deleted.
    const row = encodeEventRow(isEdit ? { ...event, what: { ...what, text: '' } } : event, how.beside)
    this.state.put(spaces.events, eventKey(feed, number), row)
    this.#events.push(isEdit ? encodeChatEvent(event) : eventBytesOf(row))
    return { place: this.#events.length - 1, feed, number }
  }

  #forget(feed: number, number: number): void {
    if (number > 0) this.state.delete(spaces.events, eventKey(feed, number))
  }
}

const userRows: RowKind<UserRecord> = { space: spaces.users, encode: encodeUser, decode: decodeUser }
const conversationRows: RowKind<ConversationRecord> = {
  space: spaces.conversations,
  encode: encodeConversation,
  decode: decodeConversation,
}
const memberRows: RowKind<MemberRecord> = { space: spaces.members, encode: encodeMember, decode: decodeMember }
const lockRows: RowKind<LockRecord> = { space: spaces.locks, encode: encodeLock, decode: decodeLock }
