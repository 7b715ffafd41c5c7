/** What others write must not move the cursor, colour the screen or turn the line round. */
export function plain(text: string): string {
  return text.replaceAll(/\r?\n/g, '\n      ').replaceAll(/[\p{Bidi_Control}\u007f-\u009f]|(?!\n)\p{Cc}/gu, '·')
}

export function timeOf(atMs: number): string {
  const at = new Date(atMs)
  const two = (part: number): string => String(part).padStart(2, '0')
  return Number.isNaN(at.getTime()) ? '--:--' : `${two(at.getHours())}:${two(at.getMinutes())}`
}
