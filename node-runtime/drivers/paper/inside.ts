import { inflateSync } from 'node:zlib'
import { pdfLimits, pdfStreams, textAmong } from '#kit/pdf-streams'

const firstLine = 'c2sp.org/tlog-proof@v1'

export function receiptInside(pdf: Uint8Array): string | null {
  const contents = pdfStreams(pdf).flatMap(({ bytes, isDeflated }) => {
    const content = isDeflated ? inflated(bytes) : bytes
    return content === null ? [] : [content]
  })
  return textAmong(contents, firstLine)
}

function inflated(bytes: Uint8Array): Uint8Array | null {
  try {
    return inflateSync(bytes, { maxOutputLength: pdfLimits.contentBytesMax })
  } catch {
    // Damaged or too long: whichever it is, it is not what is looked for.
    return null
  }
}
