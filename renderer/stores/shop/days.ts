const dayMs = 24 * 60 * 60 * 1_000

/** The day of a moment where this window stands, as a field for dates takes it. */
export function isoDay(wallMs: number, daysLater = 0): string {
  const moment = new Date(wallMs + daysLater * dayMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`
}

/** Noon of a day, to be written out; null: that is no day. */
export function momentOfDay(day: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(day)
  if (found === null) return null
  const moment = new Date(Number(found[1]), Number(found[2]) - 1, Number(found[3]), 12).getTime()
  return Number.isNaN(moment) ? null : moment
}
