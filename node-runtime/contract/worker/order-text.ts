import { encodeText } from '#kit/bytes'

/** What may stand beside a document. The desk counts letters, the notary bytes. */
export const orderTextLimits = {
  titleCharsMax: 200,
  titleBytesMax: 400,
  registrantCharsMax: 100,
  registrantBytesMax: 200,
} as const

/** A name of a file may hold what a line of text must not; and what is too long loses its middle, never its ending. */
export function fittingTitle(name: string): string {
  const { titleCharsMax, titleBytesMax } = orderTextLimits
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  const line = name.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()
  if (fits(line, titleCharsMax, titleBytesMax)) return line
  const letters = [...line]
  for (let kept = titleCharsMax - 1; ; kept -= 1) {
    const end = Math.floor(kept / 2)
    const shorter = `${letters.slice(0, kept - end).join('')}…${letters.slice(-end).join('')}`
    if (fits(shorter, titleCharsMax, titleBytesMax)) return shorter
  }
}

export function isFittingRegistrant(name: string): boolean {
  return fits(name, orderTextLimits.registrantCharsMax, orderTextLimits.registrantBytesMax)
}

function fits(text: string, charsMax: number, bytesMax: number): boolean {
  return text.length <= charsMax && encodeText(text).length <= bytesMax
}
