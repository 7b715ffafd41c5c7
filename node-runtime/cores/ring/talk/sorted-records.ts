import type { RingRecord } from '../messages.ts'
import { comparePlaces, type Place } from './order.ts'

/** A full piece is cut in two, so that putting a record in moves few others, wherever it belongs. */
const pieceSizeMax = 512

/** Records in the order of all, in pieces. */
export class SortedRecords {
  /** None of them is empty. */
  readonly #pieces: RingRecord[][] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  get first(): RingRecord | undefined {
    return this.#pieces[0]?.[0]
  }

  get last(): RingRecord | undefined {
    return this.#pieces.at(-1)?.at(-1)
  }

  /** One that is not here yet. */
  add(record: RingRecord): void {
    this.#size += 1
    const index = Math.min(this.#pieceOf(record), this.#pieces.length - 1)
    const piece = this.#pieces[index]
    if (piece === undefined) {
      this.#pieces.push([record])
      return
    }
    const at = countBefore(piece, record)
    if (at === piece.length) piece.push(record)
    else piece.splice(at, 0, record)
    if (piece.length <= pieceSizeMax) return
    // At the end it goes on growing, so what is behind it begins anew and the pieces before stay full.
    const isEnd = at === piece.length - 1 && index === this.#pieces.length - 1
    this.#pieces.splice(index + 1, 0, piece.splice(isEnd ? pieceSizeMax : pieceSizeMax >>> 1))
  }

  dropFirst(): void {
    const piece = this.#pieces[0]
    if (piece === undefined) return
    piece.shift()
    this.#size -= 1
    if (piece.length === 0) this.#pieces.shift()
  }

  /** Whatever stands before a place, or everything, from the newest on. Not to be changed meanwhile. */
  *newestFirst(before: Place | null): Generator<RingRecord> {
    let index = before === null ? this.#pieces.length - 1 : Math.min(this.#pieceOf(before), this.#pieces.length - 1)
    for (let isFirst = true; index >= 0; index -= 1, isFirst = false) {
      const piece = this.#pieces[index] ?? []
      const end = isFirst && before !== null ? countBefore(piece, before) : piece.length
      for (let at = end - 1; at >= 0; at -= 1) {
        const record = piece[at]
        if (record !== undefined) yield record
      }
    }
  }

  /** The first piece whose last record does not stand before that place. */
  #pieceOf(place: Place): number {
    let low = 0
    let high = this.#pieces.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const last = this.#pieces[middle]?.at(-1)
      if (last !== undefined && comparePlaces(last, place) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

function countBefore(piece: readonly RingRecord[], place: Place): number {
  const last = piece.at(-1)
  if (last !== undefined && comparePlaces(last, place) < 0) return piece.length
  let low = 0
  let high = piece.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const record = piece[middle]
    if (record !== undefined && comparePlaces(record, place) < 0) low = middle + 1
    else high = middle
  }
  return low
}
