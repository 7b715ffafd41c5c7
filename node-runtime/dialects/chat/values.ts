/**
 * What both codecs can say. A map keeps the order in which it came, and none of its keys means anything to the engine.
 * Bytes: of MessagePack only, and also what claims to be text there and is no UTF-8.
 */
export type Value = null | boolean | number | string | Uint8Array | readonly Value[] | Fields
export interface Fields extends ReadonlyMap<string, Value> {}

export const noFields: Fields = new Map()

export function fieldsOf(value: Value | undefined): Fields | null {
  return value instanceof Map ? value : null
}

export function listOf(value: Value | undefined): readonly Value[] | null {
  return Array.isArray(value) ? value : null
}

/** null: no text. Bytes count when they are UTF-8, because some libraries send text so; half a pair is no text that has bytes. */
export function textOf(value: Value | undefined): string | null {
  const text = value instanceof Uint8Array ? utf8(value) : value
  return typeof text === 'string' && !halfSurrogate.test(text) ? text : null
}

/** null: not a number that can be counted with. */
export function countOf(value: Value | undefined, max: number): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= max ? value : null
}

/** null: no UTF-8. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    // The decoder has no other way to say that these bytes are no text, and that is all there is to say.
    return null
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const halfSurrogate = /\p{Surrogate}/u
