export type RegisterRequest =
  | { readonly kind: 'document'; readonly text: string }
  | { readonly kind: 'no-document' }
  | { readonly kind: 'no-json' }
  | { readonly kind: 'too-long' }

/** What somebody takes for a block of the chain. */
export interface ClaimedBlock {
  readonly index: number
  readonly timestamp: string
  readonly data: string
  readonly previousHash: string
  readonly hash: string
}

export type SyncRequest =
  | { readonly kind: 'block'; readonly block: ClaimedBlock }
  | { readonly kind: 'no-block' }
  | { readonly kind: 'no-json' }
  | { readonly kind: 'too-long' }

export const requestLimits = {
  /** Of one text or one block: each of its 65,536 bytes may be written as six, and there is room to spare. */
  oneBodyBytesMax: 512 * 1024,
  /**
   * Signs between the values of a body. 10,000 registrations of five fields each have 110,001; a body of 8 MB of nothing
   * else would keep the engine for a second, in which its peer is silent and loses the lead.
   */
  signsMax: 160_000,
} as const

export function readRegister(contentType: string | undefined, body: Uint8Array): RegisterRequest {
  if (body.length > requestLimits.oneBodyBytesMax) return { kind: 'too-long' }
  const parsed = readJson(contentType, body)
  if (parsed === null) return { kind: 'no-json' }
  const document = fieldsOf(parsed.value)?.document
  if (typeof document !== 'string' || document === '') return { kind: 'no-document' }
  return halfSurrogate.test(document) ? { kind: 'no-json' } : { kind: 'document', text: document }
}

export function readSync(contentType: string | undefined, body: Uint8Array): SyncRequest {
  if (body.length > requestLimits.oneBodyBytesMax) return { kind: 'too-long' }
  const parsed = readJson(contentType, body)
  if (parsed === null) return { kind: 'no-json' }
  const block = fieldsOf(fieldsOf(parsed.value)?.block)
  if (block === null) return { kind: 'no-block' }
  const { index, timestamp, data, previous_hash: previousHash, hash } = block
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0) return { kind: 'no-block' }
  if (typeof timestamp !== 'string' || typeof data !== 'string') return { kind: 'no-block' }
  if (typeof previousHash !== 'string' || typeof hash !== 'string') return { kind: 'no-block' }
  return { kind: 'block', block: { index, timestamp, data, previousHash, hash } }
}

/** null: not said to be JSON, or none, or of more values than anybody can mean. */
export function readJson(contentType: string | undefined, body: Uint8Array): { readonly value: unknown } | null {
  if (contentType !== 'application/json' && !isJsonType(contentType)) return null
  if (!isPlain(body)) return null
  try {
    return { value: JSON.parse(decoder.decode(body)) }
  } catch {
    // Decoder and parser have no other way to say that these bytes are no UTF-8 or no JSON, and that is all there is to say.
    return null
  }
}

/** Whether it can be parsed in a moment. What is shorter than the limit cannot have more signs. */
function isPlain(body: Uint8Array): boolean {
  if (body.length <= requestLimits.signsMax) return true
  let signs = 0
  let isInText = false
  for (let at = 0; at < body.length && signs <= requestLimits.signsMax; at += 1) {
    const byte = body[at]
    if (byte === quote) isInText = !isInText
    else if (isInText) at += byte === backslash ? 1 : 0
    else if (byte === comma || byte === colon || byte === bracket || byte === brace) signs += 1
  }
  return signs <= requestLimits.signsMax
}

const [quote, backslash, comma, colon, bracket, brace] = [0x22, 0x5c, 0x2c, 0x3a, 0x5b, 0x7b]

export function isJsonType(contentType: string | undefined): boolean {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return type === 'application/json' || (type.startsWith('application/') && type.endsWith('+json'))
}

/** null: no object. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | null {
  // An object that JSON.parse made has only fields of its own, each of which may be anything.
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

const decoder = new TextDecoder('utf-8', { fatal: true })
/** Half a pair is no text that has bytes. */
export const halfSurrogate = /\p{Surrogate}/u
