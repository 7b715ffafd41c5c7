import { describe, expect, it } from 'vitest'
import { count, decode, encode, type Field, flag, kinds, listOf, oneOf, orNull, record, text, whole } from './fields.ts'

type Thing =
  | { readonly kind: 'one' | 'two'; readonly name: string }
  | { readonly kind: 'three'; readonly size: number | null; readonly parts: readonly { readonly isOn: boolean }[] }

const thing: Field<Thing> = kinds<Thing>({
  one: { name: text },
  two: { name: text },
  three: { size: orNull(whole), parts: listOf(record({ isOn: flag }), 3) },
})

const things: readonly Thing[] = [
  { kind: 'one', name: '' },
  { kind: 'two', name: 'maçã 🐝' },
  { kind: 'three', size: -7, parts: [{ isOn: true }, { isOn: false }] },
  { kind: 'three', size: null, parts: [] },
]

describe('fields', () => {
  it.each(things)('give back what was put in: %j', (value) => {
    expect(decode(thing, encode(thing, value))).toEqual(value)
  })

  it('take nothing that is cut off, goes on, or is no such thing', () => {
    for (const value of things) {
      const bytes = encode(thing, value)
      for (let length = 0; length < bytes.length; length += 1) expect(decode(thing, bytes.slice(0, length))).toBeNull()
      expect(decode(thing, Uint8Array.of(...bytes, 0))).toBeNull()
      expect(decode(thing, Uint8Array.of(9, ...bytes.slice(1)))).toBeNull()
    }
    expect(decode(oneOf(['a', 'b']), Uint8Array.of(2))).toBeNull()
    expect(decode(whole, encode(whole, 0.5))).toBeNull()
    expect(decode(count, encode(count, -1))).toBeNull()
  })

  it('take no list past its limit', () => {
    const parts = Array.from({ length: 4 }, () => ({ isOn: true }))
    expect(decode(thing, encode(thing, { kind: 'three', size: 1, parts }))).toBeNull()
  })
})
