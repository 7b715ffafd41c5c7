import { assert } from '#kit/assert'
import {
  type ScanRange,
  type Store,
  StoreFailure,
  type StoreRange,
  type StoreRow,
  type StoreTx,
  type StoreView,
  spacePattern,
  storeLimits,
} from '#ports/store'
import { SortedRows } from './sorted-rows.ts'
import type { Change, VirtualDisk } from './virtual-disk.ts'

/** What a transaction makes of the rows of one space; null: it is gone. */
type SpaceChanges = SortedRows<Uint8Array | null>
type Changes = Map<string, SpaceChanges>

/**
 * The store of one life of a node, on a disk that outlives it. Where the real one refuses to be opened, because its mark
 * counts more than it holds, this one refuses to be used.
 */
export class VirtualStore implements Store {
  readonly #disk: VirtualDisk
  readonly #view: StoreView
  readonly #isDamaged: boolean
  #isOpen = true
  #isBusy = false

  constructor(disk: VirtualDisk) {
    this.#disk = disk
    this.#isDamaged = disk.isDamaged
    this.#view = new RowsView(disk, new Map())
  }

  transaction<T>(work: (tx: StoreTx) => T): T {
    this.#assertUsable()
    assert(!this.#isBusy, 'one transaction at a time')
    this.#isBusy = true
    try {
      const changes: Changes = new Map()
      const result = work(new Transaction(this.#disk, changes))
      assert(!(result instanceof Promise), 'a transaction is straight-line code')
      if (changes.size === 0) return result
      if (this.#disk.isFull) throw new StoreFailure('disk-full', 'the virtual disk is full')
      this.#disk.write(listed(changes))
      return result
    } finally {
      this.#isBusy = false
    }
  }

  view(): StoreView {
    this.#assertUsable()
    return this.#view
  }

  close(): void {
    this.#isOpen = false
  }

  #assertUsable(): void {
    assert(this.#isOpen, 'the store is open')
    if (this.#isDamaged) throw new StoreFailure('store-damaged', 'the virtual disk has lost what it had promised')
  }
}

class RowsView implements StoreView {
  readonly #disk: VirtualDisk
  readonly #changes: Changes

  constructor(disk: VirtualDisk, changes: Changes) {
    this.#disk = disk
    this.#changes = changes
  }

  get(space: string, key: string): Uint8Array | null {
    checkNames(space, key)
    const changed = this.#changes.get(space)?.get(key)
    // Bytes are copied both ways: a disk does not notice what a program does to its own memory.
    return (changed === undefined ? this.#disk.read(space, key) : changed)?.slice() ?? null
  }

  scan(space: string, range: ScanRange = {}): readonly StoreRow[] {
    const rows: StoreRow[] = []
    for (const key of this.keysIn(space, range)) {
      const value = this.get(space, key)
      if (value !== null) rows.push({ key, value })
    }
    return rows
  }

  /** Keys of rows that are there, on the disk or by this transaction. */
  protected keysIn(space: string, range: ScanRange): readonly string[] {
    checkNames(space, range.from ?? '')
    checkNames(space, range.before ?? '')
    const changes = this.#changes.get(space)
    const kept = this.#disk.rows(space).keysIn(range)
    const keys: string[] = []
    const limit = range.limit ?? Number.POSITIVE_INFINITY
    for (const key of changes === undefined ? kept : merged(kept, changes.keysIn(range), range)) {
      if (keys.length >= limit) break
      if (changes?.get(key) !== null) keys.push(key)
    }
    return keys
  }
}

class Transaction extends RowsView implements StoreTx {
  readonly #changes: Changes

  constructor(disk: VirtualDisk, changes: Changes) {
    super(disk, changes)
    this.#changes = changes
  }

  put(space: string, key: string, value: Uint8Array): void {
    checkNames(space, key)
    assert(value.length <= storeLimits.valueBytesMax, `value of ${value.length} bytes`)
    this.#change(space, key, value.slice())
  }

  delete(space: string, key: string): void {
    checkNames(space, key)
    this.#change(space, key, null)
  }

  deleteRange(space: string, range: StoreRange): number {
    const keys = this.keysIn(space, range)
    for (const key of keys) this.#change(space, key, null)
    return keys.length
  }

  #change(space: string, key: string, value: Uint8Array | null): void {
    const known = this.#changes.get(space)
    const changes: SpaceChanges = known ?? new SortedRows()
    if (known === undefined) this.#changes.set(space, changes)
    changes.set(key, value)
  }
}

/** Two rising (or falling) runs of keys as one, each key once. */
function* merged(left: Generator<string>, right: Generator<string>, { isBackward }: ScanRange): Generator<string> {
  const isFirst = (key: string, other: string): boolean => (isBackward === true ? key > other : key < other)
  let fromLeft = left.next()
  let fromRight = right.next()
  while (fromLeft.done !== true || fromRight.done !== true) {
    const isLeft = fromRight.done === true || (fromLeft.done !== true && isFirst(fromLeft.value, fromRight.value))
    const isBoth = fromLeft.done !== true && fromRight.done !== true && fromLeft.value === fromRight.value
    const key = isLeft ? fromLeft.value : fromRight.value
    if (isLeft || isBoth) fromLeft = left.next()
    if (!isLeft) fromRight = right.next()
    yield key
  }
}

function listed(changes: Changes): readonly Change[] {
  const list: Change[] = []
  for (const [space, rows] of changes) {
    for (const key of rows.keysIn({})) list.push({ space, key, value: rows.get(key) ?? null })
  }
  return list
}

function checkNames(space: string, key: string): void {
  assert(spacePattern.test(space), `space: ${space}`)
  assert(key.length <= storeLimits.keyCharsMax, `key of ${key.length} characters`)
}
