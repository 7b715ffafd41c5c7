import { fromBase64, toBase64 } from '#kit/base64'
import type { NotaryRecord } from '../messages.ts'
import { decimal } from './decimal.ts'
import { encodeLeaf, leafBytesMax } from './leaf.ts'
import { hashBytes, pathHashesMax } from './merkle.ts'
import { noteLimits, parseNote, type SignedNote } from './signed-note.ts'

/** A `tlog-proof@v1` of C2SP, taken apart. */
export interface Receipt {
  readonly leaf: Uint8Array
  readonly index: number
  /** From leaf to root. */
  readonly hashes: readonly Uint8Array[]
  readonly note: SignedNote
}

/** What a reader takes. */
export const receiptCharsMax = noteLimits.charsMax

export const receiptFirstLine = 'c2sp.org/tlog-proof@v1'

/** `note`: the checkpoint with its signatures, as a peer keeps it. */
export function formatReceipt({ record, hashes, note }: ReceiptParts): string {
  const lines = [
    receiptFirstLine,
    `extra ${toBase64(encodeLeaf(record))}`,
    `index ${record.index}`,
    ...hashes.map(toBase64),
  ]
  return `${lines.join('\n')}\n\n${note}`
}

export interface ReceiptParts {
  readonly record: NotaryRecord
  readonly hashes: readonly Uint8Array[]
  readonly note: string
}

/** null: not the one way to write a receipt. */
export function parseReceipt(receipt: string): Receipt | null {
  if (receipt.length > receiptCharsMax) return null
  const end = receipt.indexOf('\n\n')
  if (end === -1) return null
  const [first, extraLine = '', indexLine = '', ...hashLines] = receipt.slice(0, end).split('\n')
  const leaf = extraLine.startsWith('extra ') ? fromBase64(extraLine.slice('extra '.length)) : null
  const index = indexLine.startsWith('index ') ? decimal(indexLine.slice('index '.length)) : null
  const hashes = parseHashes(hashLines)
  const note = parseNote(receipt.slice(end + 2))
  if (first !== receiptFirstLine || leaf === null || index === null || hashes === null || note === null) return null
  return leaf.length > leafBytesMax ? null : { leaf, index, hashes, note }
}

function parseHashes(lines: readonly string[]): readonly Uint8Array[] | null {
  if (lines.length > pathHashesMax) return null
  const hashes: Uint8Array[] = []
  for (const line of lines) {
    const hash = fromBase64(line)
    if (hash?.length !== hashBytes) return null
    hashes.push(hash)
  }
  return hashes
}
