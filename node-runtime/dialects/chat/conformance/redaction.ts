import { toHex } from '#kit/hex'
import { type Codec, decode, toJson } from '../codec.ts'
import { type Fields, textOf, type Value } from '../values.ts'

/** How much of a message is shown, and kept. */
const payloadCharsMax = 2_000
const hidden = '•••'

/** What is asked or told may be private; an answer says nothing that is, and the words of a refusal are wanted. */
type Sight = 'asked' | 'private' | 'answered'

/**
 * A message as text, without passwords and tokens, and without what is said to somebody alone. What cannot be read is not
 * shown: a secret may stand in it anywhere.
 */
export function shownPayload(codec: Codec | null, bytes: Uint8Array, sight: 'asked' | 'answered'): string {
  const read = codec === null ? null : decode(codec, bytes)
  if (read !== null) return shortened(toJson(redacted(read.value, sight)), payloadCharsMax)
  return bytes.length === 0 ? '' : `${toHex(bytes.subarray(0, unreadBytesShown))}… (${bytes.length})`
}

/** As it may be shown: also where a map stands inside a text, and where a token stands under another name. */
function redacted(value: Value, sight: Sight): Value {
  if (value instanceof Map) {
    const within = sight === 'asked' && isToOneAlone(value) ? 'private' : sight
    const entries: readonly [string, Value][] = [...value]
    return new Map(entries.map(([key, part]) => [redactedText(key), redactedPart(key, part, within)]))
  }
  if (Array.isArray(value)) return value.map((part) => redacted(part, sight))
  if (value instanceof Uint8Array) return redactedText(textOf(value) ?? `${toHex(value.subarray(0, 8))}…`)
  return typeof value === 'string' ? redactedText(value) : value
}

/** Of what is private only who, where and when: programs call the text as they like. Its size says that there is one. */
function redactedPart(key: string, part: Value, sight: Sight): Value {
  if (secretKey.test(key)) return hidden
  const isSeen = sight !== 'private' || aboutIt.has(key) || (key === 'data' && part instanceof Map)
  return isSeen ? redacted(part, sight) : `${hidden} (${(textOf(part) ?? toJson(part)).length})`
}

/** In either dialect, asked for or published. */
function isToOneAlone(map: Fields): boolean {
  const isMessage = ['service', 'type'].some((key) => textOf(map.get(key))?.trim().toLowerCase() === 'message')
  return isMessage || map.has('dst') || (map.has('from') && !map.has('channel') && !map.has('user'))
}

/** Of whatever a foreign program wrote. */
export function shownText(text: string, charsMax: number): string {
  return shortened(redactedText(text), charsMax)
}

/** Half of a pair is not left at the end. */
function shortened(text: string, charsMax: number): string {
  return text.length <= charsMax ? text : `${text.slice(0, charsMax - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function redactedText(text: string): string {
  return secretInside.test(text) || token.test(text) ? hidden : text
}

/** Three parts of base64url, the first of which begins as `{"` does. */
const token = /eyJ[\w-]{5,}\.[\w-]+\.[\w-]*/
const aboutIt: ReadonlySet<string> = new Set([
  ...['service', 'type', 'user', 'usuario', 'src', 'dst', 'from', 'to', 'channel'],
  ...['timestamp', 'clock', 'lamport_clock', 'origin', 'log', 'sequence'],
])
const secretKey = /senha|token|passw|secret|segredo/i
/** What looks like a field, however often its quotes were escaped: people may well write the word. */
const secretInside = /(senha|token|passw\w*|secret|segredo)["'\\]*\s*[:=]/i
const unreadBytesShown = 8
