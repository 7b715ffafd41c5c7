import type { StateRow } from '#kit/state-machine'
import type { RowValue } from './recent-rows.ts'

export type RowChange = readonly [key: string, value: RowValue]

export function byKey([one]: RowChange, [other]: RowChange): number {
  return one < other ? -1 : 1
}

/** Rows with changes laid over them, both in order of keys; no more than the limit. */
export function merged(rows: readonly StateRow[], changes: readonly RowChange[], limit: number): readonly StateRow[] {
  if (changes.length === 0) return rows.length > limit ? rows.slice(0, limit) : rows
  const found: StateRow[] = []
  let place = 0
  const addChangesBefore = (end: string | null): void => {
    for (
      let change = changes[place];
      change !== undefined && (end === null || change[0] < end);
      change = changes[place]
    ) {
      const [key, value] = change
      if (value !== null && found.length < limit) found.push({ key, value })
      place += 1
    }
  }
  for (const row of rows) {
    addChangesBefore(row.key)
    if (found.length >= limit) return found
    if (changes[place]?.[0] !== row.key) found.push(row)
  }
  addChangesBefore(null)
  return found
}
