import { describe, expect, it } from 'vitest'
import { emptyHead, perSearchRow, rowKey, spaces } from './rows.ts'
import { SearchMemo } from './search-memo.ts'
import type { StoredRecords } from './stored-records.ts'
import { MapState } from './testing/one-notary.ts'

/** A state with so many search rows, which counts how it is read. */
class Counting extends MapState {
  gets = 0
  readonly scans: string[] = []

  seal(rows: number): this {
    for (let at = 0; at < rows; at += 1) this.put(spaces.search, rowKey(at), Uint8Array.of(at))
    return this
  }

  override get(space: string, key: string): Uint8Array | null {
    this.gets += 1
    return super.get(space, key)
  }

  override scan(space: string, range: { readonly from?: string; readonly limit?: number } = {}) {
    this.scans.push(`${range.limit} from ${Number(range.from)}`)
    return super.scan(space, range)
  }
}

/** Whichever record is asked for, it is the one that was the last. */
const sameChain = { record: () => ({ hash: emptyHead.hash }) } as unknown as StoredRecords // nothing else tells chains apart

function reading(memo: SearchMemo, state: Counting, rows: number): readonly (number | null)[] {
  state.scans.length = 0
  memo.follow({ ...emptyHead, size: rows * perSearchRow + 5 }, sameChain)
  return Array.from({ length: rows + 1 }, (_, at) => memo.row(state, rows - at, () => true)?.[0] ?? null)
}

const downFrom = (row: number) => Array.from({ length: row + 1 }, (_, at) => row - at)

describe('NT12 search rows', () => {
  it('are read in order, some at a time, never alone and never twice', () => {
    const [memo, state] = [new SearchMemo(), new Counting().seal(40)]
    expect(reading(memo, state, 40)).toEqual([null, ...downFrom(39)])
    expect([state.gets, state.scans]).toEqual([0, ['16 from 24', '16 from 8', '8 from 0']])
    expect(reading(memo, state, 40)).toEqual([null, ...downFrom(39)])
    expect(state.scans).toEqual([])
  })

  it('that are new are read without those that are known', () => {
    const [memo, state] = [new SearchMemo(), new Counting().seal(42)]
    reading(memo, state, 40)
    expect(reading(memo, state, 42)).toEqual([null, ...downFrom(41)])
    expect(state.scans).toEqual(['2 from 40'])
  })

  it('that nobody seeks are left out of what is read together', () => {
    const [memo, state] = [new SearchMemo(), new Counting().seal(40)]
    memo.follow({ ...emptyHead, size: 40 * perSearchRow }, sameChain)
    expect(memo.row(state, 30, (number) => number >= 28)?.[0]).toBe(30)
    expect(state.scans).toEqual(['3 from 28'])
  })

  it('that are not there, though they should be, are not made up from others', () => {
    const [memo, state] = [new SearchMemo(), new Counting().seal(6)]
    state.delete(spaces.search, rowKey(4))
    expect(reading(memo, state, 6)).toEqual([null, 5, null, 3, 2, 1, 0])
  })
})
