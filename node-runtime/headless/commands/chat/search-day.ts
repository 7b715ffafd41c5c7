/** Where the day that `before:` names begins by the clock of whoever sits here; null: no day is named. The last one counts. */
export function searchDay(text: string): number | null {
  const [year, month, day] =
    [...text.matchAll(/(?<!\S)before:(\d{4})-(\d{2})-(\d{2})(?!\S)/gi)].at(-1)?.slice(1).map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return null
  const begins = new Date(year, month - 1, day)
  return begins.getMonth() === month - 1 && begins.getDate() === day ? begins.getTime() : null
}
