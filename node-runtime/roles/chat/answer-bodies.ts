import { readOptionalText, writeOptionalText } from '#cores/chat/codec-parts'
import { decodeChatEvent, decodeDeedOutcome, encodeChatEvent, writeDeedOutcome } from '#cores/chat/index'
import type { ChatEvent, DeedOutcome, Message } from '#cores/chat/messages'
import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { type Failure, type FailureCode, failures } from '#kit/failures'
import { idPattern, type NodeId, nodeId } from '#kit/ids'
import type { SearchPage, Token } from './service.ts'

/** What a server says. */
export type AnswerBody =
  /** It does not lead, and has done nothing. Never goes further than the broker. */
  | { readonly kind: 'handed-back'; readonly leader: NodeId | null }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** In the program's own codec; null: there is nothing that an answer could be like. */
  | { readonly kind: 'foreign'; readonly payload: Uint8Array | null }
  | { readonly kind: 'outcome'; readonly outcome: DeedOutcome }
  /** For `decodeChatQueryAnswer` with the kind of the query. */
  | { readonly kind: 'found'; readonly answer: Uint8Array }
  | { readonly kind: 'page'; readonly page: SearchPage }
  | { readonly kind: 'token'; readonly token: Token }
  | { readonly kind: 'done' }

/** The place in the list is what stands on the wire; only ever added to at the end. `handed-back` is `handedBackByte`. */
const kinds = [
  'handed-back',
  'failed',
  'foreign',
  'outcome',
  'found',
  'page',
  'token',
  'done',
] as const satisfies readonly AnswerBody['kind'][]

export function encodeAnswerBody(body: AnswerBody): Uint8Array {
  const writer = new ByteWriter(256).byte(kinds.indexOf(body.kind))
  switch (body.kind) {
    case 'handed-back':
      return writeOptionalText(writer, body.leader).done()
    case 'failed':
      return writer.text(body.failure.code).text(body.failure.message).done()
    case 'foreign':
      return body.payload === null ? writer.byte(0).done() : writer.byte(1).rest(body.payload).done()
    case 'outcome':
      return writeDeedOutcome(writer, body.outcome).done()
    case 'found':
      return writer.rest(body.answer).done()
    case 'page':
      writeOptionalText(writer, body.page.next)
      for (const message of body.page.messages) writer.bytes(encodeChatEvent(eventOf(message)))
      return writer.done()
    case 'token':
      return writer.text(body.token.user).text(body.token.token).done()
    case 'done':
      return writer.done()
    default:
      return unreachable(body)
  }
}

/** Whoever carries it need not read it: it is nothing that another server could do, and no program's. */
export function isForDeskAlone(bytes: Uint8Array): boolean {
  const kind = kinds[bytes[0] ?? 0]
  return kind !== undefined && kind !== 'handed-back' && kind !== 'failed' && kind !== 'foreign'
}

/** null: no answer. What it holds shares the memory of `bytes`. */
export function decodeAnswerBody(bytes: Uint8Array): AnswerBody | null {
  const reader = new ByteReader(bytes)
  const kind = kinds[reader.byte()]
  const body = kind === undefined ? null : readBody(reader, kind)
  return reader.isDone ? body : null
}

function readBody(reader: ByteReader, kind: AnswerBody['kind']): AnswerBody | null {
  switch (kind) {
    case 'handed-back': {
      const leader = readOptionalText(reader)
      if (leader !== null && !idPattern.test(leader)) return null
      return { kind, leader: leader === null ? null : nodeId(leader) }
    }
    case 'failed': {
      const code = reader.text()
      const message = reader.text()
      return isFailureCode(code) ? { kind, failure: { code, message } } : null
    }
    case 'foreign':
      return { kind, payload: reader.boolean() ? reader.rest() : null }
    case 'outcome': {
      const outcome = decodeDeedOutcome(reader.rest())
      return outcome === null ? null : { kind, outcome }
    }
    case 'found':
      return { kind, answer: reader.rest() }
    case 'page':
      return readPage(reader)
    case 'token':
      return { kind, token: { user: reader.text(), token: reader.text() } }
    case 'done':
      return { kind }
    default:
      return unreachable(kind)
  }
}

function readPage(reader: ByteReader): AnswerBody | null {
  const next = readOptionalText(reader)
  const messages: Message[] = []
  while (reader.isSound && !reader.isDone) {
    const event = decodeChatEvent(reader.bytes())
    if (event?.what.kind !== 'message') return null
    messages.push(event.what.message)
  }
  return { kind: 'page', page: { messages, next } }
}

/** The event by which it was said. */
function eventOf(message: Message): ChatEvent {
  const { id: deed, conversation: feed, number, position, atMs, lamport, logIndex } = message
  return { deed, feed, number, position, atMs, lamport, logIndex, what: { kind: 'message', message } }
}

function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(failures, code)
}
