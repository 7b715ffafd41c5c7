import { ByteReader, ByteWriter } from '#kit/bytes'
import type { EndpointAnswer, EndpointRequest, Pieces } from '#ports/endpoint'
import { wireLimits } from '#ports/wire'

/** What a node answers strangers over HTTP, it answers its own clients over the wire, in messages of these kinds. */
export const apiRequestKind = 'api-request'
export const apiAnswerKind = 'api-answer'
/** From somebody who also takes an answer in parts, each of this kind, when it fits into no message. */
export const apiLongRequestKind = 'api-long-request'
export const apiPartKind = 'api-part'

export const apiLimits = {
  /** A longer answer does not fit into a message with what stands around it. */
  bodyBytesMax: wireLimits.messageBytesMax - 64 * 1024,
  /** The same for those who take it in parts. */
  longBodyBytesMax: 32 * 1024 * 1024,
  partBytes: 1024 * 1024,
  headersMax: 64,
  queryMax: 64,
} as const

/** `ref` is the asker's number for it, and comes back with the answer. */
export interface AskedOverWire {
  readonly ref: number
  readonly request: EndpointRequest
}

export interface AnsweredOverWire {
  readonly ref: number
  readonly answer: WholeAnswer
}

export interface WholeAnswer extends EndpointAnswer {
  readonly body: Uint8Array
}

const encoder = new TextEncoder()

export function encodeApiRequest({ ref, request }: AskedOverWire): Uint8Array {
  const { method, path, query, headers, body } = request
  const writer = new ByteWriter(256 + body.length).number(ref).text(method).text(path)
  writePairs(writer, [...query])
  writePairs(
    writer,
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  )
  return writer.rest(body).done()
}

/** null: no request. The body shares the memory of `bytes`. */
export function decodeApiRequest(bytes: Uint8Array): AskedOverWire | null {
  const reader = new ByteReader(bytes)
  const ref = reader.count()
  const method = reader.text()
  const path = reader.text()
  const query = readPairs(reader, apiLimits.queryMax)
  const headers = readPairs(reader, apiLimits.headersMax)
  if (query === null || headers === null || !reader.isSound) return null
  return {
    ref,
    request: { method, path, query: new Map(query), headers: Object.fromEntries(headers), body: reader.rest() },
  }
}

export function encodeApiAnswer({ ref, answer }: AnsweredOverWire): Uint8Array {
  const { status, headers, body } = answer
  const writer = new ByteWriter(256 + body.length).number(ref).uint32(status)
  writePairs(writer, Object.entries(headers))
  return writer.rest(body).done()
}

/** null: no answer. The body shares the memory of `bytes`. */
export function decodeApiAnswer(bytes: Uint8Array): AnsweredOverWire | null {
  const reader = new ByteReader(bytes)
  const ref = reader.count()
  const status = reader.uint32()
  const headers = readPairs(reader, apiLimits.headersMax)
  if (headers === null || !reader.isSound || status < 100 || status > 599) return null
  return { ref, answer: { status, headers: Object.fromEntries(headers), body: reader.rest() } }
}

/** A part of the bytes of an answer, the first of which is number 0. */
export interface AnswerPart {
  readonly ref: number
  readonly part: number
  readonly parts: number
  /** Shares the memory of what was read. */
  readonly bytes: Uint8Array
}

export function answerParts(answered: AnsweredOverWire): readonly Uint8Array[] {
  const bytes = encodeApiAnswer(answered)
  const { partBytes } = apiLimits
  const parts = Math.ceil(bytes.length / partBytes)
  return Array.from({ length: parts }, (_, part) =>
    new ByteWriter(partBytes + 16)
      .number(answered.ref)
      .uint32(part)
      .uint32(parts)
      .rest(bytes.subarray(part * partBytes, (part + 1) * partBytes))
      .done(),
  )
}

/** null: no part of an answer. */
export function decodeAnswerPart(bytes: Uint8Array): AnswerPart | null {
  const reader = new ByteReader(bytes)
  const [ref, part, parts] = [reader.count(), reader.uint32(), reader.uint32()]
  const isPart = reader.isSound && part < parts && parts <= apiLimits.longBodyBytesMax / apiLimits.partBytes + 1
  return isPart ? { ref, part, parts, bytes: reader.rest() } : null
}

/** An answer as bytes; null: it is longer than that, or could not be told to its end. */
export function wholeAnswer(
  { status, headers, body }: EndpointAnswer,
  done: (whole: WholeAnswer | null) => void,
  bytesMax: number = apiLimits.bodyBytesMax,
): void {
  const give = (bytes: Uint8Array | null): void => done(bytes === null ? null : { status, headers, body: bytes })
  if (typeof body === 'string') give(fitting(encoder.encode(body), bytesMax))
  else if (body instanceof Uint8Array) give(fitting(body, bytesMax))
  else gather(body, { writer: new ByteWriter(64 * 1024), length: 0, bytesMax }, give)
}

function gather(
  pieces: Pieces,
  soFar: { readonly writer: ByteWriter; readonly length: number; readonly bytesMax: number },
  done: (bytes: Uint8Array | null) => void,
): void {
  pieces.next((piece) => {
    if (!piece.ok) return done(null)
    if (piece.value === null) return done(soFar.writer.done())
    const bytes = typeof piece.value === 'string' ? encoder.encode(piece.value) : piece.value
    const length = soFar.length + bytes.length
    if (length > soFar.bytesMax) return done(null)
    gather(pieces, { ...soFar, writer: soFar.writer.rest(bytes), length }, done)
  })
}

function fitting(bytes: Uint8Array, bytesMax: number): Uint8Array | null {
  return bytes.length > bytesMax ? null : bytes
}

function writePairs(writer: ByteWriter, pairs: readonly (readonly [string, string])[]): void {
  writer.byte(pairs.length)
  for (const [name, value] of pairs) writer.text(name).text(value)
}

function readPairs(reader: ByteReader, max: number): readonly (readonly [string, string])[] | null {
  const count = reader.byte()
  if (count > max) return null
  return Array.from({ length: count }, () => [reader.text(), reader.text()] as const)
}
