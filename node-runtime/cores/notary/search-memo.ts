import type { StateView } from '#kit/state-machine'
import { type Head, rowKey, spaces } from './rows.ts'
import type { StoredRecords } from './stored-records.ts'

/** About a million and a half records; what does not fit is read from the state each time. */
const bytesMax = 64 * 1024 * 1024

/**
 * Search rows that were read before. A row is never written twice, so it holds for as long as the chain goes on: the
 * block hash of one record speaks for all before it.
 */
export class SearchMemo {
  #rows = new Map<number, Uint8Array>()
  #bytes = 0
  #of: Pick<Head, 'size' | 'hash'> | null = null

  /** To be asked before rows are: forgets what belongs to another chain. */
  follow(head: Head, stored: StoredRecords): void {
    if (this.#of !== null && !isContinued(this.#of, head, stored)) {
      this.#rows = new Map()
      this.#bytes = 0
    }
    this.#of = head
  }

  /** null: it is not written yet. */
  row(state: StateView, number: number): Uint8Array | null {
    const known = this.#rows.get(number)
    if (known !== undefined) return known
    const row = state.get(spaces.search, rowKey(number))
    if (row !== null && this.#bytes + row.length <= bytesMax) {
      this.#rows.set(number, row)
      this.#bytes += row.length
    }
    return row
  }
}

function isContinued({ size, hash }: Pick<Head, 'size' | 'hash'>, head: Head, stored: StoredRecords): boolean {
  if (size === head.size) return hash === head.hash
  return size < head.size && stored.record(size - 1)?.hash === hash
}
