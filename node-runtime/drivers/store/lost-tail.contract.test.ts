import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bytes, read } from '#ports/testing/store-home'
import { rowChecksum } from './checksum.ts'
import type { SqliteStore } from './index.ts'
import { MarkFile, markPath } from './mark.ts'
import { migrate, migrations } from './migrations.ts'
import { flipped, layFiles, openedWith, type StoreFiles, takeFiles } from './testing/store-files.ts'
import { type StorePlace, storePlace } from './testing/store-place.ts'

const pageBytes = 4_096
const headerBytes = 32
const frameHeaderBytes = 24
const frameBytes = frameHeaderBytes + pageBytes

let place: StorePlace
/** The files right after each transaction had returned: at 0 those of a store that was just begun. */
let after: StoreFiles[]

beforeEach(() => {
  place = storePlace()
  const store = place.open()
  after = [takeFiles(place.path)]
  for (const key of ['1', '2', '3', '4']) {
    write(store, key)
    after.push(takeFiles(place.path))
  }
  store.close()
})

afterEach(() => place.remove())

describe('a log that is not as it was written', () => {
  /** Where each transaction ends in the log. */
  const ends = () => after.map(({ log }) => usedBytes(log!))

  it('is refused for one bit anywhere in it, with how many transactions that costs', () => {
    const whole = after[4]!
    for (const [transaction, lost] of [
      [1, 'last 4 are'],
      [3, 'last 2 are'],
      [4, 'last one is'],
    ] as const) {
      const [start, end] = [ends()[transaction - 1]!, ends()[transaction]!]
      const lastFrame = end - frameBytes
      const places = {
        'number of the page': start + 3,
        'size after the commit': lastFrame + 7,
        'first salt': start + 8,
        'second salt': lastFrame + 15,
        'first checksum': start + 16,
        'second checksum': lastFrame + 23,
        'first byte of a page': start + frameHeaderBytes,
        'middle of a page': lastFrame + frameHeaderBytes + pageBytes / 2,
        'last byte of the commit': end - 1,
      }
      for (const [name, at] of Object.entries(places)) {
        const opened = openedWith(place.path, { ...whole, log: flipped(whole.log, at) })
        expect(opened, `${name} of transaction ${transaction}`).toContain(lost)
      }
    }
  })

  it('is refused for one bit in its head, which makes SQLite forget the whole of it', () => {
    for (let at = 0; at < headerBytes; at += 1) {
      const opened = openedWith(place.path, { ...after[4]!, log: flipped(after[4]!.log, at) })
      expect(opened, `byte ${at}`).toContain('durable transactions')
    }
  })

  it('is refused with a page of zeroes in it, cut short anywhere, or gone', () => {
    const whole = after[4]!
    const zeroed = Buffer.from(whole.log!).fill(0, ends()[2]!, ends()[2]! + frameBytes)
    expect(openedWith(place.path, { ...whole, log: zeroed })).toContain('the last 2 are missing')
    for (let length = 0; length < ends()[4]!; length += 1_013) {
      const opened = openedWith(place.path, { ...whole, log: whole.log!.subarray(0, length) })
      expect(opened, `cut at ${length}`).toContain('durable transactions')
    }
    expect(openedWith(place.path, { ...whole, log: null })).toContain('5 durable transactions')
  })

  it('is sound when what is torn had not returned: the mark does not count it', () => {
    const [start, end] = [ends()[3]!, ends()[4]!]
    for (let length = start; length < end; length += 509) {
      const torn = { ...after[3]!, log: after[4]!.log!.subarray(0, length) }
      expect(openedWith(place.path, torn), `cut at ${length}`).toEqual(['1', '2', '3'])
    }
    const spoilt = { ...after[3]!, log: flipped(after[4]!.log, end - 1) }
    expect(openedWith(place.path, spoilt)).toEqual(['1', '2', '3'])
  })

  it('is sound when it is ahead of the mark, as after a power cut that the mark did not outlive', () => {
    for (const { mark } of after) expect(openedWith(place.path, { ...after[4]!, mark })).toEqual(['1', '2', '3', '4'])
  })

  it('is refused when it is the log of earlier days', () => {
    expect(openedWith(place.path, { ...after[4]!, log: after[2]!.log })).toContain('the last 2 are missing')
  })
})

describe('a main file that is not what its log was written for', () => {
  /** Everything is in the main file, and a further transaction in the log. */
  let folded: StoreFiles
  let further: StoreFiles

  beforeEach(() => {
    folded = takeFiles(place.path)
    const store = place.open()
    write(store, '5')
    further = takeFiles(place.path)
    store.close()
  })

  it('is sound without a log when all of it was folded in', () => {
    expect(folded.log).toBeNull()
    expect(openedWith(place.path, folded)).toEqual(['1', '2', '3', '4'])
  })

  it('is refused when it is an older copy, with a log beside it or without', () => {
    expect(openedWith(place.path, { ...further, main: after[0]!.main })).toContain('an old one')
    expect(openedWith(place.path, { ...folded, main: after[0]!.main })).toContain('durable transactions')
  })

  it('is refused when it is gone, or begun anew, while its mark is there', () => {
    expect(openedWith(place.path, { ...folded, main: null })).toContain('none is there')
    expect(openedWith(place.path, { ...folded, main: Buffer.alloc(0) })).toContain('none is there')
  })

  it('is sound in the middle of being folded into, and refused if the log that it needs is gone', () => {
    const many = place.open()
    many.transaction((tx) => {
      for (let row = 100; row < 200; row += 1) tx.put('rows', String(row), bytes('as it was'.repeat(40)))
    })
    many.close()
    const old = takeFiles(place.path).main!
    const store = place.open()
    store.transaction((tx) => tx.put('rows', '199', bytes('as it is!'.repeat(40))))
    const { log, mark } = takeFiles(place.path)
    store.close()
    // Pages are folded in rising order. The number of the last transaction is in front, and what it wrote is not yet there.
    const done = takeFiles(place.path).main!
    const main = Buffer.concat([done.subarray(0, 4 * pageBytes), old.subarray(4 * pageBytes)])
    expect(main.equals(done)).toBe(false)
    layFiles(place.path, { main, log, mark })
    MarkFile.open(markPath(place.path)).write({ isFolding: true })
    const folding = takeFiles(place.path)
    for (const lost of [null, Buffer.alloc(0), flipped(log, 0)])
      expect(openedWith(place.path, { ...folding, log: lost })).toContain('log is gone')
    openedWith(place.path, folding)
    expect(lastRow()).toContain('as it is!')
    // Nothing but the mark could tell: rows and pages are sound, the count is right, and the last write is not there.
    openedWith(place.path, { main, log: null, mark })
    expect(lastRow()).toContain('as it was')
  })

  function lastRow(): string {
    const store = place.open()
    const rows = read(store.view(), 'rows', { isBackward: true, limit: 1 })
    store.close()
    return rows.map(([, value]) => value).join()
  }
})

describe('a mark', () => {
  it('survives a torn write of either slot, with what the other slot says', () => {
    const whole = after[4]!
    for (const slot of [0, pageBytes])
      expect(openedWith(place.path, { ...whole, mark: flipped(whole.mark, slot + 20) })).toEqual(['1', '2', '3', '4'])
    const lost = { ...whole, log: after[2]!.log }
    for (const slot of [0, pageBytes])
      expect(openedWith(place.path, { ...lost, mark: flipped(lost.mark, slot + 20) })).toMatch(/missing/)
  })

  it('is refused when it cannot be read, is gone, or belongs to another store', () => {
    const whole = after[4]!
    const broken = flipped(flipped(whole.mark, 20), pageBytes + 20)
    expect(openedWith(place.path, { ...whole, mark: broken })).toContain('cannot be read')
    expect(openedWith(place.path, { ...whole, mark: Buffer.alloc(0) })).toContain('cannot be read')
    expect(openedWith(place.path, { ...whole, mark: null })).toContain('its mark is gone')
    const other = storePlace()
    other.open().close()
    expect(openedWith(place.path, { ...whole, mark: takeFiles(other.path).mark })).toContain('another store')
    other.remove()
  })

  it('is begun for a store of before there were marks, and holds from then on', () => {
    for (const ending of ['', '-wal', '-mark']) rmSync(place.path + ending, { force: true })
    const database = new Database(place.path)
    migrate(database, migrations.slice(0, 1))
    database
      .prepare('INSERT INTO store_row VALUES (?, ?, ?, ?)')
      .run('log', 'old', bytes('x'), rowChecksum('log', 'old', bytes('x')))
    database.close()
    const store = place.open()
    write(store, 'new')
    expect(read(store.view(), 'log').map(([key]) => key)).toEqual(['new', 'old'])
    const files = takeFiles(place.path)
    store.close()
    expect(openedWith(place.path, { ...files, log: null })).toContain('2 durable transactions')
  })

  it('is finished by the next open when the process ended while the store was being born', () => {
    const unmarked = takeFiles(place.path)
    const other = storePlace()
    MarkFile.begin(markPath(other.path)).close()
    const { mark } = takeFiles(other.path)
    expect(openedWith(other.path, { main: null, log: null, mark })).toEqual([])
    expect(openedWith(other.path, { main: unmarked.main, log: unmarked.log, mark })).toEqual(['1', '2', '3', '4'])
    expect(openedWith(other.path, { ...takeFiles(other.path), main: null })).toContain('none is there')
    other.remove()
  })
})

function write(store: SqliteStore, key: string, fill = Number(key)): void {
  store.transaction((tx) => tx.put('log', key, new Uint8Array(10_000).fill(fill)))
}

/** A log file is never cut, so it may be longer than the log: only frames with the salt of its head count. */
function usedBytes(log: Buffer): number {
  const salt = log.subarray(16, 24)
  let end = headerBytes
  while (end + frameBytes <= log.length && log.subarray(end + 8, end + 16).equals(salt)) end += frameBytes
  return end
}
