import { readOptionalNumber, readOptionalText, writeOptionalNumber, writeOptionalText } from '#cores/chat/codec-parts'
import { decodeChatQuery, decodeDeed, encodeChatQuery, encodeDeed } from '#cores/chat/index'
import type { ChatQuery, Deed } from '#cores/chat/messages'
import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import type { Consistency } from '#ports/replicated-log'
import type { SearchOrder } from './service.ts'

/** What is asked. Who asks is who the token says: whatever a desk writes for it is not looked at. */
export type AskBody =
  /** What a program sent to the broker's open door, frame by frame; the answer is in its own codec. */
  | { readonly kind: 'foreign'; readonly frames: readonly Uint8Array[] }
  /** The deed has the id of the request, and the token's user for its actor. */
  | { readonly kind: 'act'; readonly token: string; readonly deed: Deed }
  /** Without a token: status, locks and channels. A user's hash is never in an answer, only whether there is one. */
  | {
      readonly kind: 'query'
      readonly token: string | null
      readonly consistency: Consistency
      readonly query: ChatQuery
    }
  | { readonly kind: 'search'; readonly token: string; readonly order: Omit<SearchOrder, 'as'> }
  | { readonly kind: 'sign-up' | 'sign-in'; readonly user: string; readonly password: string }
  | {
      readonly kind: 'set-password'
      readonly token: string
      readonly password: string
      readonly newPassword: string
    }
  /** Published and kept by nobody. */
  | { readonly kind: 'typing'; readonly token: string; readonly conversation: string }
  /** That this user has a window open; said again before `presenceMs` is over. */
  | { readonly kind: 'here'; readonly token: string }
  /** A fresh token for one that is still good. */
  | { readonly kind: 'renew'; readonly token: string }

/** The place in the list is what stands on the wire; only ever added to at the end. */
const kinds = [
  'foreign',
  'act',
  'query',
  'search',
  'sign-up',
  'sign-in',
  'set-password',
  'typing',
  'here',
  'renew',
] as const satisfies readonly AskBody['kind'][]

const framesMax = 8

export function encodeAskBody(ask: AskBody): Uint8Array {
  const writer = new ByteWriter(256).byte(kinds.indexOf(ask.kind))
  switch (ask.kind) {
    case 'foreign':
      writer.byte(ask.frames.length)
      for (const frame of ask.frames) writer.bytes(frame)
      return writer.done()
    case 'act':
      return writer.text(ask.token).rest(encodeDeed(ask.deed)).done()
    case 'query':
      writeOptionalText(writer, ask.token).byte(ask.consistency === 'linearizable' ? 1 : 0)
      return writer.rest(encodeChatQuery(ask.query)).done()
    case 'search':
      return writeOrder(writer.text(ask.token), ask.order).done()
    case 'sign-up':
    case 'sign-in':
      return writer.text(ask.user).text(ask.password).done()
    case 'set-password':
      return writer.text(ask.token).text(ask.password).text(ask.newPassword).done()
    case 'typing':
      return writer.text(ask.token).text(ask.conversation).done()
    case 'here':
    case 'renew':
      return writer.text(ask.token).done()
    default:
      return unreachable(ask)
  }
}

/** null: nothing that can be asked. Frames share the memory of `bytes`. */
export function decodeAskBody(bytes: Uint8Array): AskBody | null {
  const reader = new ByteReader(bytes)
  const kind = kinds[reader.byte()]
  const ask = kind === undefined ? null : readAsk(reader, kind)
  return reader.isDone ? ask : null
}

function readAsk(reader: ByteReader, kind: AskBody['kind']): AskBody | null {
  switch (kind) {
    case 'foreign': {
      const count = reader.byte()
      if (count > framesMax) return null
      return { kind, frames: Array.from({ length: count }, () => reader.bytes()) }
    }
    case 'act': {
      const token = reader.text()
      const deed = decodeDeed(reader.rest())
      return deed === null ? null : { kind, token, deed }
    }
    case 'query': {
      const token = readOptionalText(reader)
      const consistency = reader.boolean() ? 'linearizable' : 'stale'
      const query = decodeChatQuery(reader.rest())
      return query === null ? null : { kind, token, consistency, query }
    }
    case 'search':
      return { kind, token: reader.text(), order: readOrder(reader) }
    case 'sign-up':
    case 'sign-in':
      return { kind, user: reader.text(), password: reader.text() }
    case 'set-password':
      return { kind, token: reader.text(), password: reader.text(), newPassword: reader.text() }
    case 'typing':
      return { kind, token: reader.text(), conversation: reader.text() }
    case 'here':
    case 'renew':
      return { kind, token: reader.text() }
    default:
      return unreachable(kind)
  }
}

function writeOrder(writer: ByteWriter, order: Omit<SearchOrder, 'as'>): ByteWriter {
  writeOptionalText(writeOptionalText(writer.text(order.words), order.from), order.in)
  return writeOptionalText(writeOptionalNumber(writer, order.beforeMs), order.cursor).number(order.limit)
}

function readOrder(reader: ByteReader): Omit<SearchOrder, 'as'> {
  const [words, from, within] = [reader.text(), readOptionalText(reader), readOptionalText(reader)]
  const [beforeMs, cursor] = [readOptionalNumber(reader), readOptionalText(reader)]
  return { words, from, in: within, beforeMs, cursor, limit: reader.count() }
}
