import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import { type Store, type StoreTx, storeLimits } from '#ports/store'
import { bytes, failureOf, read, type StoreHome } from './store-home.ts'
import { rangeSuite } from './store-range-suite.ts'

/** What every home of the Store port promises. */
export function storeSuite(name: string, openHome: () => StoreHome): void {
  rangeSuite(name, openHome)
  describe(`${name} store`, () => {
    let home: StoreHome
    let store: Store

    beforeEach(() => {
      home = openHome()
      store = home.open()
    })

    afterEach(() => home.remove())

    it('gives back what was put, also after the power went', () => {
      store.transaction((tx) => tx.put('log', 'one', bytes('first')))
      expect(read(store.view(), 'log')).toEqual([['one', 'first']])
      expect(read(home.open().view(), 'log')).toEqual([['one', 'first']])
    })

    it('tells a value without bytes from no value', () => {
      store.transaction((tx) => tx.put('log', 'empty', new Uint8Array(0)))
      expect(store.view().get('log', 'empty')?.byteLength).toBe(0)
      expect(store.view().get('log', 'absent')).toBeNull()
    })

    it('replaces a value and deletes one, and takes the deletion of what is not there', () => {
      store.transaction((tx) => {
        tx.put('log', 'kept', bytes('old'))
        tx.put('log', 'gone', bytes('x'))
      })
      store.transaction((tx) => {
        tx.put('log', 'kept', bytes('new'))
        tx.delete('log', 'gone')
        tx.delete('log', 'never')
      })
      expect(read(store.view(), 'log')).toEqual([['kept', 'new']])
    })

    it('keeps spaces apart', () => {
      store.transaction((tx) => {
        tx.put('log', 'same', bytes('of log'))
        tx.put('log-2', 'same', bytes('of the other'))
      })
      expect(read(store.view(), 'log')).toEqual([['same', 'of log']])
      expect(read(store.view(), 'log-2')).toEqual([['same', 'of the other']])
    })

    it('scans from a key on, that key included, and not further than asked', () => {
      store.transaction((tx) => {
        for (const key of ['d', 'b', 'a', 'c']) tx.put('log', key, bytes(key))
      })
      const keys = (range?: { from?: string; limit?: number }) => read(store.view(), 'log', range).map(([key]) => key)
      expect(keys()).toEqual(['a', 'b', 'c', 'd'])
      expect(keys({ from: 'b', limit: 2 })).toEqual(['b', 'c'])
      expect(keys({ from: 'bb' })).toEqual(['c', 'd'])
      expect(keys({ limit: 0 })).toEqual([])
      expect(keys({ from: 'e' })).toEqual([])
    })

    it('takes any text as a key and orders by code units', () => {
      fc.assert(
        fc.property(fc.uniqueArray(anyKey, { maxLength: 20 }), anyKey, (keys, from) => {
          store.transaction((tx) => {
            for (const { key } of tx.scan('log')) tx.delete('log', key)
            for (const key of keys) tx.put('log', key, bytes('v'))
          })
          const sorted = [...keys].sort()
          expect(read(store.view(), 'log').map(([key]) => key)).toEqual(sorted)
          const later = read(store.view(), 'log', { from }).map(([key]) => key)
          expect(later).toEqual(sorted.filter((key) => key >= from))
        }),
        { numRuns: 60 },
      )
    })

    it('shows a transaction its own writes', () => {
      store.transaction((tx) => tx.put('log', 'b', bytes('old')))
      const seen = store.transaction((tx) => {
        tx.put('log', 'a', bytes('1'))
        tx.put('log', 'b', bytes('2'))
        const before = read(tx, 'log')
        tx.delete('log', 'a')
        return { before, after: read(tx, 'log'), gone: tx.get('log', 'a') }
      })
      expect(seen).toEqual({
        before: [
          ['a', '1'],
          ['b', '2'],
        ],
        after: [['b', '2']],
        gone: null,
      })
    })

    it('does not notice what becomes of the bytes that were handed to it, or that it gave', () => {
      const value = bytes('as written')
      store.transaction((tx) => tx.put('log', 'k', value))
      value.fill(0)
      store.view().get('log', 'k')?.fill(0)
      expect(read(store.view(), 'log')).toEqual([['k', 'as written']])
    })

    it('changes nothing when the work throws, and lets that very error through', () => {
      store.transaction((tx) => tx.put('log', 'k', bytes('before')))
      const accident = new Error('in mid-work')
      const broken = () =>
        store.transaction((tx) => {
          tx.put('log', 'k', bytes('after'))
          tx.put('log', 'new', bytes('x'))
          throw accident
        })
      expect(broken).toThrow(accident)
      expect(read(store.view(), 'log')).toEqual([['k', 'before']])
      expect(read(home.open().view(), 'log')).toEqual([['k', 'before']])
    })

    it('refuses work that waits, as a bug, and keeps nothing of it', () => {
      const waits = () =>
        store.transaction(async (tx) => {
          tx.put('log', 'k', bytes('x'))
        })
      expect(waits).toThrow(InvariantError)
      expect(read(store.view(), 'log')).toEqual([])
    })

    it('refuses a transaction inside a transaction, as a bug', () => {
      expect(() => store.transaction(() => store.transaction(() => null))).toThrow(InvariantError)
      store.transaction((tx) => tx.put('log', 'k', bytes('works again')))
      expect(read(store.view(), 'log')).toEqual([['k', 'works again']])
    })

    it('refuses names and sizes past their limits, as a bug', () => {
      const put = (space: string, key: string, value = bytes('x')) =>
        store.transaction((tx) => tx.put(space, key, value))
      expect(() => put('Log', 'k')).toThrow(InvariantError)
      expect(() => put("log'; --", 'k')).toThrow(InvariantError)
      expect(() => put('log', 'k'.repeat(storeLimits.keyCharsMax + 1))).toThrow(InvariantError)
      expect(() => put('log', 'k', new Uint8Array(storeLimits.valueBytesMax + 1))).toThrow(InvariantError)
      put('log', 'k'.repeat(storeLimits.keyCharsMax))
    })

    it('on a full disk fails with its code, has changed nothing, still reads, and works again afterwards', () => {
      store.transaction((tx) => tx.put('log', 'k', bytes('before')))
      home.setFull(true)
      expect(failureOf(() => store.transaction((tx) => tx.put('log', 'k', bytes('after'))))).toBe('disk-full')
      expect(failureOf(() => store.transaction((tx) => tx.delete('log', 'k')))).toBe('disk-full')
      expect(store.transaction((tx) => read(tx, 'log'))).toEqual([['k', 'before']])
      home.setFull(false)
      expect(read(store.view(), 'log')).toEqual([['k', 'before']])
      store.transaction((tx) => tx.put('log', 'k', bytes('after')))
      expect(read(home.open().view(), 'log')).toEqual([['k', 'after']])
    })

    it('is always what a plain map would be, whatever is written, undone and reopened', () => {
      fc.assert(
        fc.property(fc.array(anyTransaction, { maxLength: 12 }), (transactions) => {
          const model = new Map<string, string>()
          store.transaction((tx) => {
            for (const { key } of tx.scan('log')) tx.delete('log', key)
          })
          for (const { writes, isUndone } of transactions) {
            const run = () =>
              store.transaction((tx) => {
                for (const write of writes) perform(tx, write)
                if (isUndone) throw new Error('undone')
              })
            if (isUndone) expect(run).toThrow('undone')
            else {
              run()
              for (const { key, value } of writes) value === null ? model.delete(key) : model.set(key, value)
            }
          }
          const expected = [...model].sort(([left], [right]) => (left < right ? -1 : 1))
          expect(read(store.view(), 'log')).toEqual(expected)
          store = home.open()
          expect(read(store.view(), 'log')).toEqual(expected)
        }),
        { numRuns: 40 },
      )
    })
  })
}

/** Plain words, and texts out of the ranges in which UTF-8 and code units disagree, lone surrogates among them. */
const anyKey = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc
    .array(fc.constantFrom(0, 0x61, 0x7ff, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xe001, 0xffff), {
      maxLength: 8,
    })
    .map((units) => String.fromCharCode(...units)),
)

interface Write {
  readonly key: string
  readonly value: string | null
}

const anyTransaction = fc.record({
  writes: fc.array(
    fc.record({ key: fc.constantFrom('a', 'b', 'c', 'é', '𝒳'), value: fc.option(fc.string({ maxLength: 4 })) }),
    { maxLength: 6 },
  ),
  isUndone: fc.boolean(),
})

function perform(tx: StoreTx, { key, value }: Write): void {
  if (value === null) tx.delete('log', key)
  else tx.put('log', key, bytes(value))
}
