import { ByteReader, ByteWriter } from '#kit/bytes'
import type { EndpointAnswer, EndpointRequest, Pieces } from '#ports/endpoint'
import { wireLimits } from '#ports/wire'

/** What a node answers strangers over HTTP, it answers its own clients over the wire, in messages of these kinds. */
export const apiRequestKind = 'api-request'
export const apiAnswerKind = 'api-answer'

export const apiLimits = {
  /** A longer answer does not fit into a message with what stands around it. */
  bodyBytesMax: wireLimits.messageBytesMax - 64 * 1024,
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

/** An answer as bytes; null: it is longer than a message may be, or could not be told to its end. */
export function wholeAnswer(
  { status, headers, body }: EndpointAnswer,
  done: (whole: WholeAnswer | null) => void,
): void {
  const give = (bytes: Uint8Array | null): void => done(bytes === null ? null : { status, headers, body: bytes })
  if (typeof body === 'string') give(fitting(encoder.encode(body)))
  else if (body instanceof Uint8Array) give(fitting(body))
  else gather(body, { writer: new ByteWriter(64 * 1024), length: 0 }, give)
}

function gather(
  pieces: Pieces,
  soFar: { readonly writer: ByteWriter; readonly length: number },
  done: (bytes: Uint8Array | null) => void,
): void {
  pieces.next((piece) => {
    if (!piece.ok) return done(null)
    if (piece.value === null) return done(soFar.writer.done())
    const bytes = typeof piece.value === 'string' ? encoder.encode(piece.value) : piece.value
    const length = soFar.length + bytes.length
    if (length > apiLimits.bodyBytesMax) return done(null)
    gather(pieces, { writer: soFar.writer.rest(bytes), length }, done)
  })
}

function fitting(bytes: Uint8Array): Uint8Array | null {
  return bytes.length > apiLimits.bodyBytesMax ? null : bytes
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
