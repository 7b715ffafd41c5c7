export const pieceLimits = {
  /** A browser hands files over by messages, and few large ones cost less than many small ones. */
  bytes: 16 * 1024 * 1024,
  /** Read while an earlier one is hashed: reading takes as long as hashing, and waits for somebody else. */
  ahead: 2,
} as const

/** A file in pieces, in order, some of them on their way before anybody asks. */
export class PiecesAhead {
  readonly #file: Blob
  readonly #coming: Promise<ArrayBuffer>[] = []
  #at = 0

  constructor(file: Blob) {
    this.#file = file
    this.#ask()
  }

  /** null: that was all of it. Refuses when the file cannot be read any more, or has changed since it was chosen. */
  async next(): Promise<Uint8Array | null> {
    const piece = this.#coming.shift()
    if (piece === undefined) return null
    this.#ask()
    return new Uint8Array(await piece)
  }

  #ask(): void {
    while (this.#at < this.#file.size && this.#coming.length <= pieceLimits.ahead) {
      const piece = this.#file.slice(this.#at, this.#at + pieceLimits.bytes).arrayBuffer()
      // Whoever waits for it hears of it. A refusal that nobody waits for any more is no news.
      piece.catch(() => undefined)
      this.#coming.push(piece)
      this.#at += pieceLimits.bytes
    }
  }
}
