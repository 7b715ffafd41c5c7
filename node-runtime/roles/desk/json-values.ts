import { idPattern, type NodeId } from '#kit/ids'

/** JSON as a peer said it: nothing in it has been checked. What does not fit is null, and never thrown at. */
const decoder = new TextDecoder()

export function jsonIn(body: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(body))
  } catch {
    // No JSON: whoever asked sees that nothing is in it.
    return null
  }
}

export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
  return Reflect.get(value, name)
}

export function textOf(value: unknown, charsMax: number): string | null {
  return typeof value === 'string' && value.length <= charsMax ? value : null
}

export function countOf(value: unknown): number | null {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : null
}

/** Lower-case hex of a SHA-256. */
export function hashOf(value: unknown): string | null {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? value : null
}

export function nodeOf(value: unknown): NodeId | null {
  return typeof value === 'string' && idPattern.test(value) ? (value as NodeId) : null // the pattern was just checked
}

/** null: it is no list, it is too long, or one of its elements does not fit. */
export function listOf<T>(value: unknown, read: (element: unknown) => T | null, max: number): readonly T[] | null {
  if (!Array.isArray(value) || value.length > max) return null
  const list: T[] = []
  for (const element of value) {
    const fitting = read(element)
    if (fitting === null) return null
    list.push(fitting)
  }
  return list
}
