export function plain(text: string): string {
  return masked(text.replaceAll(/\r?\n/g, '\n      '))
}

/** What others write must not move the cursor, colour the screen or turn the line round. Line breaks stay. */
export function masked(text: string): string {
  return text.replaceAll(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, '·')
}

export function timeOf(atMs: number): string {
  const at = new Date(atMs)
  const two = (part: number): string => String(part).padStart(2, '0')
  return Number.isNaN(at.getTime()) ? '--:--' : `${two(at.getHours())}:${two(at.getMinutes())}`
}
