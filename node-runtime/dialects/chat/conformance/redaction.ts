import { toHex } from '#kit/hex'
import { type Codec, decode, toJson } from '../codec.ts'
import { textOf, type Value } from '../values.ts'

/** How much of a message is shown, and kept. */
const payloadCharsMax = 2_000
const hidden = '•••'

/** A message as text, without passwords and tokens. What cannot be read is not shown: a secret may stand in it anywhere. */
export function shownPayload(codec: Codec | null, bytes: Uint8Array): string {
  const read = codec === null ? null : decode(codec, bytes)
  if (read !== null) return shortened(toJson(redacted(read.value)), payloadCharsMax)
  return bytes.length === 0 ? '' : `${toHex(bytes.subarray(0, unreadBytesShown))}… (${bytes.length})`
}

/** As it may be shown: also where a map stands inside a text, and where a token stands under another name. */
function redacted(value: Value): Value {
  if (value instanceof Map) {
    const entries: readonly [string, Value][] = [...value]
    return new Map(entries.map(([key, part]) => [redactedText(key), secretKey.test(key) ? hidden : redacted(part)]))
  }
  if (Array.isArray(value)) return value.map(redacted)
  if (value instanceof Uint8Array) return redactedText(textOf(value) ?? `${toHex(value.subarray(0, 8))}…`)
  return typeof value === 'string' ? redactedText(value) : value
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
const secretKey = /senha|token|passw|secret|segredo/i
/** What looks like a field, however often its quotes were escaped: people may well write the word. */
const secretInside = /(senha|token|passw\w*|secret|segredo)["'\\]*\s*[:=]/i
const unreadBytesShown = 8
