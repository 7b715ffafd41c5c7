import { decodeText } from './bytes.ts'

/**
 * Finds a text file inside a PDF. Nothing of the PDF's own order is read: another program that saves it writes that anew,
 * and a damaged one has none. What is looked for knows itself by its first line, so it is enough to look at every stream.
 */
export interface PdfStream {
  /** With what may stand behind a deflated stream's own end. */
  readonly bytes: Uint8Array
  readonly isDeflated: boolean
}

export const pdfLimits = {
  /** A certificate has fewer than thirty; what stands behind the last one that is looked at is not found. */
  streamsMax: 1_000,
  /** A longer content is not what is looked for, and is not inflated any further. */
  contentBytesMax: 64 * 1024,
} as const

/** The one text inside a PDF that begins with this line. `inflate` gives up by an error, on damage or past the limit. */
export function textInPdf(
  pdf: Uint8Array,
  firstLine: string,
  inflate: (bytes: Uint8Array) => Uint8Array,
): string | null {
  const contents = pdfStreams(pdf).flatMap(({ bytes, isDeflated }) => {
    if (!isDeflated) return [bytes]
    try {
      return [inflate(bytes)]
    } catch {
      // Damaged or too long: whichever it is, it is not what is looked for.
      return []
    }
  })
  return textAmong(contents, firstLine)
}

/** Every stream of a file that may be anything. The bytes are views. */
export function pdfStreams(pdf: Uint8Array): readonly PdfStream[] {
  const streams: PdfStream[] = []
  let at = 0
  while (streams.length < pdfLimits.streamsMax) {
    const word = find(pdf, beginning, at)
    if (word === -1) break
    at = word + beginning.length
    const from = afterLineEnd(pdf, at)
    if (from === at) continue // the word in some text; a stream begins on a line of its own
    const to = find(pdf, end, from)
    if (to === -1) break
    at = to + end.length
    const bytes = pdf.subarray(from, to)
    const isDeflated = looksDeflated(bytes)
    if (isDeflated || bytes.length <= pdfLimits.contentBytesMax) streams.push({ bytes, isDeflated })
  }
  return streams
}

/** The one text among the contents that begins with this line; null: there is none, or there are two that differ. */
export function textAmong(contents: readonly Uint8Array[], firstLine: string): string | null {
  const line = marks(`${firstLine}\n`)
  const texts = contents.filter((content) => startsWith(content, line, 0)).map(decodeText)
  const found = new Set(texts.map((text) => (text === null ? null : withOneLineEnd(text))))
  return found.size === 1 ? ([...found][0] ?? null) : null
}

const beginning = marks('stream')
const end = marks('endstream')
const lineFeed = 10
const carriageReturn = 13

function marks(word: string): Uint8Array {
  return Uint8Array.from(word, (letter) => letter.charCodeAt(0))
}

function find(bytes: Uint8Array, word: Uint8Array, from: number): number {
  const first = word[0] ?? 0
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (startsWith(bytes, word, at)) return at
  }
  return -1
}

function startsWith(bytes: Uint8Array, word: Uint8Array, at: number): boolean {
  return word.every((byte, offset) => bytes[at + offset] === byte)
}

function afterLineEnd(bytes: Uint8Array, at: number): number {
  const next = bytes[at] === carriageReturn ? at + 1 : at
  return bytes[next] === lineFeed ? next + 1 : next
}

/** By the two bytes that every zlib stream begins with. */
function looksDeflated(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0
}

/** A content that was not deflated has no end of its own; writers put a line end or none behind it. */
function withOneLineEnd(text: string): string {
  return `${text.replace(/[\r\n]+$/, '')}\n`
}
