import { toBase64 } from '#kit/base64'
import { encodeText } from '#kit/bytes'
import { readLimits, readMessagePack } from './messagepack-reader.ts'
import { writeMessagePack } from './messagepack-writer.ts'
import { type Fields, utf8, type Value } from './values.ts'

export type Codec = 'json' | 'messagepack'

/**
 * By the first byte alone. Every map of MessagePack begins past ASCII and all JSON within it, so what is neither still has
 * an answer that its sender can read. null: nothing, or what begins like no text.
 */
export function codecOf(bytes: Uint8Array): Codec | null {
  const [first = 0, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'json'
  if (first >= 0x80) return 'messagepack'
  return first >= 0x20 || first === 0x09 || first === 0x0a || first === 0x0d ? 'json' : null
}

/** null: not to be read, or past a limit. */
export function decode(codec: Codec, bytes: Uint8Array): { readonly value: Value } | null {
  return codec === 'messagepack' ? readMessagePack(bytes) : readJson(bytes)
}

export function encode(codec: Codec, value: Value): Uint8Array {
  return codec === 'messagepack' ? writeMessagePack(value) : encodeText(toJson(value))
}

/** Without spaces, keys in the order of the map. */
export function toJson(value: Value): string {
  if (value instanceof Uint8Array) return `"${toBase64(value)}"`
  if (value instanceof Map) {
    return `{${[...value].map(([key, part]) => `${JSON.stringify(key)}:${toJson(part)}`).join(',')}}`
  }
  return Array.isArray(value) ? `[${value.map(toJson).join(',')}]` : JSON.stringify(value)
}

/** The same text for the same map, whatever order its keys were in and whichever codec it came by. */
export function canonicalJson(value: Value): string {
  return toJson(inOrder(value))
}

function inOrder(value: Value): Value {
  if (value instanceof Map) {
    const entries: readonly [string, Value][] = [...value]
    return new Map(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, inOrder(part)]))
  }
  return Array.isArray(value) ? value.map(inOrder) : value
}

function readJson(bytes: Uint8Array): { readonly value: Value } | null {
  const text = utf8(bytes)
  if (text === null) return null
  try {
    const left = { containers: readLimits.containersMax }
    const value = plainValue(JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text), 0, left)
    return value === undefined ? null : { value }
  } catch {
    // The parser has no other way to say that this is no JSON, and that is all there is to say.
    return null
  }
}

/** undefined: too deep, or too many. What JSON.parse made has only fields of its own, whatever they are called. */
function plainValue(parsed: unknown, depth: number, left: { containers: number }): Value | undefined {
  if (typeof parsed === 'string' || typeof parsed === 'number' || typeof parsed === 'boolean') return parsed
  if (typeof parsed !== 'object' || parsed === null) return null
  left.containers -= 1
  if (depth >= readLimits.depthMax || left.containers < 0) return undefined
  if (Array.isArray(parsed)) {
    const list: Value[] = []
    for (const part of parsed) {
      const value = plainValue(part, depth + 1, left)
      if (value === undefined) return undefined
      list.push(value)
    }
    return list
  }
  const map = new Map<string, Value>()
  for (const [key, part] of Object.entries(parsed)) {
    const value = plainValue(part, depth + 1, left)
    if (value === undefined) return undefined
    map.set(key, value)
  }
  return map satisfies Fields
}
