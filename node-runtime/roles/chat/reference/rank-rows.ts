import { ByteReader, ByteWriter } from '#kit/bytes'
import { type Store, StoreFailure } from '#ports/store'
import type { RankRow } from './ranks.ts'

const space = 'rank'

/** Names and ranks on the disk of the reference, a row each, by rank. */
export class RankRows {
  readonly #store: Store
  #canWrite = true

  constructor(store: Store) {
    this.#store = store
  }

  get canWrite(): boolean {
    return this.#canWrite
  }

  restore(): readonly RankRow[] {
    return this.#store
      .view()
      .scan(space)
      .map(({ key, value }) => decoded(key, value))
  }

  /** False: the disk takes nothing now, and nothing has changed on it. Any other trouble ends the process. */
  keep(rows: readonly RankRow[]): boolean {
    try {
      this.#store.transaction((tx) => {
        if (rows.length === 0) tx.put('node', 'probe', new Uint8Array(1))
        for (const row of rows) tx.put(space, String(row.rank).padStart(rankDigits, '0'), encoded(row))
      })
      this.#canWrite = true
    } catch (error) {
      if (!(error instanceof StoreFailure && (error.code === 'disk-full' || error.code === 'no-permission')))
        throw error
      this.#canWrite = false
    }
    return this.#canWrite
  }
}

const rankDigits = 10

function encoded({ name, rank, lastBeatMs, isHere }: RankRow): Uint8Array {
  return new ByteWriter(64)
    .text(name)
    .number(rank)
    .number(lastBeatMs)
    .byte(isHere ? 1 : 0)
    .done()
}

function decoded(key: string, value: Uint8Array): RankRow {
  const reader = new ByteReader(value)
  const row = { name: reader.text(), rank: reader.count(), lastBeatMs: reader.count(), isHere: reader.boolean() }
  if (!reader.isDone) throw new StoreFailure('store-damaged', `the rank at ${key} is none`)
  return row
}
