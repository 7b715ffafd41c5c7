import { ByteReader, ByteWriter } from '#kit/bytes'
import { fromHex, toHex } from '#kit/hex'

/** How a desk asks the broker, and the broker a server: over the lab's own wire, in messages of these kinds. */
export const chatWire = { ask: 'chat-ask', answer: 'chat-answer' } as const

export const askLimits = {
  /** Of `from`. */
  fromCharsMax: 200,
  /** An answer fits into one message with what stands around it. */
  answerBytesMax: 1024 * 1024,
} as const

/**
 * A request on its way. Whoever carries it reads no further than this: `ref` is the number of the hop, chosen anew by each
 * who asks; `id` is the request's own for ever, and that of the deed in it.
 */
export interface AskOnWire {
  readonly ref: number
  /** 16 bytes as hex. */
  readonly id: string
  /** Which window or connection asks, for the rates: the broker puts who asked it before what a desk says. */
  readonly from: string
  /** See ask-bodies.ts. Shares the memory of what it was read from. */
  readonly body: Uint8Array
}

export interface AnswerOnWire {
  readonly ref: number
  readonly body: Uint8Array
}

/** Whoever carries answers looks at the first byte of the body: this one is a server's that does not lead, and is no answer. */
export const handedBackByte = 0

export function isHandedBack({ body }: AnswerOnWire): boolean {
  return body[0] === handedBackByte
}

const idBytes = 16

export function encodeAsk({ ref, id, from, body }: AskOnWire): Uint8Array {
  const bytes = fromHex(id) ?? new Uint8Array(idBytes)
  return new ByteWriter(64 + body.length).number(ref).bytes(bytes).text(from).rest(body).done()
}

/** null: no request. */
export function decodeAsk(bytes: Uint8Array): AskOnWire | null {
  const reader = new ByteReader(bytes)
  const ref = reader.count()
  const id = reader.bytes()
  const from = reader.text()
  if (!reader.isSound || id.length !== idBytes || from.length > askLimits.fromCharsMax) return null
  return { ref, id: toHex(id), from, body: reader.rest() }
}

export function encodeAnswer({ ref, body }: AnswerOnWire): Uint8Array {
  return new ByteWriter(8 + body.length).number(ref).rest(body).done()
}

/** null: no answer. */
export function decodeAnswer(bytes: Uint8Array): AnswerOnWire | null {
  const reader = new ByteReader(bytes)
  const ref = reader.count()
  return reader.isSound ? { ref, body: reader.rest() } : null
}
