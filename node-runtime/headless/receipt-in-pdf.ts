import { inflateSync } from 'node:zlib'
import { receiptFirstLine } from '#cores/notary/receipt/receipt'
import { pdfLimits, pdfStreams, textAmong } from '#kit/pdf-streams'

/** The receipt that a certificate has attached. null: there is none, or more than one. */
export function receiptInPdf(pdf: Uint8Array): string | null {
  const contents = pdfStreams(pdf).flatMap(({ bytes, isDeflated }) => (isDeflated ? inflated(bytes) : [bytes]))
  return textAmong(contents, receiptFirstLine)
}

function inflated(bytes: Uint8Array): readonly Uint8Array[] {
  try {
    return [inflateSync(bytes, { maxOutputLength: pdfLimits.contentBytesMax })]
  } catch {
    // Damaged or too long: whichever it is, it is not what is looked for.
    return []
  }
}
