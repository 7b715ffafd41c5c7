import fc from 'fast-check'
import type { Value } from '../values.ts'

/** From a literal, for tests that write maps by hand. A field that is undefined is left out. */
export function valueFrom(plain: unknown): Value {
  if (plain instanceof Uint8Array) return plain
  if (Array.isArray(plain)) return plain.map(valueFrom)
  if (typeof plain === 'object' && plain !== null) {
    const fields = Object.entries(plain).filter(([, part]) => part !== undefined)
    return new Map(fields.map(([key, part]) => [key, valueFrom(part)]))
  }
  // Literals in tests hold nothing else.
  return plain as Value
}

const keys = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('__proto__', 'constructor', '0', '', 'toString'))
const numbers = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
const texts = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ minLength: 250, maxLength: 300 }))

/** A map of what both codecs can say. */
export const anyMap: fc.Arbitrary<ReadonlyMap<string, Value>> = fc.letrec<{
  value: Value
  map: ReadonlyMap<string, Value>
}>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false),
    numbers,
    texts,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.integer(), { maxLength: 18 }),
    tie('map'),
  ),
  map: fc.array(fc.tuple(keys, tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
})).map
