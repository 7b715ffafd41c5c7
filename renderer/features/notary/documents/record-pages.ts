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

export function withPage(pages: RecordPages, page: number, records: readonly RecordView[]): RecordPages {
  const next = new Map(pages)
  next.delete(page)
  next.set(
    page,
    records.filter(({ index }) => pageOf(index) === page),
  )
  for (const oldest of next.keys()) {
    if (next.size <= pageLimits.pagesMax) break
    next.delete(oldest)
  }
  return next
}

/** Pages of which a record between these two (both counted) is not here yet, the newest first. */
export function missingPages(pages: RecordPages, span: { readonly from: number; readonly to: number }): number[] {
  const missing: number[] = []
  for (let page = pageOf(span.to); page >= pageOf(span.from); page -= 1) {
    const newest = Math.min(span.to, endOf(page) - 1)
    if (recordAt(pages, newest) === null) missing.push(page)
  }
  return missing
}
