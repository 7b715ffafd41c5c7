import { inflateSync } from 'node:zlib'
import { pdfLimits, textInPdf } from '#kit/pdf-streams'

const firstLine = 'c2sp.org/tlog-proof@v1'

export function receiptInside(pdf: Uint8Array): string | null {
  return textInPdf(pdf, firstLine, (bytes) => inflateSync(bytes, { maxOutputLength: pdfLimits.contentBytesMax }))
}
