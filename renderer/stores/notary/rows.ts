/**
 * Part of a long list that is read newest first, by a number that only falls. Pages come in any order and at any time;
 * what they cover is replaced by what they say, so that the list is never a mixture of two moments.
 */
export interface Rows<Row> {
  /** Newest first. */
  readonly rows: readonly Row[]
  /** Where the list goes on after the oldest row here; null: that is the end. */
  readonly next: number | null
  /** A page has come at all. */
  readonly isKnown: boolean
}

export interface RowPage<Row> {
  /** What was asked; null: from the newest. */
  readonly before: number | null
  readonly rows: readonly Row[]
  readonly next: number | null
}

/** More rows than these are not kept. Whoever wants older ones has to search. */
export const rowsKeptMax = 20_000

export const noRows: Rows<never> = { rows: [], next: null, isKnown: false }

export function withRowPage<Row>(list: Rows<Row>, page: RowPage<Row>, numberOf: (row: Row) => number): Rows<Row> {
  const top = page.before ?? Number.POSITIVE_INFINITY
  // Without a cursor the page goes to the end of the list, so that nothing below it is left.
  const bottom = page.next ?? Number.NEGATIVE_INFINITY
  const above = list.rows.filter((row) => numberOf(row) >= top)
  const below = list.rows.filter((row) => numberOf(row) < bottom)
  const newest = list.rows[0]
  const isApart = page.before === null && newest !== undefined && numberOf(newest) < bottom && page.next !== null
  if (!list.isKnown || isApart) return { rows: page.rows, next: page.next, isKnown: true }
  const rows = [...above, ...page.rows, ...below].slice(0, rowsKeptMax)
  return { rows, next: below.length > 0 ? list.next : page.next, isKnown: true }
}
