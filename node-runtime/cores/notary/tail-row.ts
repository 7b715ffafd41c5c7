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
  #count: number
  #added: Uint8Array[] = []
  #addedCount = 0

  constructor(parts: TailRowParts) {
    this.#parts = parts
    this.#count = parts.count
  }

  get count(): number {
    return this.#count
  }

  /** `before`: what stands before it. */
  add(item: Uint8Array, before: Uint8Array | null = null): void {
    if (before !== null) this.#added.push(before)
    this.#added.push(item)
    this.#addedCount += 1
    this.#count += 1
    if (this.#count % this.#parts.perRow === 0) this.finish()
  }

  /** Writes what was added. */
  finish(): void {
    if (this.#added.length === 0) return
    const { state, space, perRow, keyOf = rowKey } = this.#parts
    const first = this.#count - this.#addedCount
    const key = keyOf(Math.floor(first / perRow))
    const before = first % perRow === 0 ? null : state.get(space, key)
    state.put(space, key, joined(before === null ? this.#added : [before, ...this.#added]))
    this.#added = []
    this.#addedCount = 0
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
