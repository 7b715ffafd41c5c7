import { ByteReader, type ByteWriter } from '#kit/bytes'
import { idPattern, nodeId } from '#kit/ids'
import {
  doors,
  readList,
  readOptionalNumber,
  readOptionalText,
  writeFlag,
  writeList,
  writeOptionalNumber,
  writeOptionalText,
} from './codec-parts.ts'
import { decodeChatEvent, readConversation, readLock, writeConversation, writeLock } from './event-codec.ts'
import type {
  ChatAnswers,
  ChatEvent,
  ChatQuery,
  ChatStatus,
  Conversation,
  LogIn,
  Message,
  ReadMark,
  UserRow,
} from './messages.ts'
import { readTokenKey, writeTokenKey } from './token-keys.ts'

export const noQuery: Uint8Array = Uint8Array.of(0)
/** So that an answer is never taken for none. */
export const answered = 1

/** Answers with events of the state are written where they are read, from bytes that are there (`queries.ts`). */
type Written = Exclude<ChatQuery['kind'], 'history' | 'events' | 'message'>

export const answerWriters: {
  readonly [Kind in Written]: (writer: ByteWriter, answer: ChatAnswers[Kind]) => ByteWriter
} = {
  user: (writer, { user }) => (user === null ? writer.byte(0) : writeUser(writer.byte(1), user)),
  users: (writer, { users, next }) => writeOptionalText(writeList(writer, users, writeUser), next),
  channels: (writer, { channels, next }) => writeOptionalText(writeList(writer, channels, writeConversation), next),
  conversation: (writer, { conversation, isMember }) =>
    writeFlag(conversation === null ? writer.byte(0) : writeConversation(writer.byte(1), conversation), isMember),
  conversations: (writer, { conversations, next }) => {
    writeList(writer, conversations, (to, own) => writeReadMark(writeConversation(to, own.conversation), own))
    return writeOptionalText(writer, next)
  },
  members: (writer, answer) => {
    if (answer === null) return writer.byte(0)
    writeList(writer.byte(1), answer.members, (to, member) => writeReadMark(to.text(member.user), member))
    return writeOptionalText(writer, answer.next)
  },
  'log-ins': (writer, { logIns }) => writeList(writer, logIns, writeLogIn),
  locks: (writer, { locks, next }) => writeOptionalText(writeList(writer, locks, writeLock), next),
  status: (writer, status) => writeStatus(writer, status),
  'token-keys': (writer, { keys }) => writeList(writer, keys, writeTokenKey),
}

type AnswerReaders = { readonly [Kind in ChatQuery['kind']]: (reader: ByteReader) => ChatAnswers[Kind] | undefined }

/** undefined: no such answer. */
const answerReaders: AnswerReaders = {
  user: (reader) => ({ user: reader.boolean() ? readUser(reader) : null }),
  users: (reader) => ({ users: readList(reader, readUser), next: readOptionalText(reader) }),
  channels: (reader) => {
    const channels = readAll(reader, readConversation)
    return channels === undefined ? undefined : { channels, next: readOptionalText(reader) }
  },
  conversation: (reader) => {
    const conversation = reader.boolean() ? (readConversation(reader) ?? undefined) : null
    return conversation === undefined ? undefined : { conversation, isMember: reader.boolean() }
  },
  conversations: (reader) => {
    const conversations = readAll(reader, readOwn)
    return conversations === undefined ? undefined : { conversations, next: readOptionalText(reader) }
  },
  members: (reader) => {
    if (!reader.boolean()) return null
    const members = readList(reader, (from) => ({ user: from.text(), ...readReadMark(from) }))
    return { members, next: readOptionalText(reader) }
  },
  history: (reader) => {
    if (!reader.boolean()) return null
    const isWhole = reader.boolean()
    const messages = readAll(reader, readMessageBytes)
    return messages === undefined ? undefined : { messages, isWhole }
  },
  events: (reader) => {
    if (!reader.boolean()) return null
    const [last, isForgotten] = [reader.count(), reader.boolean()]
    const events = readAll(reader, (from) => decodeChatEvent(from.bytes()))
    return events === undefined ? undefined : { events, last, isForgotten }
  },
  message: (reader) => {
    const message = reader.boolean() ? (readMessageBytes(reader) ?? undefined) : null
    return message === undefined ? undefined : { message }
  },
  'log-ins': (reader) => {
    const logIns = readAll(reader, readLogIn)
    return logIns === undefined ? undefined : { logIns }
  },
  locks: (reader) => ({ locks: readList(reader, readLock), next: readOptionalText(reader) }),
  status: (reader) => readStatus(reader),
  'token-keys': (reader) => ({ keys: readList(reader, readTokenKey) }),
}

/** null: no answer to a query of this kind. */
export function decodeChatQueryAnswer<Kind extends ChatQuery['kind']>(
  kind: Kind,
  bytes: Uint8Array,
): { readonly answer: ChatAnswers[Kind] } | null {
  const reader = new ByteReader(bytes)
  if (reader.byte() !== answered) return null
  const answer = answerReaders[kind](reader)
  return reader.isDone && answer !== undefined ? { answer } : null
}

/** undefined: one of them cannot be read. */
function readAll<Item>(reader: ByteReader, read: (reader: ByteReader) => Item | null): readonly Item[] | undefined {
  const items: Item[] = []
  for (let left = reader.uint32(); left > 0; left -= 1) {
    const item = read(reader)
    if (item === null || !reader.isSound) return undefined
    items.push(item)
  }
  return items
}

function readMessageBytes(reader: ByteReader): Message | null {
  const event: ChatEvent | null = decodeChatEvent(reader.bytes())
  return event?.what.kind === 'message' ? event.what.message : null
}

function writeUser(writer: ByteWriter, { name, isBot, password, validFromMs, lastLogInMs }: UserRow): ByteWriter {
  writeOptionalText(writeFlag(writer.text(name), isBot), password).number(validFromMs)
  return writeOptionalNumber(writer, lastLogInMs)
}

function readUser(reader: ByteReader): UserRow {
  const [name, isBot, password] = [reader.text(), reader.boolean(), readOptionalText(reader)]
  return { name, isBot, password, validFromMs: reader.count(), lastLogInMs: readOptionalNumber(reader) }
}

function writeReadMark(writer: ByteWriter, { readNumber, readOrdinal, mentions }: ReadMark): ByteWriter {
  return writer.number(readNumber).number(readOrdinal).number(mentions)
}

function readReadMark(reader: ByteReader): ReadMark {
  return { readNumber: reader.count(), readOrdinal: reader.count(), mentions: reader.count() }
}

function readOwn(reader: ByteReader): (ReadMark & { readonly conversation: Conversation }) | null {
  const conversation = readConversation(reader)
  return conversation === null ? null : { conversation, ...readReadMark(reader) }
}

function writeLogIn(writer: ByteWriter, { number, user, through, atMs }: LogIn): ByteWriter {
  return writer.number(number).text(user).byte(doors.indexOf(through)).number(atMs)
}

function readLogIn(reader: ByteReader): LogIn | null {
  const [number, user, through] = [reader.count(), reader.text(), doors[reader.byte()]]
  return through === undefined ? null : { number, user, through, atMs: reader.count() }
}

function writeStatus(writer: ByteWriter, status: ChatStatus): ByteWriter {
  const { users, channels, messages, position, publishedUpTo, servedBy } = status
  writer.number(users).number(channels).number(messages).number(position).number(publishedUpTo)
  return servedBy === null ? writer.byte(0) : writer.byte(1).text(servedBy.node).number(servedBy.term)
}

function readStatus(reader: ByteReader): ChatStatus | undefined {
  const counts = { users: reader.count(), channels: reader.count(), messages: reader.count() }
  const marks = { position: reader.count(), publishedUpTo: reader.count() }
  if (!reader.boolean()) return { ...counts, ...marks, servedBy: null }
  const [node, term] = [reader.text(), reader.count()]
  return idPattern.test(node) ? { ...counts, ...marks, servedBy: { node: nodeId(node), term } } : undefined
}
