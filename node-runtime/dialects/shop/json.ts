import { asciiJson } from '#kit/ascii-json'

export { asciiJson as textJson }

/** Money as the original tells it: a Python float of the whole unit. */
export function moneyJson(cents: number): string {
  const text = String(cents / 100)
  return text.includes('.') ? text : `${text}.0`
}

/** Universal time without a zone, to the microsecond; ours is known to the millisecond. */
export function timeJson(atMs: number | null): string {
  return atMs === null ? 'null' : `"${new Date(atMs).toISOString().slice(0, -1)}000"`
}

export function maybeText(text: string | null): string {
  return text === null ? 'null' : asciiJson(text)
}
