import type { RingHistoryPage, RingHistoryRow } from '#contract/worker/ring'

/** What the window has of a peer's history: from the newest back without a gap. */
export interface Loaded {
  /** Oldest first, as they are read. */
  readonly rows: readonly RingHistoryRow[]
  /** Pass it as `before` for what is older; null: there is nothing. */
  readonly older: string | null
  /** How many are older than these. */
  readonly rest: number
}

/** A page that was asked for with `before: loaded.older`. */
export function withOlder(loaded: Loaded, page: RingHistoryPage): Loaded {
  const rows = [...page.rows.toReversed(), ...loaded.rows]
  return { rows, older: page.next, rest: page.next === null ? 0 : Math.max(0, loaded.rest - page.rows.length) }
}

/**
 * What there is after a change: `pages` are the newest, each the one before the last. null: they do not reach back far
 * enough to explain how many there are now, so another page is needed. A message that came late, or that moved, stands
 * somewhere further back, and shows itself by one too many.
 */
export function withNewest(loaded: Loaded | null, pages: readonly RingHistoryPage[]): Loaded | null {
  const last = pages.at(-1)
  const total = pages[0]?.total ?? 0
  const fresh = pages.flatMap(({ rows }) => rows).toReversed()
  const only: Loaded = { rows: fresh, older: last?.next ?? null, rest: Math.max(0, total - fresh.length) }
  const [oldest] = fresh
  if (loaded === null || oldest === undefined || last?.next === null) return only
  const at = loaded.rows.findLastIndex(({ place }) => place <= oldest.place)
  if (at < 0) return only
  // A gap may lie between what is new and what was there, unless they meet in one row.
  if (loaded.rows[at]?.place !== oldest.place) return null
  const rest = total - fresh.length - at
  if (rest > loaded.rest) return null
  return {
    rows: [...loaded.rows.slice(0, at), ...fresh],
    older: rest > 0 ? loaded.older : null,
    rest: Math.max(0, rest),
  }
}

/** Written at this peer itself: another may have the same name, and what came in the text form only took its place here. */
export function isOwn({ peer, source }: Pick<RingHistoryRow, 'peer' | 'source'>, ownId: string): boolean {
  return source === 'own' && peer === ownId
}
