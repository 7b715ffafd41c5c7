import { type RingHistoryPage, type RingHistoryRow, type RingInput, ringLimits } from '#contract/worker/ring'
import type { RingRecord } from '#cores/ring/messages'
import { fail, ok, type Result } from '#kit/result'
import { type Place, placeText, readPlace } from './place.ts'

/** What people have said, as a core shows it: each message once, at its place. */
export interface ShownHistory {
  readonly places: number
  /** Counts changes. */
  readonly revision: number
  isLate(uuid: string): boolean
  newestFirst(before?: Place | null): Iterable<RingRecord>
}

/** A page of the longest texts would be more than the pipe carries; it then has fewer rows. */
const pageCharsMax = 500_000

export function historyPage(
  history: ShownHistory,
  { before, limit }: Pick<RingInput<'ring.history'>, 'before' | 'limit'>,
): Result<RingHistoryPage> {
  const from = before === null ? null : readPlace(before)
  if (before !== null && from === null) return fail('bad-request', 'that is no place in a history')
  const most = Math.min(limit, ringLimits.rowsPerPageMax)
  const rows: RingHistoryRow[] = []
  let chars = 0
  for (const record of history.newestFirst(from)) {
    const isFull = rows.length === most || (rows.length > 0 && chars + record.text.length > pageCharsMax)
    if (isFull) return ok({ rows, next: rows.at(-1)?.place ?? null, total: history.places })
    rows.push(rowOf(record, history.isLate(record.uuid)))
    chars += record.text.length
  }
  return ok({ rows, next: null, total: history.places })
}

function rowOf(record: RingRecord, isLate: boolean): RingHistoryRow {
  const { uuid, author, text, peer, source, stamp, atMs } = record
  return { place: placeText(record), uuid, author, text, peer, source, stamp, atMs, isLate }
}
