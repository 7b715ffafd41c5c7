import { inflateSync } from 'node:zlib'
import { receiptFirstLine } from '#cores/notary/receipt/receipt'
import { pdfLimits, textInPdf } from '#kit/pdf-streams'

/** The receipt that a certificate has attached. null: there is none, or more than one. */
export function receiptInPdf(pdf: Uint8Array): string | null {
  return textInPdf(pdf, receiptFirstLine, (bytes) => inflateSync(bytes, { maxOutputLength: pdfLimits.contentBytesMax }))
}
