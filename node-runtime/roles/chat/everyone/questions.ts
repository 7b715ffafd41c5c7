import type { Content } from '#cores/chat/everyone/content'
import type { Said } from '#cores/chat/everyone/messages'
import { encodeChatEvent } from '#cores/chat/index'
import { chatLimits } from '#cores/chat/limits'
import type { ChatQuery, ConversationId, Message, UserRow } from '#cores/chat/messages'
import { answered, answerWriters } from '#cores/chat/query-answer-codec'
import { ByteWriter } from '#kit/bytes'
import { conversationAt, eventOf, isBot, messageOf, usersOf } from './messages-of.ts'

/** At most so many bytes stand for a letter. */
const bytesPerLetter = 3
const frameBytes = 200

/** What a desk asks, answered as the leader profile answers it; null: this profile has nothing of the kind. */
export function answerTo(content: Content, query: ChatQuery): Uint8Array | null {
  const writer = new ByteWriter(1_024).byte(answered)
  switch (query.kind) {
    case 'status': {
      const { users, channels, said: messages } = content.counts
      const counts = { users, channels, messages, position: messages, publishedUpTo: messages }
      return answerWriters.status(writer, { ...counts, servedBy: null }).done()
    }
    case 'user':
      return answerWriters.user(writer, { user: userOf(content, query.user) }).done()
    case 'users': {
      const { rows, next } = pageOf(content.users, query)
      return answerWriters.users(writer, { users: rows.flatMap((name) => userOf(content, name) ?? []), next }).done()
    }
    case 'channels': {
      const { rows, next } = pageOf(content.channels, query)
      const channels = rows.map((name) => conversationAt(content, `c:${name}`))
      return answerWriters.channels(writer, { channels, next }).done()
    }
    case 'locks':
      return answerWriters.locks(writer, { locks: [], next: null }).done()
    case 'log-ins':
    case 'token-keys':
      return null
    default:
      return answerOfConversation(content, query, writer)
  }
}

type OfConversation = Extract<
  ChatQuery,
  { readonly kind: 'conversation' | 'conversations' | 'members' | 'history' | 'events' | 'message' }
>

function answerOfConversation(content: Content, query: OfConversation, writer: ByteWriter): Uint8Array {
  switch (query.kind) {
    case 'conversation': {
      const isMember = isSeen(content, query.conversation, query.as)
      const conversation = isMember ? conversationAt(content, query.conversation) : null
      return answerWriters.conversation(writer, { conversation, isMember }).done()
    }
    case 'conversations': {
      const ids = [...content.channels.map((name) => `c:${name}`), ...content.directOf(query.as)]
      const { rows, next } = pageOf(ids, query)
      const conversations = rows.map((id) => ownAt(content, id))
      return answerWriters.conversations(writer, { conversations, next }).done()
    }
    case 'members': {
      if (!isSeen(content, query.conversation, query.as)) return answerWriters.members(writer, null).done()
      const isChannel = query.conversation.startsWith('c:')
      const { rows, next } = pageOf(isChannel ? content.users : usersOf(query.conversation), query)
      const members = rows.map((user) => ({ user, readNumber: 0, readOrdinal: 0, mentions: 0 }))
      return answerWriters.members(writer, { members, next }).done()
    }
    case 'history':
      return history(content, query, writer)
    case 'events':
      return events(content, query, writer)
    case 'message': {
      const said = saidUnder(content, query.message)
      const message = said === null ? null : messageOf(content, said)
      if (message === null || !isSeen(content, message.conversation, query.as)) return writer.byte(0).done()
      return writer.byte(1).bytes(bytesOf(message)).done()
    }
  }
}

/** Nobody keeps read marks: what is there counts as read. */
function ownAt(content: Content, id: ConversationId) {
  const conversation = conversationAt(content, id)
  const { lastNumber, lastOrdinal } = conversation
  return { conversation, readNumber: lastNumber, readOrdinal: lastOrdinal, mentions: 0 }
}

function history(content: Content, query: Extract<ChatQuery, { kind: 'history' }>, writer: ByteWriter): Uint8Array {
  const { as, conversation, from, order } = query
  if (!isSeen(content, conversation, as)) return writer.byte(0).done()
  const all = content.conversation(conversation)
  const isUp = order === 'up'
  const places = placesOf(all, { from, isUp, limit: rowsOf(query.limit) })
  const messages = places.map((place) => at(content, all, place))
  const last = places.at(isUp ? -1 : 0)
  const isWhole = last === undefined || (isUp ? last === all.length - 1 : last === 0)
  writer.byte(1).byte(isWhole ? 1 : 0)
  return writeMessages(writer, messages).done()
}

/** What is strictly before or after a number, in order, as much as one answer takes. */
function placesOf(
  all: readonly Said[],
  { from, isUp, limit }: { readonly from: number; readonly isUp: boolean; readonly limit: number },
): readonly number[] {
  const places: number[] = []
  let bytes = 0
  let place = isUp ? Math.max(0, from) : Math.min(from - 1, all.length) - 1
  for (; place >= 0 && place < all.length && places.length < limit; place += isUp ? 1 : -1) {
    bytes += frameBytes + bytesPerLetter * (all[place]?.text.length ?? 0)
    if (places.length > 0 && bytes > chatLimits.answerBytesMax) break
    places.push(place)
  }
  return isUp ? places : places.reverse()
}

/** Feeds of users and names are not kept: whoever asks for those is told to ask for the state. */
function events(content: Content, query: Extract<ChatQuery, { kind: 'events' }>, writer: ByteWriter): Uint8Array {
  const { as, feed, after } = query
  const isConversation = /^[cd]:/.test(feed)
  if (isConversation && !isSeen(content, feed, as)) return writer.byte(0).done()
  const all = isConversation ? content.conversation(feed) : []
  const places = placesOf(all, { from: after, isUp: true, limit: rowsOf(query.limit) })
  writer.byte(1).number(isConversation ? all.length : after)
  writer.byte(isConversation ? 0 : 1)
  return writeMessages(
    writer,
    places.map((place) => at(content, all, place)),
  ).done()
}

function at(content: Content, all: readonly Said[], place: number): Message {
  const said = all[place]
  if (said === undefined) throw new RangeError(`no message at ${place} of ${all.length}`)
  return messageOf(content, said, place + 1)
}

function writeMessages(writer: ByteWriter, messages: readonly Message[]): ByteWriter {
  writer.uint32(messages.length)
  for (const message of messages) writer.bytes(bytesOf(message))
  return writer
}

function bytesOf(message: Message): Uint8Array {
  return encodeChatEvent(eventOf(message))
}

function saidUnder(content: Content, id: string): Said | null {
  const operation = content.find(id)
  if (operation !== null) return 'text' in operation ? operation : null
  // A foreign server's, which is told by the first half of its id. Seldom asked for.
  return content.said.find((said) => said.id.startsWith(id)) ?? null
}

function userOf(content: Content, name: string): UserRow | null {
  const user = content.user(name)
  return user && { ...user, isBot: isBot(name), password: null, validFromMs: 0 }
}

/** A channel that is there; a direct conversation to those two, whether anything was said in it or not. */
export function isSeen(content: Content, id: ConversationId, as: string | null): boolean {
  if (id.startsWith('c:')) return content.hasChannel(id.slice(2))
  return id.startsWith('d:') && (as === null || usersOf(id).includes(as))
}

/** Rows are in order. */
function pageOf<Row extends string>(
  rows: readonly Row[],
  { after, limit }: { readonly after: string | null; readonly limit: number },
): { readonly rows: readonly Row[]; readonly next: Row | null } {
  const from = after === null ? 0 : rows.findIndex((row) => row > after)
  const page = from === -1 ? [] : rows.slice(from, from + rowsOf(limit))
  return { rows: page, next: from !== -1 && from + page.length < rows.length ? (page.at(-1) ?? null) : null }
}

function rowsOf(limit: number): number {
  return Math.max(1, Math.min(limit, chatLimits.rowsPerPageMax))
}
