import { sha256 } from '@noble/hashes/sha2.js'

/** Up to this a file is read whole: for thousands of small ones a stream each would cost more than the hashing. */
export const wholeFileBytesMax = 1024 * 1024

export interface HashTurn {
  /** Called after each piece; the next one is not read before it answers. false: leave it. */
  afterPiece(bytesDone: number): boolean | Promise<boolean>
}

/** Lower-case hex; null: it was left. Holds one piece of the file at a time, however large the file is. */
export async function hashFile(file: Blob, turn: HashTurn): Promise<string | null> {
  const hash = sha256.create()
  let bytesDone = 0
  const take = (piece: Uint8Array): boolean | Promise<boolean> => {
    hash.update(piece)
    bytesDone += piece.length
    return turn.afterPiece(bytesDone)
  }
  if (file.size <= wholeFileBytesMax) {
    const goesOn = await take(new Uint8Array(await file.arrayBuffer()))
    return goesOn ? hex(hash.digest()) : null
  }
  const reader = file.stream().getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return hex(hash.digest())
    if (await take(value)) continue
    await reader.cancel()
    return null
  }
}

export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}
