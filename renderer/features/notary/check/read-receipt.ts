import { deskLimits, type ReceiptSource } from '#contract/worker/desk'
import { base64Of } from '../../../ui/save-file.ts'

const pdfStart = [0x25, 0x50, 0x44, 0x46, 0x2d] // %PDF-

/** A receipt as text, or a certificate that has one inside. A string says why it is neither. */
export async function readReceipt(file: Blob): Promise<ReceiptSource | 'unreadable' | 'notReceipt'> {
  // Base64 makes four letters of three bytes; nothing larger than that could be a certificate of ours.
  if (file.size > (deskLimits.pdfCharsMax / 4) * 3) return 'notReceipt'
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await file.arrayBuffer())
  } catch {
    return 'unreadable' // it was moved, or may not be opened
  }
  if (pdfStart.every((byte, index) => bytes[index] === byte)) return { kind: 'pdf', base64: base64Of(bytes) }
  const text = new TextDecoder().decode(bytes)
  return text.length > deskLimits.receiptCharsMax ? 'notReceipt' : { kind: 'text', text }
}
