import { beforeEach, describe, expect, it } from 'vitest'
import type { Entry } from '#cores/raft/entry'
import type { LogEnd } from '#cores/raft/messages'
import { InvariantError } from '#kit/assert'
import { Random } from '#kit/random'
import type { Store, StoreTx } from '#ports/store'
import { failureOf } from '#ports/testing/store-home'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { LogRows, logKey, logRowsLimits } from './log-rows.ts'
import { entriesAt, entryAt, indexesOf } from './testing/entries.ts'

const nowhere: LogEnd = { index: 0, term: 0 }
const everything = { entries: 1_000_000, bytes: 1_000_000_000 }

let store: Store
let log: LogRows

beforeEach(() => {
  store = new VirtualStore(new VirtualDisk())
  log = new LogRows(store, nowhere)
})

const write = (work: (tx: StoreTx) => void): void => store.transaction(work)
const append = (...runs: (readonly Entry[])[]): void => {
  for (const run of runs) write((tx) => log.append(tx, run))
}
const keys = (): readonly string[] =>
  store
    .view()
    .scan('log')
    .map(({ key }) => key)
const restored = (base = nowhere): readonly Entry[] => new LogRows(store, base).restore()

describe('a log in rows', () => {
  it('keeps what one transaction appended in one row', () => {
    append(entriesAt(1, 3), entriesAt(4, 4), entriesAt(5, 9))
    expect(keys()).toEqual([logKey(1), logKey(4), logKey(5)])
    expect(restored()).toEqual(entriesAt(1, 9))
    expect([log.last, log.count]).toEqual([9, 9])
  })

  it('cuts a run that is too heavy for a row into several, and gives a heavier entry a row of its own', () => {
    const half = logRowsLimits.rowBytesMax / 2
    append([entryAt(1), entryAt(2, { bytes: half }), entryAt(3, { bytes: half }), entryAt(4, { bytes: 2 * half })])
    append([entryAt(5)])
    expect(keys()).toEqual([1, 3, 4, 5].map(logKey))
    expect(indexesOf(restored())).toEqual([1, 2, 3, 4, 5])
  })

  it('reads from anywhere, across rows, and never more than it was asked for', () => {
    append(entriesAt(1, 3), entriesAt(4, 6), entriesAt(7, 9))
    const weight = entryAt(1).bytes.length
    expect(log.read(2, everything)).toEqual(entriesAt(2, 9))
    expect(indexesOf(log.read(2, { ...everything, entries: 3 }))).toEqual([2, 3, 4])
    expect(indexesOf(log.read(2, { ...everything, bytes: 4 * weight }))).toEqual([2, 3, 4, 5])
    expect(indexesOf(log.read(9, everything))).toEqual([9])
  })

  it('reads one entry at least, be it larger than the limit', () => {
    append(entriesAt(1, 3))
    expect(indexesOf(log.read(2, { entries: 5, bytes: 1 }))).toEqual([2])
  })

  it('is asked for what it has only', () => {
    append(entriesAt(1, 3))
    for (const from of [0, 4]) expect(() => log.read(from, everything)).toThrow(InvariantError)
    expect(() => append(entriesAt(5, 5))).toThrow(InvariantError)
  })

  it.each([
    ['at the beginning of a row', 4],
    ['in the middle of a row', 5],
    ['at the very beginning', 1],
    ['in its last entry', 9],
  ])('replaces a tail that begins %s', (_, from) => {
    append(entriesAt(1, 3), entriesAt(4, 6), entriesAt(7, 9))
    append(entriesAt(from, from + 1, { term: 2 }))
    const expected = [...entriesAt(1, from - 1), ...entriesAt(from, from + 1, { term: 2 })]
    expect(restored()).toEqual(expected)
    expect(log.read(1, everything)).toEqual(expected)
    expect(log.last).toBe(from + 1)
  })

  it('begins after its base once it is compacted, wherever in a row that is', () => {
    append(entriesAt(1, 3), entriesAt(4, 6), entriesAt(7, 9))
    log.compact({ index: 5, term: 1 })
    write((tx) => log.sweep(tx))
    expect(keys()).toEqual([logKey(4), logKey(7)])
    expect(log.read(6, everything)).toEqual(entriesAt(6, 9))
    expect(() => log.read(5, everything)).toThrow(InvariantError)
    expect(restored({ index: 5, term: 1 })).toEqual(entriesAt(6, 9))
    append(entriesAt(6, 6, { term: 2 }))
    expect(restored({ index: 5, term: 1 })).toEqual(entriesAt(6, 6, { term: 2 }))
  })

  it('can be compacted to its very end, and goes on', () => {
    append(entriesAt(1, 3))
    log.compact({ index: 3, term: 1 })
    expect(restored({ index: 3, term: 1 })).toEqual([])
    append(entriesAt(4, 5))
    expect(restored({ index: 3, term: 1 })).toEqual(entriesAt(4, 5))
    expect(log.count).toBe(2)
  })

  it('sweeps bit by bit what lies before its base, and goes on with it after a restart', () => {
    const rows = logRowsLimits.sweptRowsMax * 2
    for (let index = 1; index <= rows + 2; index += 1) append([entryAt(index)])
    const base = { index: rows + 1, term: 1 }
    log.compact(base)
    write((tx) => log.sweep(tx))
    expect(keys()).toHaveLength(rows + 2 - logRowsLimits.sweptRowsMax)
    log = new LogRows(store, base)
    expect(indexesOf(log.restore())).toEqual([rows + 2])
    expect(log.isSweepDue).toBe(true)
    write((tx) => log.sweep(tx))
    write((tx) => log.sweep(tx))
    expect(keys()).toEqual([logKey(rows + 2)])
    expect(log.isSweepDue).toBe(false)
  })

  it('keeps nothing when a snapshot takes its place, be that before its end or after', () => {
    for (const end of [2, 6, 20]) {
      store = new VirtualStore(new VirtualDisk())
      log = new LogRows(store, nowhere)
      append(entriesAt(1, 3), entriesAt(4, 6))
      const base = { index: end, term: 5 }
      write((tx) => log.reset(tx, base))
      expect(restored(base)).toEqual([])
      append(entriesAt(end + 1, end + 2, { term: 5 }))
      write((tx) => log.sweep(tx))
      expect(restored(base)).toEqual(entriesAt(end + 1, end + 2, { term: 5 }))
      expect(log.read(end + 1, everything)).toHaveLength(2)
    }
  })

  it('says where to compact to so that no more than a limit is left', () => {
    append(entriesAt(1, 4), entriesAt(5, 8), entriesAt(9, 12))
    const run = entryAt(1).bytes.length * 4
    expect(log.bytes).toBe(3 * run)
    expect(log.indexKeeping({ ...everything, entries: 5 })).toBe(7)
    expect(log.indexKeeping({ ...everything, bytes: 2 * run })).toBe(4)
    expect(log.indexKeeping({ ...everything, bytes: 2 * run - 1 })).toBe(8)
    expect(log.indexKeeping({ ...everything, bytes: 1 })).toBe(12)
  })
})

describe('a log that is not as it was written', () => {
  const damage = (work: (tx: StoreTx) => void): string | null => {
    write(work)
    return failureOf(() => restored({ index: 2, term: 1 }))
  }

  beforeEach(() => append(entriesAt(1, 3), entriesAt(4, 6), entriesAt(7, 9)))

  it('is read when it is', () => {
    expect(damage(() => {})).toBeNull()
  })

  it.each<[string, (tx: StoreTx) => void]>([
    ['a row is gone in the middle', (tx) => tx.delete('log', logKey(4))],
    ['its first row is gone', (tx) => tx.delete('log', logKey(1))],
    ['a row has lost its end', (tx) => tx.put('log', logKey(4), tx.get('log', logKey(4))!.subarray(0, 100))],
    ['a row stands under another key', (tx) => tx.put('log', logKey(10), tx.get('log', logKey(7))!)],
    [
      'a row stands under a key between',
      (tx) => {
        tx.put('log', logKey(8), tx.get('log', logKey(7))!)
        tx.delete('log', logKey(7))
      },
    ],
    ['a row is empty', (tx) => tx.put('log', logKey(10), new Uint8Array(0))],
    ['a row has entries of another row', (tx) => tx.put('log', logKey(7), tx.get('log', logKey(4))!)],
  ])('is refused when %s', (_, work) => {
    expect(damage(work)).toBe('store-damaged')
  })

  it('is refused for a single bit, in a row of the past as well', () => {
    const value = store.view().get('log', logKey(1))!
    for (const place of [0, 5, 9, 50, value.length - 1]) {
      const flipped = value.slice()
      flipped[place]! ^= 4
      expect(damage((tx) => tx.put('log', logKey(1), flipped))).toBe('store-damaged')
    }
  })

  it('is refused when its terms go back, or are not those of the base', () => {
    append(entriesAt(7, 8, { term: 3 }))
    write((tx) => new LogRows(store, { index: 8, term: 3 }).append(tx, [entryAt(9, { term: 2 })]))
    expect(failureOf(() => restored())).toBe('store-damaged')
    expect(failureOf(() => restored({ index: 2, term: 4 }))).toBe('store-damaged')
  })
})

it('a log does what a list of entries would, over any history', () => {
  for (let seed = 0; seed < 60; seed += 1) {
    const random = new Random(`log ${seed}`)
    store = new VirtualStore(new VirtualDisk())
    let base = nowhere
    let model: Entry[] = []
    log = new LogRows(store, base)
    for (let step = 0; step < 60; step += 1) {
      const last = base.index + model.length
      if (model.length > 1 && random.chance(1, 8)) {
        const end = model[random.below(model.length)]!
        base = { index: end.index, term: end.term }
        log.compact(base)
        model = model.filter(({ index }) => index > end.index)
      } else {
        const from = random.chance(1, 5) ? base.index + 1 + random.below(model.length + 1) : last + 1
        const run = entriesAt(from, from + random.below(6), { term: step + 1 })
        model = [...model.filter(({ index }) => index < from), ...run]
        append(run)
      }
      if (random.chance(1, 3)) write((tx) => log.sweep(tx))
      if (random.chance(1, 4)) {
        log = new LogRows(store, base)
        expect(log.restore(), `seed ${seed}`).toEqual(model)
      }
      if (model.length > 0) expect(log.read(base.index + 1, everything), `seed ${seed}`).toEqual(model)
    }
  }
})
