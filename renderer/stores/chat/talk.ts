import type { ChatHistoryPage, ChatRow, ConversationRow } from '#contract/worker/chat-calls'
import type { FailureCode } from '#kit/failures'

/** What a window has of one conversation: some stretch of it without a gap, and what waits below it. */
export interface Talk {
  readonly conversation: string
  /** null: the first page is on its way. */
  readonly about: ConversationRow | null
  /** In the order of their places. */
  readonly rows: readonly ChatRow[]
  /** Said here and not in the log yet, in the order in which it was said. */
  readonly waiting: readonly ChatRow[]
  readonly isBeginning: boolean
  readonly isEnd: boolean
  /** Where what is new began when this was opened; null: all had been read. */
  readonly unreadFrom: string | null
  readonly failure: FailureCode | null
  readonly reading: 'older' | 'newer' | null
  readonly wish: TalkWish
}

/** Where the list is to stand. Another turn is another wish, even for the same place. */
export interface TalkWish {
  readonly turn: number
  readonly at: 'end' | { readonly place: string; readonly isFound: boolean }
}

/** Rows of one conversation that a window keeps. What is furthest from the reader gives way, and is asked for again. */
export const rowsKeptMax = 20_000

export function emptyTalk(conversation: string): Talk {
  return {
    conversation,
    about: null,
    rows: [],
    waiting: [],
    isBeginning: false,
    isEnd: false,
    unreadFrom: null,
    failure: null,
    reading: null,
    wish: { turn: 0, at: 'end' },
  }
}

/** Opened anew at a page: nothing of what was there before is kept. */
export function openedAt(talk: Talk, page: ChatHistoryPage, at: TalkWish['at']): Talk {
  const { conversation: about, rows, waiting, isBeginning, isEnd } = page
  const wish = { turn: talk.wish.turn + 1, at }
  return { ...talk, about, rows, waiting, isBeginning, isEnd, failure: null, reading: null, wish }
}

/**
 * The newest page, after something may have been missed: what stands above it stays where the reader is only if no row can be
 * missing in between. That the last row is in the page says nothing of that: it may have come after what was missed.
 */
export function reopenedAt(talk: Talk, page: ChatHistoryPage, at: TalkWish['at']): Talk {
  const opened = openedAt(talk, page, at)
  const [first] = page.rows
  const above = talk.rows.filter(({ place }) => place !== null && place < (first?.place ?? ''))
  const isWhole = above.length === 0 && page.rows.some(({ id }) => id === talk.rows.at(-1)?.id)
  if (!isWhole && !talk.rows.some(({ id }) => id === first?.id)) return opened
  const isBeginning = above.length === 0 ? page.isBeginning : talk.isBeginning
  return { ...opened, rows: [...above, ...page.rows], isBeginning, wish: talk.wish }
}

/** The page before the first row, or after the last one. */
export function withMore(talk: Talk, page: ChatHistoryPage, side: 'older' | 'newer'): Talk {
  const known = new Set(talk.rows.map(({ id }) => id))
  const fresh = page.rows.filter(({ id }) => !known.has(id))
  const next = { ...talk, about: page.conversation, waiting: page.waiting, failure: null, reading: null }
  if (side === 'older') {
    const rows = [...fresh, ...talk.rows]
    const isCut = rows.length > rowsKeptMax
    return { ...next, rows: rows.slice(0, rowsKeptMax), isBeginning: page.isBeginning, isEnd: talk.isEnd && !isCut }
  }
  const rows = [...talk.rows, ...fresh]
  const isCut = rows.length > rowsKeptMax
  return { ...next, rows: rows.slice(-rowsKeptMax), isEnd: page.isEnd, isBeginning: talk.isBeginning && !isCut }
}

/** Rows as they stand now: new ones at their places, changed ones where they are, waiting ones below. */
export function withRows(talk: Talk, changed: readonly ChatRow[]): Talk {
  const news = new Map(changed.filter((row) => row.conversation === talk.conversation).map((row) => [row.id, row]))
  if (news.size === 0) return talk
  const placed = [...news.values()].filter((row) => row.place !== null)
  const kept = talk.rows.filter(({ id }) => !news.has(id))
  const isIn = stretchOf(talk)
  const rows = merged(kept, placed.filter(isIn).sort(byPlace))
  const stillWaiting = talk.waiting.flatMap((row) => {
    const now = news.get(row.id) ?? row
    return now.place === null ? [now] : []
  })
  const known = new Set(talk.waiting.map(({ id }) => id))
  const waiting = [...stillWaiting, ...[...news.values()].filter(({ id, place }) => place === null && !known.has(id))]
  if (rows.length <= rowsKeptMax) return { ...talk, rows, waiting }
  return { ...talk, rows: rows.slice(-rowsKeptMax), isBeginning: false, waiting }
}

export function withoutRow(talk: Talk, id: string): Talk {
  return { ...talk, waiting: talk.waiting.filter((row) => row.id !== id) }
}

/** A row that lies beyond what is shown belongs to a page that nobody has asked for yet. */
function stretchOf({ rows, isBeginning, isEnd }: Talk): (row: ChatRow) => boolean {
  const [first, last] = [rows.at(0)?.place ?? null, rows.at(-1)?.place ?? null]
  return ({ place }) => {
    if (place === null) return false
    if (first === null || last === null) return isBeginning && isEnd
    return (isBeginning || place >= first) && (isEnd || place <= last)
  }
}

function merged(rows: readonly ChatRow[], more: readonly ChatRow[]): readonly ChatRow[] {
  const last = rows.at(-1)
  const [first] = more
  if (first === undefined) return rows
  // Nearly always: what is new stands below everything.
  if (last === undefined || byPlace(last, first) < 0) return [...rows, ...more]
  return [...rows, ...more].sort(byPlace)
}

function byPlace(one: ChatRow, other: ChatRow): number {
  const [first, second] = [one.place ?? '', other.place ?? '']
  return first < second ? -1 : Number(first > second)
}
