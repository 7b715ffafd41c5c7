import type { LamportClock } from '#cores/clocks/lamport'
import type { MessageId, NodeId } from '#kit/ids'
import { wireLimits } from '#ports/wire'

/** What our own nodes put around every word they say to each other. */
export interface Envelope {
  readonly id: MessageId
  readonly kind: string
  readonly lamport: number
  /** The message that led to this one, so that a recording can be read as a story. */
  readonly cause: MessageId | null
  readonly body: unknown
}

const idChars = 64
const messageIdPattern = /^[a-z][a-z0-9-]{0,30}:[0-9]{1,16}$/
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

/** The one place that knows the form on the wire: JSON now. Text fields come first, so that a dump is easy to read. */
export function encodeEnvelope({ id, kind, lamport, cause, body }: Envelope): Uint8Array {
  return encoder.encode(JSON.stringify({ id, kind, lamport, cause, body }))
}

/** null for anything that is no envelope of that sender. What comes from outside is never trusted, and never thrown at. */
export function decodeEnvelope(bytes: Uint8Array, from: NodeId, clock: LamportClock): Envelope | null {
  if (bytes.byteLength > wireLimits.messageBytesMax) return null
  const value = parsed(bytes)
  if (typeof value !== 'object' || value === null) return null
  const { id, kind, lamport, cause, body } = value as Partial<Record<keyof Envelope, unknown>> // each is checked below
  if (!isMessageId(id) || !id.startsWith(`${from}:`)) return null
  if (typeof kind !== 'string' || kind.length === 0 || kind.length > idChars) return null
  if (!clock.accepts(lamport)) return null
  if (cause !== null && !isMessageId(cause)) return null
  return { id, kind, lamport, cause, body }
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes))
  } catch {
    // No text or no JSON: the caller counts and notes it like every other malformed message.
    return null
  }
}

function isMessageId(value: unknown): value is MessageId {
  return typeof value === 'string' && messageIdPattern.test(value)
}
