import type { KeptBytes } from './own-bytes.ts'

export type RowValue = Uint8Array | null

/**
 * Rows as they are on the disk, in memory because they were used lately. Bounded by throwing the older half away: a
 * row that is used again moves to the younger half.
 */
export class RecentRows {
  readonly #bytesMax: number
  readonly #kept: KeptBytes
  #young = new Map<string, Map<string, RowValue>>()
  #old = new Map<string, Map<string, RowValue>>()
  #youngBytes = 0

  constructor(bytesMax: number, kept: KeptBytes) {
    this.#kept = kept
    this.#bytesMax = bytesMax
  }

  /** undefined: not known. null: known not to be there. */
  get(space: string, key: string): RowValue | undefined {
    const young = this.#young.get(space)?.get(key)
    if (young !== undefined) return young
    const old = this.#old.get(space)?.get(key)
    if (old === undefined) return old
    // Else it would keep all that lies beside it.
    const value = old === null ? null : this.#kept.keep(old)
    this.put(space, key, value)
    return value
  }

  put(space: string, key: string, value: RowValue): void {
    rowsOf(this.#young, space).set(key, value)
    this.#youngBytes += weightOf(key, value)
    if (this.#youngBytes <= this.#bytesMax / 2) return
    this.#old = this.#young
    this.#young = new Map()
    this.#youngBytes = 0
  }
}

/** About what a row takes in memory beside its value. */
const rowOverheadBytes = 200

export function weightOf(key: string, value: RowValue): number {
  return rowOverheadBytes + key.length + (value?.length ?? 0)
}

export function rowsOf<Value>(spaces: Map<string, Map<string, Value>>, space: string): Map<string, Value> {
  const known = spaces.get(space)
  if (known !== undefined) return known
  const rows = new Map<string, Value>()
  spaces.set(space, rows)
  return rows
}
