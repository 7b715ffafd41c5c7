import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import { entryBytesMax, joinEntries, makeEntry, splitEntries } from './entry.ts'
import { entriesFrom, entry } from './testing/one-core.ts'

const joined = joinEntries(entriesFrom(4, [1, 1, 2]))

describe('records of entries', () => {
  it('come apart as they were put together', () => {
    const entries = [
      entry({ index: 1, term: 1, kind: 'no-op', payload: new Uint8Array(0) }),
      entry({ index: 2, term: 1, atMs: 1.5, lamport: 2 ** 53 - 1, payload: Uint8Array.of(1, 2, 3) }),
      entry({ index: 3, term: 2 ** 48, kind: 'members' }),
    ]
    expect(splitEntries(joinEntries(entries))).toEqual(entries)
    expect(splitEntries(new Uint8Array(0))).toEqual([])
  })

  it('are found out with any single bit turned over', () => {
    for (let bit = 0; bit < joined.length * 8; bit += 1) {
      const turned = joined.slice()
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(splitEntries(turned)).toBeNull()
    }
  })

  it('are found out when they are cut short anywhere but between two', () => {
    const ends = new Set([
      0,
      ...entriesFrom(4, [1, 1, 2]).map((_, count, all) => joinEntries(all.slice(0, count + 1)).length),
    ])
    for (let length = 0; length < joined.length; length += 1) {
      expect(splitEntries(joined.slice(0, length)) !== null).toBe(ends.has(length))
    }
  })

  it.each([
    ['a gap', [entry({ index: 1, term: 1 }), entry({ index: 3, term: 1 })]],
    ['a place twice', [entry({ index: 1, term: 1 }), entry({ index: 1, term: 1 })]],
    ['a term that goes back', [entry({ index: 1, term: 2 }), entry({ index: 2, term: 1 })]],
    ['a place before the first', [entry({ index: 0, term: 1 })]],
    ['no term', [entry({ index: 1, term: 0 })]],
    ['half an index', [entry({ index: 1.5, term: 1 })]],
    ['no time', [entry({ index: 1, term: 1, atMs: Number.NaN })]],
    ['an endless stamp', [entry({ index: 1, term: 1, lamport: Number.POSITIVE_INFINITY })]],
  ])('are refused with %s', (_, entries) => {
    expect(splitEntries(joinEntries(entries))).toBeNull()
  })

  it('never throw, whatever they are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void splitEntries(bytes)))
  })

  it('are not made above the limit', () => {
    const fields = { index: 1, term: 1, kind: 'command', atMs: 0, lamport: 0 } as const
    expect(() => makeEntry({ ...fields, payload: new Uint8Array(entryBytesMax) })).toThrow(InvariantError)
  })
})
