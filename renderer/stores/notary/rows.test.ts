import { describe, expect, it } from 'vitest'
import { noRows, type Rows, rowsKeptMax, withRowPage } from './rows.ts'

const self = (row: number): number => row
const page = (before: number | null, rows: readonly number[], next: number | null) => ({ before, rows, next })
const put = (list: Rows<number>, ...pages: ReturnType<typeof page>[]): Rows<number> =>
  pages.reduce((old, one) => withRowPage(old, one, self), list)

describe('a long list', () => {
  it('grows at its end, page by page, until there is no more', () => {
    const list = put(noRows, page(null, [9, 8, 7], 7), page(7, [6, 5, 4], 4))
    expect(list).toEqual({ rows: [9, 8, 7, 6, 5, 4], next: 4, isKnown: true })
    expect(put(list, page(4, [3], null))).toEqual({ rows: [9, 8, 7, 6, 5, 4, 3], next: null, isKnown: true })
  })

  it('takes what is new on top, and keeps what lies below', () => {
    const list = put(noRows, page(null, [5, 4, 3], 3), page(3, [2, 1], null))
    expect(put(list, page(null, [7, 6, 5], 5)).rows).toEqual([7, 6, 5, 4, 3, 2, 1])
  })

  it('replaces what a page covers, so that what has gone is gone', () => {
    const list = put(noRows, page(null, [6, 5, 4], 4), page(4, [3, 2, 1], null))
    expect(put(list, page(6, [4, 2], 2)).rows).toEqual([6, 4, 2, 1])
    expect(put(list, page(null, [6], null))).toEqual({ rows: [6], next: null, isKnown: true })
  })

  it('begins anew when so much is new that there would be a gap', () => {
    const list = put(noRows, page(null, [3, 2, 1], 1))
    expect(put(list, page(null, [90, 89], 89))).toEqual({ rows: [90, 89], next: 89, isKnown: true })
  })

  it('knows an empty list from one that nobody has asked for', () => {
    expect(noRows.isKnown).toBe(false)
    expect(put(noRows, page(null, [], null))).toEqual({ rows: [], next: null, isKnown: true })
  })

  it('goes on looking where a search has stopped without finding anything', () => {
    expect(put(noRows, page(null, [], 500_000)).next).toBe(500_000)
    expect(put(noRows, page(null, [], 500_000), page(500_000, [7], 3))).toEqual({ rows: [7], next: 3, isKnown: true })
  })

  it('is bounded', () => {
    const rows = Array.from({ length: rowsKeptMax + 50 }, (_, index) => rowsKeptMax + 50 - index)
    expect(
      put(noRows, page(null, [rowsKeptMax + 51], rowsKeptMax + 51), page(rowsKeptMax + 51, rows, 1)).rows,
    ).toHaveLength(rowsKeptMax)
  })
})
