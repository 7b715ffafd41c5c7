import type { ChatGap, ChatRow } from '#contract/worker/chat-calls'

/** What stands above a message, in the margin of the conversation. */
export type Above =
  | { readonly kind: 'day'; readonly atMs: number }
  | { readonly kind: 'gap'; readonly gap: ChatGap }
  | { readonly kind: 'unread' }

export interface TalkLine {
  readonly row: ChatRow
  /** What it stands below, for saying why; null: nothing is shown above it. */
  readonly upper: ChatRow | null
  readonly above: readonly Above[]
  /** Its author and time are said; otherwise it goes on under those of the message above. */
  readonly isHead: boolean
}

interface Shown {
  readonly rows: readonly ChatRow[]
  readonly waiting: readonly ChatRow[]
  readonly isEnd: boolean
  readonly gaps: readonly ChatGap[]
  readonly unreadFrom: string | null
}

/** The same author goes on under one head for so long. */
const sameHeadMs = 5 * 60_000

export function linesOf({ rows, waiting, isEnd, gaps, unreadFrom }: Shown): readonly TalkLine[] {
  const lines: TalkLine[] = []
  // As they were found out; a clock that was set back in between would let one hide the next.
  const inOrder = [...gaps].sort((one, other) => one.fromWallMs - other.fromWallMs)
  let gapAt = 0
  let upper: ChatRow | null = null
  let day = { fromMs: 0, toMs: 0 }
  // What waits stands below everything, and so nowhere while the end is not shown.
  for (const row of isEnd ? [...rows, ...waiting] : rows) {
    const above: Above[] = []
    if (row.atMs < day.fromMs || row.atMs >= day.toMs) {
      above.push({ kind: 'day', atMs: row.atMs })
      day = dayOf(row.atMs)
    }
    for (let gap = inOrder[gapAt]; gap !== undefined && gap.fromWallMs <= row.atMs; gap = inOrder[gapAt]) {
      gapAt += 1
      // A gap from before all that is shown belongs to messages further above.
      if (upper !== null) above.push({ kind: 'gap', gap })
    }
    if (row.place !== null && row.place === unreadFrom) above.push({ kind: 'unread' })
    lines.push({ row, upper, above, isHead: above.length > 0 || upper === null || !goesOn(upper, row) })
    upper = row
  }
  return lines
}

/** Gaps after which nothing has been said here: they stand below the last message. */
export function gapsBelow(lines: readonly TalkLine[], gaps: readonly ChatGap[]): readonly ChatGap[] {
  // What waits has its time by another clock than what is in the log, so the last is not always the latest.
  const latestMs = lines.reduce((latest, { row }) => Math.max(latest, row.atMs), 0)
  return lines.length === 0 ? [] : gaps.filter(({ fromWallMs }) => fromWallMs > latestMs)
}

/** Tells what stands above one message apart. */
export function nameOf(above: Above): string {
  return above.kind === 'gap' ? `gap ${above.gap.fromWallMs}` : above.kind
}

function goesOn(upper: ChatRow, row: ChatRow): boolean {
  const isSame = upper.author === row.author && upper.through === row.through
  return isSame && row.replyTo === null && Math.abs(row.atMs - upper.atMs) < sameHeadMs
}

/** Days begin at midnight where the reader sits, and some have 23 or 25 hours. */
function dayOf(atMs: number): { readonly fromMs: number; readonly toMs: number } {
  const from = new Date(atMs)
  from.setHours(0, 0, 0, 0)
  const to = new Date(from)
  to.setDate(to.getDate() + 1)
  return { fromMs: from.getTime(), toMs: to.getTime() }
}
