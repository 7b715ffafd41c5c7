import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ScanRange, Store, StoreRange, StoreView } from '#ports/store'
import { bytes, type StoreHome } from './store-home.ts'

/** What every home of the Store port promises of ranges of rows. */
export function rangeSuite(name: string, openHome: () => StoreHome): void {
  describe(`${name} store, in ranges`, () => {
    let home: StoreHome
    let store: Store

    beforeEach(() => {
      home = openHome()
      store = home.open()
      store.transaction((tx) => {
        for (const key of ['d', 'b', 'a', 'c', 'e']) tx.put('log', key, bytes(key))
        tx.put('after-log', 'a', bytes('of another space'))
        tx.put('log-2', 'z', bytes('of another space'))
      })
    })

    afterEach(() => home.remove())

    it('scans up to a key that does not belong to the range any more', () => {
      expect(keys(store.view(), { before: 'c' })).toEqual(['a', 'b'])
      expect(keys(store.view(), { from: 'b', before: 'cc' })).toEqual(['b', 'c'])
      expect(keys(store.view(), { from: 'd', before: 'b' })).toEqual([])
    })

    it('scans backward: the last row, and the rows from a key down', () => {
      expect(keys(store.view(), { isBackward: true, limit: 1 })).toEqual(['e'])
      expect(keys(store.view(), { isBackward: true, before: 'd', limit: 2 })).toEqual(['c', 'b'])
      expect(keys(store.view(), { isBackward: true, from: 'b', before: 'd' })).toEqual(['c', 'b'])
    })

    it('removes a range from its lowest key on, says how much that was, and leaves other spaces alone', () => {
      expect(store.transaction((tx) => tx.deleteRange('log', { before: 'd', limit: 2 }))).toBe(2)
      expect(keys(store.view())).toEqual(['c', 'd', 'e'])
      expect(store.transaction((tx) => tx.deleteRange('log', { before: 'd', limit: 2 }))).toBe(1)
      expect(store.transaction((tx) => tx.deleteRange('log', { from: 'e' }))).toBe(1)
      expect(store.transaction((tx) => tx.deleteRange('log', { limit: 0 }))).toBe(0)
      expect(keys(home.open().view())).toEqual(['d'])
      store = home.open()
      expect(store.transaction((tx) => tx.deleteRange('log', {}))).toBe(1)
      expect(keys(store.view())).toEqual([])
      expect(store.view().get('after-log', 'a')).not.toBeNull()
      expect(store.view().get('log-2', 'z')).not.toBeNull()
    })

    it('removes a range of nothing without writing: a full disk does not mind', () => {
      home.setFull(true)
      expect(store.transaction((tx) => tx.deleteRange('log', { from: 'f' }))).toBe(0)
      home.setFull(false)
    })

    it('is what a sorted map would be, for any range, also in the middle of a transaction', () => {
      fc.assert(
        fc.property(anyKeys, anyKeys, anyRange, (kept, written, range) => {
          store.transaction((tx) => {
            tx.deleteRange('log', {})
            for (const key of kept) tx.put('log', key, bytes(key))
          })
          store.transaction((tx) => {
            for (const key of written) tx.put('log', key, bytes(key))
            const all = new Set([...kept, ...written])
            expect(keys(tx, range)).toEqual(inRange(all, range))
            const { isBackward: _, ...removed } = range
            const gone = inRange(all, removed)
            expect(tx.deleteRange('log', removed)).toBe(gone.length)
            for (const key of gone) all.delete(key)
            expect(keys(tx, { isBackward: true })).toEqual(inRange(all, { isBackward: true }))
            for (const key of gone.slice(1)) tx.put('log', key, bytes(key))
            for (const key of gone.slice(1)) all.add(key)
            expect(keys(tx, range)).toEqual(inRange(all, range))
          })
        }),
        { numRuns: 100 },
      )
    })
  })
}

const anyKey = fc.string({ unit: fc.constantFrom('a', 'b', '\u007f', '\ud800', '\ue000', '\uffff'), maxLength: 3 })
const anyKeys = fc.uniqueArray(anyKey, { maxLength: 8 })
const anyRange: fc.Arbitrary<ScanRange> = fc.record(
  { from: anyKey, before: anyKey, limit: fc.integer({ min: 0, max: 5 }), isBackward: fc.boolean() },
  { requiredKeys: [] },
)

function inRange(all: ReadonlySet<string>, range: ScanRange): readonly string[] {
  const { from, before, limit }: StoreRange = range
  const sorted = [...all].sort().filter((key) => key >= (from ?? '') && (before === undefined || key < before))
  if (range.isBackward === true) sorted.reverse()
  return sorted.slice(0, limit)
}

function keys(view: StoreView, range?: ScanRange): readonly string[] {
  return view.scan('log', range).map(({ key }) => key)
}
