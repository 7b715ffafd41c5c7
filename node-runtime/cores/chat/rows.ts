import { assert } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { idPattern, type NodeId, nodeId } from '#kit/ids'
import type { StateView } from '#kit/state-machine'
import {
  readList,
  readOptionalNumber,
  readOptionalText,
  writeFlag,
  writeList,
  writeOptionalNumber,
  writeOptionalText,
} from './codec-parts.ts'
import { readConversation, writeConversation } from './event-codec.ts'
import type { Conversation, ConversationId, FeedId, ReadMark, UserRow } from './messages.ts'

/** Where what stands in the replicated state. SPEC.md says why. */
export const spaces = {
  /** The head. */
  chat: 'chat',
  /** Passwords as PHC strings, by user, and the keys for tokens: whoever shows rows shows none of these. */
  secrets: 'secrets',
  users: 'users',
  /** By id, so that public channels lie together in order of names. */
  conversations: 'conversations',
  /** By conversation and name: how far that user has read. */
  members: 'members',
  /** By user and conversation: the id of a conversation that the user is in. */
  own: 'own',
  /** By feed and number. */
  events: 'events',
  /** Ids of deeds, many a row, in the order in which they were done. */
  deeds: 'deeds',
  logIns: 'log-ins',
  locks: 'locks',
} as const

export const allFeed: FeedId = 'all'
/** Feeds are named by numbers in keys. */
export const allFeedNumber = 0

/** What a command begins from. */
export interface Head {
  readonly position: number
  readonly users: number
  readonly channels: number
  readonly messages: number
  /** How many ids of deeds are kept, and a sum over them, which tells one history from another. */
  readonly deeds: number
  readonly deedSum: number
  /** So that nobody can choose ids that lie in one heap: known to servers only. */
  readonly seed: number
  readonly feeds: number
  readonly lastOfAll: number
  readonly logIns: number
  readonly locks: number
  readonly fence: number
  readonly publishedUpTo: number
  readonly by: NodeId | null
  readonly term: number
}

export const emptyHead: Head = {
  position: 0,
  users: 0,
  channels: 0,
  messages: 0,
  deeds: 0,
  deedSum: 0,
  seed: 0,
  feeds: 1,
  lastOfAll: 0,
  logIns: 0,
  locks: 0,
  fence: 0,
  publishedUpTo: 0,
  by: null,
  term: 0,
}

const headNumbers = [
  'position',
  'users',
  'channels',
  'messages',
  'deeds',
  'deedSum',
  'seed',
  'feeds',
  'lastOfAll',
  'logIns',
  'locks',
  'fence',
  'publishedUpTo',
  'term',
] as const satisfies readonly (keyof Head)[]

export const headKey = 'head'
export const tokenKeysKey = 'token-keys'

export function passwordKey(user: string): string {
  return `u:${user}`
}

/** null: nobody has written anything here yet. */
export function readHead(state: StateView): Head | null {
  const row = state.get(spaces.chat, headKey)
  if (row === null) return null
  const reader = new ByteReader(row)
  const head: { -readonly [Name in keyof Head]: Head[Name] } = { ...emptyHead }
  for (const name of headNumbers) head[name] = reader.count()
  const by = readOptionalText(reader)
  assert(reader.isDone && (by === null || idPattern.test(by)), 'the head of the chat can be read')
  head.by = by === null ? null : nodeId(by)
  return head
}

export function encodeHead(head: Head): Uint8Array {
  const writer = new ByteWriter(8 * headNumbers.length + 40)
  for (const name of headNumbers) writer.number(head[name])
  return writeOptionalText(writer, head.by).done()
}

/** A user with their feed. */
export interface UserRecord extends Omit<UserRow, 'name' | 'password'> {
  /** The password stands among the secrets. */
  readonly isProtected: boolean
  readonly feed: number
  readonly lastNumber: number
  readonly conversations: number
}

export function encodeUser(user: UserRecord): Uint8Array {
  const writer = new ByteWriter(48)
  writer.number(user.feed).number(user.lastNumber).number(user.conversations)
  writeFlag(writeFlag(writer, user.isBot), user.isProtected).number(user.validFromMs)
  return writeOptionalNumber(writer, user.lastLogInMs).done()
}

export function decodeUser(row: Uint8Array): UserRecord {
  const reader = new ByteReader(row)
  const feed = reader.count()
  const lastNumber = reader.count()
  const conversations = reader.count()
  const isBot = reader.boolean()
  const isProtected = reader.boolean()
  const validFromMs = reader.count()
  const lastLogInMs = readOptionalNumber(reader)
  assert(reader.isDone, 'a user can be read')
  return { feed, lastNumber, conversations, isBot, isProtected, validFromMs, lastLogInMs }
}

/** A conversation with its feed. */
export interface ConversationRecord extends Conversation {
  readonly feed: number
  /** Number of the last message; 0: there is none. */
  readonly lastMessage: number
}

export function encodeConversation(record: ConversationRecord): Uint8Array {
  const expected = 128 + record.id.length + record.name.length + record.title.length
  const writer = new ByteWriter(expected).number(record.feed).number(record.lastMessage)
  return writeConversation(writer, record).done()
}

export function decodeConversation(row: Uint8Array): ConversationRecord {
  const reader = new ByteReader(row)
  const feed = reader.count()
  const lastMessage = reader.count()
  const conversation = readConversation(reader)
  assert(reader.isDone && conversation !== null, 'a conversation can be read')
  return { ...conversation, feed, lastMessage }
}

/** What may leave the room of it. */
export function conversationOf(record: ConversationRecord): Conversation {
  const { feed: _feed, lastMessage: _lastMessage, ...conversation } = record
  return conversation
}

/** How far a member has read, and the messages after that which name them, in order. */
export interface MemberRecord extends Omit<ReadMark, 'mentions'> {
  readonly mentionedIn: readonly number[]
}

export function encodeMember({ readNumber, readOrdinal, mentionedIn }: MemberRecord): Uint8Array {
  const writer = new ByteWriter(20 + 8 * mentionedIn.length).number(readNumber).number(readOrdinal)
  return writeList(writer, mentionedIn, (to, number) => to.number(number)).done()
}

export function decodeMember(row: Uint8Array): MemberRecord {
  const reader = new ByteReader(row)
  const record = {
    readNumber: reader.count(),
    readOrdinal: reader.count(),
    mentionedIn: readList(reader, (from) => from.count()),
  }
  assert(reader.isDone, 'a member can be read')
  return record
}

export function directId(one: string, other: string): ConversationId {
  return one < other ? `d:${one}\n${other}` : `d:${other}\n${one}`
}

export function channelId(name: string): ConversationId {
  return `c:${name}`
}

export function userFeed(name: string): FeedId {
  return `u:${name}`
}

export function feedKey(feed: number): string {
  return String(feed).padStart(8, '0')
}

export function eventKey(feed: number, number: number): string {
  return `${feedKey(feed)}/${rowKey(number)}`
}

export function memberKey({ feed }: { readonly feed: number }, name: string): string {
  return `${feedKey(feed)}/${name}`
}

export function ownKey(user: { readonly feed: number }, conversation: { readonly feed: number }): string {
  return `${feedKey(user.feed)}/${feedKey(conversation.feed)}`
}

/** So that rows stand in the order of their numbers. */
export function rowKey(number: number): string {
  return String(number).padStart(10, '0')
}
