import { sha256 } from '@noble/hashes/sha2.js'

/** About ten milliseconds of work, after which the page answers again. */
const pieceBytes = 1024 * 1024

export interface Hashing {
  /** From 0 to 1. */
  readonly onShare: (share: number) => void
  readonly isWanted: () => boolean
}

/** SHA-256 of a file of any size; null: nobody wants it any more. Rejects when the file cannot be read. */
export async function hashFile(file: Blob, { onShare, isWanted }: Hashing): Promise<Uint8Array | null> {
  const hash = sha256.create()
  for (let at = 0; at < file.size; at += pieceBytes) {
    hash.update(new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer()))
    if (!isWanted()) return null
    onShare(Math.min(1, (at + pieceBytes) / file.size))
  }
  return hash.digest()
}
