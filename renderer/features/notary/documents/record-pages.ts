import type { RecordView } from '#contract/worker/desk'

export const pageLimits = {
  rowsPerPage: 100,
  /** Pages that are kept; the ones that were needed longest ago go first. */
  pagesMax: 40,
} as const

/** Records by the hundred, at fixed places: a record never changes, so a full page never has to be asked for again. */
export type RecordPages = ReadonlyMap<number, readonly RecordView[]>

export const pageOf = (index: number): number => Math.floor(index / pageLimits.rowsPerPage)

/** To be passed as `before` for this page. */
export const endOf = (page: number): number => (page + 1) * pageLimits.rowsPerPage

export function recordAt(pages: RecordPages, index: number): RecordView | null {
  return pages.get(pageOf(index))?.find((record) => record.index === index) ?? null
}

/** What is there before this place, to its page; an answer may reach into the next one, or hold less than a page. */
export function withRecords(pages: RecordPages, before: number, records: readonly RecordView[]): RecordPages {
  const page = pageOf(before - 1)
  const fresh = records.filter(({ index }) => pageOf(index) === page)
  const known = pages.get(page)?.filter(({ index }) => !fresh.some((record) => record.index === index)) ?? []
  const next = new Map(pages)
  next.delete(page)
  next.set(page, [...known, ...fresh])
  for (const oldest of next.keys()) {
    if (next.size <= pageLimits.pagesMax) break
    next.delete(oldest)
  }
  return next
}

/** Before which places to ask for what is between these two (both counted) and not here yet, the newest first. */
export function missingPlaces(pages: RecordPages, span: { readonly from: number; readonly to: number }): number[] {
  const missing: number[] = []
  for (let page = pageOf(span.to); page >= pageOf(span.from); page -= 1) {
    const end = endOf(page)
    const oldest = Math.max(span.from, end - pageLimits.rowsPerPage)
    let gap = Math.min(span.to, end - 1)
    while (gap >= oldest && recordAt(pages, gap) !== null) gap -= 1
    if (gap < oldest) continue
    // Where something newer of the page is here, its texts were too long for all of it to come at once.
    const isGoingOn = pages.get(page)?.some(({ index }) => index > gap) === true
    missing.push(isGoingOn ? gap + 1 : end)
  }
  return missing
}
