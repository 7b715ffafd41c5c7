import type { StateView } from '#kit/state-machine'
import { type Finger, fingersIn } from './fingers.ts'
import { perFingerRow, rowKey } from './rows.ts'

interface FingerRows {
  readonly view: StateView
  readonly space: string
  readonly count: number
}

/** Walks along the fingers as the records are walked along. Made anew for each slice, it finds its place by halves. */
export class FingerTrail {
  readonly #rows: FingerRows
  #at: number
  #row = -1
  #fingers: readonly Finger[] = []

  constructor(rows: FingerRows, fromRecord: number) {
    this.#rows = rows
    let [low, high] = [0, rows.count]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if ((this.#finger(middle)?.index ?? 0) < fromRecord) low = middle + 1
      else high = middle
    }
    this.#at = low
  }

  /** And nothing stands after the end: the rows are read whole when the tables are made. */
  get isAtEnd(): boolean {
    return this.#at >= this.#rows.count && this.#finger(this.#rows.count) === null
  }

  /** The finger of this record, which is left behind; null: the next one is another's. */
  take(index: number): Finger | null {
    const finger = this.#at < this.#rows.count ? this.#finger(this.#at) : null
    if (finger === null || finger.index !== index) return null
    this.#at += 1
    return finger
  }

  #finger(at: number): Finger | null {
    const row = Math.floor(at / perFingerRow)
    if (row !== this.#row) {
      const bytes = this.#rows.view.get(this.#rows.space, rowKey(row))
      this.#fingers = bytes === null ? [] : fingersIn(bytes)
      this.#row = row
    }
    return this.#fingers[at % perFingerRow] ?? null
  }
}
