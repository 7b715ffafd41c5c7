import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import {
  doors,
  readId,
  readList,
  readOptionalId,
  readOptionalNumber,
  readOptionalText,
  writeFlag,
  writeId,
  writeList,
  writeOptionalId,
  writeOptionalNumber,
  writeOptionalText,
} from './codec-parts.ts'
import type { ChatEvent, Conversation, FeedId, Happened, LockView, Message } from './messages.ts'

/*
 * event: kind (1), position, number, time, lamport, index in the log, deed, feed, and what happened. A message says
 * nothing twice: what its event says of it, it does not.
 */
const kinds = [
  'message',
  'edited',
  'deleted',
  'reacted',
  'joined',
  'left',
  'conversation',
  'user',
  'read',
  'lock',
] as const satisfies readonly Happened['kind'][]
const places = new Map<Happened['kind'], number>(kinds.map((kind, place) => [kind, place]))
const conversationKinds = ['channel', 'direct', 'group'] as const satisfies readonly Conversation['kind'][]
export const messageByte = kinds.indexOf('message')
export const editedByte = kinds.indexOf('edited')
/** Where they stand in an event. */
export const positionAt = 1
export const feedAt = 57
/** What an event takes beside its feed and what happened, and about what anything but a message takes. */
const frameBytes = feedAt + 4
const changeBytes = 64

/** Added to a door's number, so that where one leads a message takes no byte more. */
const withOrigin = 128

type Frame = Omit<ChatEvent, 'what'>

export function encodeChatEvent(event: ChatEvent): Uint8Array {
  return writeChatEvent(new ByteWriter(expectedBytes(event)), event).done()
}

/** Of a message in plain letters, to the byte: what is neither too short nor too long is not copied again. */
export function expectedBytes({ feed, what }: ChatEvent): number {
  const frame = frameBytes + feed.length
  if (what.kind !== 'message') return frame + changeBytes
  const { author, text, replyTo, mentions, origin, editedAtMs, reactions } = what.message
  let bytes = frame + 28 + author.length + text.length + (replyTo === null ? 0 : 16) + (editedAtMs === null ? 0 : 8)
  if (origin !== null) bytes += 4 + origin.length
  for (const user of mentions) bytes += 4 + user.length
  for (const { emoji, users } of reactions)
    bytes += 8 + emoji.length + users.reduce((sum, user) => sum + 4 + user.length, 0)
  return bytes
}

/** Each part by its name: an event need not be a plain object. */
export function writeChatEvent(writer: ByteWriter, event: ChatEvent): ByteWriter {
  const { what, position, number, atMs, lamport, logIndex, deed, feed } = event
  writer
    .byte(places.get(what.kind) ?? 0)
    .number(position)
    .number(number)
    .number(atMs)
  writeId(writer.number(lamport).number(logIndex), deed).text(feed)
  return writeHappened(writer, what)
}

/** null: no event. Takes anything. */
export function decodeChatEvent(bytes: Uint8Array): ChatEvent | null {
  const reader = new ByteReader(bytes)
  const event = readChatEvent(reader)
  return reader.isDone ? event : null
}

/** To the end of the record at most; believed only if the reader is sound. */
export function readChatEvent(reader: ByteReader): ChatEvent | null {
  const kind = kinds[reader.byte()]
  const position = reader.count()
  const number = reader.count()
  const atMs = reader.count()
  const lamport = reader.count()
  const logIndex = reader.count()
  const frame = { position, number, atMs, lamport, logIndex, deed: readId(reader), feed: reader.text() }
  const what = kind === undefined ? null : readHappened(reader, kind, frame)
  return what === null ? null : { ...frame, what }
}

export function writeConversation(writer: ByteWriter, conversation: Conversation): ByteWriter {
  const { id, kind, name, title, isPrivate, createdBy, members } = conversation
  writeFlag(writer.text(id).byte(conversationKinds.indexOf(kind)).text(name).text(title), isPrivate)
  writeOptionalText(writer, createdBy).number(members)
  return writer.number(conversation.lastNumber).number(conversation.lastOrdinal).number(conversation.lastAtMs)
}

export function readConversation(reader: ByteReader): Conversation | null {
  const id = reader.text()
  const kind = conversationKinds[reader.byte()]
  const name = reader.text()
  const title = reader.text()
  const isPrivate = reader.boolean()
  const createdBy = readOptionalText(reader)
  const members = reader.count()
  const last = { lastNumber: reader.count(), lastOrdinal: reader.count(), lastAtMs: reader.count() }
  return kind === undefined ? null : { id, kind, name, title, isPrivate, createdBy, members, ...last }
}

export function writeLock(writer: ByteWriter, { lock, holder, fence, untilMs, waiting }: LockView): ByteWriter {
  writeOptionalText(writer.text(lock), holder).number(fence).number(untilMs)
  return writeList(writer, waiting, (to, one) => to.text(one))
}

export function readLock(reader: ByteReader): LockView {
  const lock = reader.text()
  const holder = readOptionalText(reader)
  const fence = reader.count()
  return { lock, holder, fence, untilMs: reader.count(), waiting: readList(reader, (from) => from.text()) }
}

function writeHappened(writer: ByteWriter, what: Happened): ByteWriter {
  switch (what.kind) {
    case 'message':
      return writeMessage(writer, what.message)
    case 'edited':
      return writeId(writer, what.message).number(what.number).text(what.text)
    case 'deleted':
      return writeId(writer, what.message).number(what.number)
    case 'reacted':
      return writeFlag(writeId(writer, what.message).number(what.number).text(what.emoji).text(what.user), what.isOn)
    case 'joined':
    case 'left':
      return writer.text(what.conversation).text(what.user)
    case 'conversation':
      return writeConversation(writer, what.conversation)
    case 'user':
      return writeFlag(writeFlag(writer.text(what.user), what.isBot), what.isProtected)
    case 'read':
      return writer.text(what.upTo.conversation).number(what.upTo.number)
    case 'lock':
      return writeLock(writer, what.lock)
    default:
      return unreachable(what)
  }
}

function writeMessage(writer: ByteWriter, message: Message): ByteWriter {
  writeOptionalId(writer.number(message.ordinal).text(message.author).text(message.text), message.replyTo)
  const { origin } = message
  const door = doors.indexOf(message.through) + (origin === null ? 0 : withOrigin)
  writeList(writer, message.mentions, (to, user) => to.text(user)).byte(door)
  if (origin !== null) writer.text(origin)
  writeFlag(writeOptionalNumber(writer, message.editedAtMs), message.isDeleted)
  return writeList(writer, message.reactions, (to, { emoji, users }) =>
    writeList(to.text(emoji), users, (list, user) => list.text(user)),
  )
}

function readHappened(reader: ByteReader, kind: Happened['kind'], frame: Frame): Happened | null {
  switch (kind) {
    case 'message':
      return readMessage(reader, frame)
    case 'edited':
      return { kind, message: readId(reader), number: reader.count(), text: reader.text() }
    case 'deleted':
      return { kind, message: readId(reader), number: reader.count() }
    case 'reacted': {
      const [message, number] = [readId(reader), reader.count()]
      return { kind, message, number, emoji: reader.text(), user: reader.text(), isOn: reader.boolean() }
    }
    case 'joined':
    case 'left':
      return { kind, conversation: reader.text(), user: reader.text() }
    case 'conversation': {
      const conversation = readConversation(reader)
      return conversation === null ? null : { kind, conversation }
    }
    case 'user':
      return { kind, user: reader.text(), isBot: reader.boolean(), isProtected: reader.boolean() }
    case 'read':
      return { kind, upTo: { conversation: reader.text(), number: reader.count() } }
    case 'lock':
      return { kind, lock: readLock(reader) }
    default:
      return unreachable(kind)
  }
}

function readMessage(reader: ByteReader, frame: Frame): Happened | null {
  const { deed: id, feed, number, position, atMs, lamport, logIndex } = frame
  const [ordinal, author, text] = [reader.count(), reader.text(), reader.text()]
  const replyTo = readOptionalId(reader)
  const mentions = readList(reader, (from) => from.text())
  const door = reader.byte()
  const through = doors[door % withOrigin]
  const origin = door < withOrigin ? null : reader.text()
  const editedAtMs = readOptionalNumber(reader)
  const isDeleted = reader.boolean()
  const reactions = readList(reader, (from) => ({ emoji: from.text(), users: readList(from, (list) => list.text()) }))
  if (through === undefined) return null
  const place = { conversation: feed satisfies FeedId, number, ordinal }
  const marks = { replyTo, mentions, through, editedAtMs, isDeleted, reactions }
  return {
    kind: 'message',
    message: { id, ...place, author, text, atMs, lamport, position, logIndex, origin, ...marks },
  }
}
