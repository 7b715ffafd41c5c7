import type { StateView } from '#kit/state-machine'
import { type Head, perSearchRow, rowKey, spaces } from './rows.ts'
import type { StoredRecords } from './stored-records.ts'

/** Of the words of about a million and a half records, and of the grams of four; what does not fit is read from the state each time. */
const wordsBytesMax = 64 * 1024 * 1024
const gramsBytesMax = 32 * 1024 * 1024

/**
 * Read together. To find one large row a store reads others that stand near it as well, three times what it then gives;
 * rows in order cost no more than themselves, and push nothing out of what the state remembers.
 */
const rowsPerScan = 16

/**
 * Search rows that were read before. A row is never written twice, so it holds for as long as the chain goes on: the
 * block hash of one record speaks for all before it.
 */
export class SearchMemo {
  #words = new RowsRead(spaces.search, wordsBytesMax)
  #grams = new RowsRead(spaces.grams, gramsBytesMax)
  #of: Pick<Head, 'size' | 'hash'> | null = null

  /** To be asked before rows are: forgets what belongs to another chain. */
  follow(head: Head, stored: StoredRecords): void {
    if (this.#of !== null && !isContinued(this.#of, head, stored)) {
      this.#words = new RowsRead(spaces.search, wordsBytesMax)
      this.#grams = new RowsRead(spaces.grams, gramsBytesMax)
    }
    this.#of = head
  }

  /** null: it is not written yet. `isSought`: whether whoever asks will want this one too. */
  row(state: StateView, number: number, isSought: (number: number) => boolean): Uint8Array | null {
    return this.#isSealed(number) ? this.#words.row(state, number, isSought) : null
  }

  /** null: the row was written before there were any, or is not written yet. */
  grams(state: StateView, number: number): Uint8Array | null {
    return this.#isSealed(number) ? this.#grams.row(state, number, () => true) : null
  }

  #isSealed(number: number): boolean {
    return (number + 1) * perSearchRow <= (this.#of?.size ?? 0)
  }
}

class RowsRead {
  readonly #space: string
  readonly #bytesMax: number
  readonly #rows = new Map<number, Uint8Array | null>()
  #bytes = 0
  /** What was read last, whether there was room for it or not. */
  #read: ReadonlyMap<number, Uint8Array | null> = new Map()

  constructor(space: string, bytesMax: number) {
    this.#space = space
    this.#bytesMax = bytesMax
  }

  row(state: StateView, number: number, isSought: (number: number) => boolean): Uint8Array | null {
    const known = this.#rows.get(number) ?? this.#read.get(number)
    if (known !== undefined) return known
    this.#read = this.#scan(state, number, isSought)
    for (const [at, row] of this.#read) {
      const bytes = row?.length ?? 0
      if (this.#bytes + bytes > this.#bytesMax) break
      this.#rows.set(at, row)
      this.#bytes += bytes
    }
    return this.#read.get(number) ?? null
  }

  /** That row, and those before it that are not known: a search goes on to them. */
  #scan(
    state: StateView,
    number: number,
    isSought: (number: number) => boolean,
  ): ReadonlyMap<number, Uint8Array | null> {
    let from = number
    while (from > 0 && number - from < rowsPerScan - 1 && !this.#rows.has(from - 1) && isSought(from - 1)) from -= 1
    const numbers = Array.from({ length: number - from + 1 }, (_, at) => from + at)
    const rows = state.scan(this.#space, { from: rowKey(from), limit: numbers.length })
    const found = new Map(rows.map(({ key, value }) => [Number(key), value]))
    // That one is not there is known of it as well.
    return new Map(numbers.map((at) => [at, found.get(at) ?? null]))
  }
}

function isContinued({ size, hash }: Pick<Head, 'size' | 'hash'>, head: Head, stored: StoredRecords): boolean {
  if (size === head.size) return hash === head.hash
  return size < head.size && stored.record(size - 1)?.hash === hash
}
