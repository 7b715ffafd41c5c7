import { assert } from '#kit/assert'
import {
  type Store,
  StoreFailure,
  type StoreRow,
  type StoreTx,
  type StoreView,
  spacePattern,
  storeLimits,
} from '#ports/store'
import { type RowKey, type Rows, rowKey, type VirtualDisk } from './virtual-disk.ts'

type Changes = Map<RowKey, Uint8Array | null>

/** The store of one life of a node, on a disk that outlives it. */
export class VirtualStore implements Store {
  readonly #disk: VirtualDisk
  readonly #view: StoreView
  #isOpen = true
  #isBusy = false

  constructor(disk: VirtualDisk) {
    this.#disk = disk
    this.#view = new RowsView(disk.rows, null)
  }

  transaction<T>(work: (tx: StoreTx) => T): T {
    assert(this.#isOpen, 'the store is open')
    assert(!this.#isBusy, 'one transaction at a time')
    this.#isBusy = true
    try {
      const changes: Changes = new Map()
      const result = work(new Transaction(this.#disk.rows, changes))
      assert(!(result instanceof Promise), 'a transaction is straight-line code')
      if (changes.size === 0) return result
      if (this.#disk.isFull) throw new StoreFailure('disk-full', 'the virtual disk is full')
      this.#disk.write(changes)
      return result
    } finally {
      this.#isBusy = false
    }
  }

  view(): StoreView {
    assert(this.#isOpen, 'the store is open')
    return this.#view
  }

  close(): void {
    this.#isOpen = false
  }
}

class RowsView implements StoreView {
  readonly #rows: Rows
  readonly #changes: Changes | null

  constructor(rows: Rows, changes: Changes | null) {
    this.#rows = rows
    this.#changes = changes
  }

  get(space: string, key: string): Uint8Array | null {
    checkNames(space, key)
    const row = rowKey(space, key)
    const value = this.#changes?.get(row)
    // Bytes are copied both ways: a disk does not notice what a program does to its own memory.
    return (value === undefined ? this.#rows.get(row) : value)?.slice() ?? null
  }

  scan(space: string, range: { readonly from?: string; readonly limit?: number } = {}): readonly StoreRow[] {
    checkNames(space, range.from ?? '')
    const prefix = rowKey(space, '')
    const keys = new Set([...this.#rows.keys(), ...(this.#changes?.keys() ?? [])])
    const names = [...keys].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
    const rows: StoreRow[] = []
    for (const key of names.filter((name) => name >= (range.from ?? '')).sort(byCodeUnits)) {
      if (rows.length === range.limit) break
      const value = this.get(space, key)
      if (value !== null) rows.push({ key, value })
    }
    return rows
  }
}

class Transaction extends RowsView implements StoreTx {
  readonly #changes: Changes

  constructor(rows: Rows, changes: Changes) {
    super(rows, changes)
    this.#changes = changes
  }

  put(space: string, key: string, value: Uint8Array): void {
    checkNames(space, key)
    assert(value.length <= storeLimits.valueBytesMax, `value of ${value.length} bytes`)
    this.#changes.set(rowKey(space, key), value.slice())
  }

  delete(space: string, key: string): void {
    checkNames(space, key)
    this.#changes.set(rowKey(space, key), null)
  }
}

function checkNames(space: string, key: string): void {
  assert(spacePattern.test(space), `space: ${space}`)
  assert(key.length <= storeLimits.keyCharsMax, `key of ${key.length} characters`)
}

function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
