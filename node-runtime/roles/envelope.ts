import { isStamp } from '#cores/clocks/lamport'
import { assert } from '#kit/assert'
import { freshBytes } from '#kit/bytes'
import type { MessageId } from '#kit/ids'
import { wireLimits } from '#ports/wire'

/** What our own nodes put around every word they say to each other. */
export interface Envelope {
  /** With the name of the sender, whom the wire knows, this is the message's id. */
  readonly number: number
  readonly kind: string
  /** The sender notes this one by itself, and so does whoever gets it. */
  readonly isTraced: boolean
  readonly lamport: number
  /** The message that led to this one, so that a recording can be read as a story. */
  readonly cause: MessageId | null
  readonly body: Uint8Array
}

/*
 * version (1), flags (1), length of the kind (1), length of the cause (1), number (8), Lamport stamp (8), kind, cause,
 * body. Texts are ASCII, numbers doubles, little end first.
 */
const version = 1
/** A view for each message would cost more than carrying its two numbers over. */
const headNumbers = new Uint8Array(16)
const headView = new DataView(headNumbers.buffer)
const tracedFlag = 1
const headBytes = 20
const kindPattern = /^[a-z][a-z-]{0,31}$/
const causePattern = /^[a-z][a-z0-9-]{0,30}:[0-9]{1,16}$/
/** Kinds that are known to be well formed. A peer that makes up more than this many only costs us time. */
const kindsKnownMax = 256

/** The one place that knows the form on the wire. */
export function encodeEnvelope({ number, kind, isTraced, lamport, cause, body }: Envelope): Uint8Array {
  const kindBytes = asciiOf(kind)
  const causeLength = cause?.length ?? 0
  const bytes = freshBytes(headBytes + kindBytes.length + causeLength + body.length)
  bytes[0] = version
  bytes[1] = isTraced ? tracedFlag : 0
  bytes[2] = kindBytes.length
  bytes[3] = causeLength
  headView.setFloat64(0, number, true)
  headView.setFloat64(8, lamport, true)
  bytes.set(headNumbers, 4)
  bytes.set(kindBytes, headBytes)
  const causeStart = headBytes + kindBytes.length
  if (cause !== null) writeAscii(bytes, causeStart, cause)
  bytes.set(body, causeStart + causeLength)
  return bytes
}

/**
 * null for anything that is no envelope. What comes from outside is never trusted, and never thrown at. The body shares
 * the memory of `bytes`.
 */
export function decodeEnvelope(bytes: Uint8Array): Envelope | null {
  if (bytes.length < headBytes || bytes.length > wireLimits.messageBytesMax) return null
  const [readVersion, flags = 0, kindLength = 0, causeLength = 0] = bytes
  const kindEnd = headBytes + kindLength
  const bodyStart = kindEnd + causeLength
  if (readVersion !== version || flags > tracedFlag || bodyStart > bytes.length) return null
  for (let index = 0; index < headNumbers.length; index += 1) headNumbers[index] = bytes[4 + index] ?? 0
  const number = headView.getFloat64(0, true)
  const lamport = headView.getFloat64(8, true)
  if (!Number.isSafeInteger(number) || number < 0 || !isStamp(lamport)) return null
  const kind = kindIn(bytes, kindEnd)
  if (kind === null) return null
  const cause = bodyStart === kindEnd ? null : readAscii(bytes, kindEnd, bodyStart)
  if (cause !== null && !causePattern.test(cause)) return null
  return {
    number,
    kind,
    isTraced: flags === tracedFlag,
    lamport,
    cause: cause as MessageId | null, // its form was checked above
    body: bytes.subarray(bodyStart),
  }
}

const asciiOfKind = new Map<string, Uint8Array>()

function asciiOf(kind: string): Uint8Array {
  const known = asciiOfKind.get(kind)
  if (known !== undefined) return known
  assert(kindPattern.test(kind), `kind of a message: ${kind}`)
  const bytes = new Uint8Array(kind.length)
  writeAscii(bytes, 0, kind)
  // Ours are a handful; only what decodes another's words could be more, and that goes no way through here.
  asciiOfKind.set(kind, bytes)
  return bytes
}

const goodKinds = new Set<string>()

/** Each kind is looked at closely once. */
function kindIn(bytes: Uint8Array, end: number): string | null {
  const kind = readAscii(bytes, headBytes, end)
  if (goodKinds.has(kind)) return kind
  if (!kindPattern.test(kind)) return null
  if (goodKinds.size < kindsKnownMax) goodKinds.add(kind)
  return kind
}

function writeAscii(bytes: Uint8Array, offset: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) bytes[offset + index] = text.charCodeAt(index)
}

/** By hand, because a text decoder takes longer to be called than these few letters take to be read. */
function readAscii(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let index = start; index < end; index += 1) text += String.fromCharCode(bytes[index] ?? 0)
  return text
}
