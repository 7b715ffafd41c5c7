import { ByteWriter } from '#kit/bytes'
import type { StateTx } from '#kit/state-machine'
import { rowKey } from './rows.ts'

interface TailRowParts {
  readonly state: StateTx
  readonly space: string
  /** The key of a row. */
  readonly keyOf?: (row: number) => string
  readonly perRow: number
  /** How many items there are so far. */
  readonly count: number
}

/** Appends items to rows of so many each. A row is read once and written once, however many items come. */
export class TailRow {
  readonly #parts: TailRowParts
  readonly #added = new ByteWriter()
  #count: number
  #addedCount = 0

  constructor(parts: TailRowParts) {
    this.#parts = parts
    this.#count = parts.count
  }

  get count(): number {
    return this.#count
  }

  /** Where an item is written, to be followed by `added`. */
  get writer(): ByteWriter {
    return this.#added
  }

  added(): void {
    this.#addedCount += 1
    this.#count += 1
    if (this.#count % this.#parts.perRow === 0) this.finish()
  }

  /** Writes what was added. */
  finish(): void {
    if (this.#addedCount === 0) return
    const { state, space, perRow, keyOf = rowKey } = this.#parts
    const first = this.#count - this.#addedCount
    const key = keyOf(Math.floor(first / perRow))
    const before = first % perRow === 0 ? null : state.get(space, key)
    state.put(space, key, joined(before, this.#added.written()))
    this.#added.clear()
    this.#addedCount = 0
  }
}

function joined(before: Uint8Array | null, added: Uint8Array): Uint8Array {
  if (before === null) return added.slice()
  const bytes = new Uint8Array(before.length + added.length)
  bytes.set(before)
  bytes.set(added, before.length)
  return bytes
}
