/** Bytes that came and were not taken yet. Pieces are joined once, when enough is there. */
export class Arrived {
  #pieces: Buffer[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  add(piece: Buffer): void {
    this.#pieces.push(piece)
    this.#length += piece.length
  }

  /** null: not so many yet. They stay. */
  peek(count: number): Buffer | null {
    if (this.#length < count) return null
    const first = this.#pieces[0]
    if (first !== undefined && first.length >= count) return first.subarray(0, count)
    const all = Buffer.concat(this.#pieces)
    this.#pieces = [all]
    return all.subarray(0, count)
  }

  take(count: number): Buffer | null {
    const taken = this.peek(count)
    const first = this.#pieces[0]
    if (taken === null || first === undefined) return taken
    this.#length -= count
    if (first.length === count) this.#pieces.shift()
    else this.#pieces[0] = first.subarray(count)
    return taken
  }
}
