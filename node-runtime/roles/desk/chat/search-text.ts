import type { ChatSearchPage } from '#contract/worker/chat-calls'

const msOfDay = 86_400_000

/** A name with a blank in it stands in quotes; the last of them may be left out. */
const pieces = /(?:(from|in|before):)?(?:"([^"]*)"?|(\S+))/giu

/** `from:ana in:"sala um" before:2026-05-01 the rest`: words, and what they are to be looked for among. */
export function readSearch(text: string, dayMs: number | null): ChatSearchPage['asked'] {
  const words: string[] = []
  const asked: { from: string | null; in: string | null; beforeMs: number | null } = {
    from: null,
    in: null,
    beforeMs: null,
  }
  for (const [, filter = '', quoted, bare = ''] of text.matchAll(pieces)) {
    const key = filter.toLowerCase()
    const value = (quoted ?? bare).trim()
    const beforeMs = key === 'before' ? dayIn(value) : null
    if (key === '' || value === '' || (key === 'before' && beforeMs === null))
      words.push(filter === '' ? value : `${filter}:${value}`)
    else if (beforeMs !== null) asked.beforeMs = dayMs ?? beforeMs
    else if (key === 'from') asked.from = value.replace(/^@/, '')
    else asked.in = value.replace(/^#/, '')
  }
  return { words: words.join(' '), ...asked }
}

/** Midnight of a day by Greenwich. null: no day. */
function dayIn(text: string): number | null {
  const [whole, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number)
  if (whole === undefined || year === undefined || month === undefined || day === undefined) return null
  if (month < 1 || month > 12 || day < 1) return null
  const days = daysFrom1970(year, month, day)
  const nextMonth = month === 12 ? daysFrom1970(year + 1, 1, 1) : daysFrom1970(year, month + 1, 1)
  return days < nextMonth ? days * msOfDay : null
}

/** Counted in years that begin in March, so that the day that is not always there comes last. */
function daysFrom1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const monthFromMarch = (month + 9) % 12
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  const daysBefore = 365 * marchYear + leapDays + Math.floor((153 * monthFromMarch + 2) / 5) + day - 1
  return daysBefore - 719_468
}
