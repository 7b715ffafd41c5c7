import { receiptFirstLine } from '#cores/notary/receipt/receipt'
import { tidied } from '#cores/notary/receipt/tidied'
import { decodeText } from '#kit/bytes'
import { pdfLimits, pdfStreams, textAmong } from '#kit/pdf-streams'

export const fileLimits = {
  /** A certificate has about twenty thousand; what other programs add is less than this. */
  pdfBytesMax: 8 * 1024 * 1024,
  /** Receipts and policies are shorter by far. */
  textBytesMax: 64 * 1024,
} as const

/** What a file says by itself of what it is. A certificate is given as the receipt in it. */
export type Recognised =
  | { readonly kind: 'receipt'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'other' }

/** Throws nothing for what a file holds; a file that cannot be read rejects. */
export async function recognise(file: Blob): Promise<Recognised> {
  const head = decodeText(new Uint8Array(await file.slice(0, 5).arrayBuffer()))
  if (head === '%PDF-') {
    if (file.size > fileLimits.pdfBytesMax) return { kind: 'other' }
    const text = await receiptInside(new Uint8Array(await file.arrayBuffer()))
    return text === null ? { kind: 'other' } : { kind: 'receipt', text }
  }
  if (file.size > fileLimits.textBytesMax) return { kind: 'other' }
  const decoded = decodeText(new Uint8Array(await file.arrayBuffer()))
  if (decoded === null) return { kind: 'other' }
  const text = tidied(decoded)
  return { kind: text.startsWith(receiptFirstLine) ? 'receipt' : 'text', text }
}

export async function receiptInside(pdf: Uint8Array): Promise<string | null> {
  const contents: Uint8Array[] = []
  for (const { bytes, isDeflated } of pdfStreams(pdf)) {
    const content = isDeflated ? await inflated(bytes) : bytes
    if (content !== null) contents.push(content)
  }
  return textAmong(contents, receiptFirstLine)
}

/** The browser's own. It complains of what stands behind the end, after it has given what stands before. */
async function inflated(bytes: Uint8Array): Promise<Uint8Array | null> {
  const content = new Uint8Array(pdfLimits.contentBytesMax)
  let length = 0
  // A copy of its own buffer, which is what a Blob takes.
  const reader = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new DecompressionStream('deflate')).getReader()
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (length + piece.value.length > content.length) return null
      content.set(piece.value, length)
      length += piece.value.length
    }
  } catch {
    // Damaged, or only followed by a line end: the text that is looked for knows itself, and its signatures judge it.
  }
  return content.subarray(0, length)
}
