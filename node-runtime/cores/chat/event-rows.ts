import { assert } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import type { StateView } from '#kit/state-machine'
import {
  decodeChatEvent,
  editedByte,
  encodeChatEvent,
  expectedBytes,
  messageByte,
  writeChatEvent,
} from './event-codec.ts'
import type { ChatEvent, Message } from './messages.ts'
import { eventKey, spaces } from './rows.ts'

/**
 * Beside an event in a conversation: the number of the last message before it, and how many messages there are up to it.
 * So what is no message is stepped over, and how far somebody has read is counted in messages.
 */
export interface Beside {
  readonly messageBefore: number
  readonly ordinal: number
}

export const besideNothing: Beside = { messageBefore: 0, ordinal: 0 }
const besideBytes = 16

/** The row; what stands after the first bytes of it is the event as it is answered. */
export function encodeEventRow(event: ChatEvent, { messageBefore, ordinal }: Beside): Uint8Array {
  const writer = new ByteWriter(besideBytes + expectedBytes(event)).number(messageBefore).number(ordinal)
  return writeChatEvent(writer, event).done()
}

export function besideOf(row: Uint8Array): Beside {
  const reader = new ByteReader(row)
  return { messageBefore: reader.count(), ordinal: reader.count() }
}

export function eventBytesOf(row: Uint8Array): Uint8Array {
  return row.subarray(besideBytes)
}

export function readEventRow(state: StateView, feed: number, number: number): Uint8Array | null {
  return state.get(spaces.events, eventKey(feed, number))
}

export function eventOf(row: Uint8Array): ChatEvent {
  const event = decodeChatEvent(eventBytesOf(row))
  assert(event !== null, 'an event can be read')
  return event
}

export function isMessageRow(row: Uint8Array): boolean {
  return row[besideBytes] === messageByte
}

/** As it is answered: an edit is kept without its text, which is that of the message, if there is one still. */
export function eventBytes(state: StateView, feed: number, row: Uint8Array): Uint8Array {
  if (row[besideBytes] !== editedByte) return eventBytesOf(row)
  const event = eventOf(row)
  if (event.what.kind !== 'edited') return eventBytesOf(row)
  const text = readMessage(state, feed, event.what.number)?.text ?? ''
  return encodeChatEvent({ ...event, what: { ...event.what, text } })
}

/** null: no message stands there. */
export function readMessage(state: StateView, feed: number, number: number): Message | null {
  const row = readEventRow(state, feed, number)
  if (row === null || !isMessageRow(row)) return null
  const { what } = eventOf(row)
  return what.kind === 'message' ? what.message : null
}
