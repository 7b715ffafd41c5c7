/** What can be said about letters before any is drawn. */

/** Stands for a letter that the fonts of a certificate do not have. It is itself such a letter, so it is never meant. */
export const missing = '\uFFFD'

export interface Lettering {
  readonly text: string
  /** Letters that `missing` stands for. */
  readonly missing: number
}

/** Composed first: some systems hand out file names with the accents apart, which the fonts cannot put together again. */
export function printable(text: string, letters: ReadonlySet<number>): Lettering {
  let count = 0
  let shown = ''
  for (const letter of text.normalize('NFC')) {
    const isThere = letters.has(letter.codePointAt(0) ?? 0)
    if (!isThere) count += 1
    shown += isThere ? letter : missing
  }
  return { text: shown, missing: count }
}

export interface Lines {
  readonly lines: readonly string[]
  readonly isCut: boolean
}

export interface Column {
  readonly width: number
  readonly linesMax: number
  readonly widthOf: (text: string) => number
}

/** Between words where it can, within a word where it must. */
export function fold(text: string, { width, linesMax, widthOf }: Column): Lines {
  const lines: string[] = []
  let line = ''
  for (const piece of text.split(/(?<= )/).flatMap((word) => shortEnough(word, { width, linesMax, widthOf }))) {
    if (line !== '' && widthOf((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  lines.push(line.trimEnd())
  if (lines.length <= linesMax) return { lines, isCut: false }
  let last = lines[linesMax - 1] ?? ''
  while (last !== '' && widthOf(`${last}…`) > width) last = last.slice(0, -1)
  return { lines: [...lines.slice(0, linesMax - 1), `${last.trimEnd()}…`], isCut: true }
}

/** A word that no line can hold comes in pieces that fill one each. */
function shortEnough(word: string, { width, widthOf }: Column): readonly string[] {
  if (widthOf(word.trimEnd()) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const letter of word) {
    if (piece !== '' && widthOf(piece + letter) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += letter
  }
  return [...pieces, piece]
}
