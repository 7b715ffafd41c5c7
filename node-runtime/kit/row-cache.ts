import type { StateTx, StateView } from './state-machine.ts'

/** How rows of one space are put into bytes and taken out of them. */
export interface RowKind<Row> {
  readonly space: string
  encode(row: Row): Uint8Array
  decode(bytes: Uint8Array): Row
}

export function readRow<Row>(state: StateView, kind: RowKind<Row>, key: string): Row | null {
  const bytes = state.get(kind.space, key)
  return bytes === null ? null : kind.decode(bytes)
}

/** Rows of one space as one command sees them: read once, written once, however often they change in between. */
export class RowCache<Row> {
  readonly #state: StateTx
  readonly #kind: RowKind<Row>
  readonly #rows = new Map<string, Row | null>()
  readonly #changed = new Set<string>()

  constructor(state: StateTx, kind: RowKind<Row>) {
    this.#state = state
    this.#kind = kind
  }

  get(key: string): Row | null {
    const known = this.#rows.get(key)
    if (known !== undefined) return known
    const row = readRow(this.#state, this.#kind, key)
    this.#rows.set(key, row)
    return row
  }

  /** null: there is to be none. */
  set(key: string, row: Row | null): void {
    this.#rows.set(key, row)
    this.#changed.add(key)
  }

  /** What has changed goes into the state. */
  write(): void {
    const { space } = this.#kind
    for (const key of this.#changed) {
      const row = this.#rows.get(key) ?? null
      if (row === null) this.#state.delete(space, key)
      else this.#state.put(space, key, this.#kind.encode(row))
    }
    this.#changed.clear()
  }
}
