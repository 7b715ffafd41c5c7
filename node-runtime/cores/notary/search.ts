import type { StateView } from '#kit/state-machine'
import type { Listing } from './listing.ts'
import { perSearchRow } from './rows.ts'
import { gramsBytes } from './search-grams.ts'
import type { SearchMemo } from './search-memo.ts'
import { Needle, SearchRow, searchRowOf } from './search-rows.ts'
import type { StoredRecords } from './stored-records.ts'

interface Sought {
  readonly state: StateView
  readonly stored: StoredRecords
  readonly memo: SearchMemo
  readonly text: string
  /** Records from here on are not looked at. */
  readonly before: number
}

/** Looks through so much in one call; then it is for others to be served. */
const bytesPerCallMax = 4 * 1024 * 1024

/** Fills the list with what is found, newest first, and says before which record to go on. null: nothing is left. */
export function search({ state, stored, memo, text, before }: Sought, into: Listing): number | null {
  const needle = new Needle(text)
  if (needle.isEmpty) return everything(stored, before, into)
  let bytesLeft = bytesPerCallMax
  let next = before
  const mayHave = (number: number): boolean => {
    const grams = memo.grams(state, number)
    return grams === null || needle.mayStandIn(grams)
  }
  while (next > 0) {
    if (into.isFull || bytesLeft <= 0) return next
    const number = Math.floor((next - 1) / perSearchRow)
    const from = number * perSearchRow
    bytesLeft -= gramsBytes
    if (!mayHave(number)) {
      next = from
      continue
    }
    const sealed = memo.row(state, number, mayHave)
    const bytes = sealed ?? searchRowOf(stored, from, next)
    bytesLeft -= bytes.length
    const row = new SearchRow(bytes, sealed === null ? next - from : perSearchRow)
    next = searchOne(row, { needle, stored, from, before: next }, into)
  }
  return null
}

/** Whoever seeks nothing finds all. */
function everything(stored: StoredRecords, before: number, into: Listing): number | null {
  for (let next = before; next > 0; next -= 1) {
    const bytes = stored.bytes(next - 1)
    if (into.isFull || (bytes !== null && !into.add(bytes))) return next
  }
  return null
}

interface RowSought {
  readonly needle: Needle
  readonly stored: StoredRecords
  readonly from: number
  readonly before: number
}

/** Gives back before which record to go on. */
function searchOne(row: SearchRow, { needle, stored, from, before }: RowSought, into: Listing): number {
  for (let next = before; ; ) {
    const place = row.last(needle, next - from)
    const bytes = place === null ? null : stored.bytes(from + place)
    if (place === null) return from
    if (bytes !== null && !into.add(bytes)) return next
    next = from + place
    if (into.isFull) return next
  }
}
