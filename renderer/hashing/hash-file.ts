import type { PiecesAhead } from './pieces-ahead.ts'

/** One hash at a time; it begins anew with each file. */
export interface FileHash {
  init(): unknown
  update(piece: Uint8Array): unknown
  /** Lower-case hex. */
  digest(): string
}

export interface HashTurn {
  /** Called after each piece; the next one is not hashed before it answers. false: leave it. */
  afterPiece(bytesDone: number): boolean | Promise<boolean>
}

/** Lower-case hex; null: it was left. Holds a few pieces of the file at a time, however large the file is. */
export async function hashFile(hash: FileHash, pieces: PiecesAhead, turn: HashTurn): Promise<string | null> {
  hash.init()
  let bytesDone = 0
  for (;;) {
    const piece = await pieces.next()
    if (piece === null) return hash.digest()
    hash.update(piece)
    bytesDone += piece.length
    if (!(await turn.afterPiece(bytesDone))) return null
  }
}
