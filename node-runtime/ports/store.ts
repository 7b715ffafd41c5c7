import type { FailureCode } from '#kit/failures'

/** Where a node keeps what must survive. Keys are texts in named spaces; values are bytes with a checksum of their own. */
export interface StoreView {
  get(space: string, key: string): Uint8Array | null
  /** In order of keys, by code units; backward when asked, so that a limit of one finds the last row. */
  scan(space: string, range?: ScanRange): readonly StoreRow[]
}

/** Keys of one space. What is left out does not bound. */
export interface StoreRange {
  /** The lowest key that belongs to it. */
  readonly from?: string
  /** The lowest key that is above it. */
  readonly before?: string
  /** No more rows than this, taken from the end where the work begins. */
  readonly limit?: number
}

export interface ScanRange extends StoreRange {
  readonly isBackward?: boolean
}

export interface StoreRow {
  readonly key: string
  readonly value: Uint8Array
}

export interface StoreTx extends StoreView {
  put(space: string, key: string, value: Uint8Array): void
  delete(space: string, key: string): void
  /**
   * Removes rows from the lowest key on, unread, and gives back how many there were. Fewer than the limit: none is
   * left. A long range is removed in several transactions, each with a limit, so that none of them lasts.
   */
  deleteRange(space: string, range: StoreRange): number
}

/**
 * One synchronous transaction at a time; all of it or none. When `transaction` returns it is on the disk.
 * A transaction that cannot be written throws StoreFailure and has changed nothing; one whose work throws throws the
 * same and has changed nothing. Reading a row that is not as it was written throws StoreFailure `store-damaged`.
 * A transaction that wrote nothing costs no disk access.
 */
export interface Store {
  transaction<T>(work: (tx: StoreTx) => T): T
  /** What is committed. Inside a transaction its `tx` is read instead. */
  view(): StoreView
  close(): void
}

/**
 * The one thing that a store throws for reasons that are nobody's bug. A transaction is straight-line code; a Result
 * that somebody forgot to read would let a message out whose promise is not on the disk.
 */
export class StoreFailure extends Error {
  override name = 'StoreFailure'
  readonly code: FailureCode

  constructor(code: FailureCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Ours to keep: past a limit is a bug of the caller, who must have checked what came from outside. */
export const storeLimits = {
  keyCharsMax: 1_024,
  valueBytesMax: 64 * 1024 * 1024,
} as const

export const spacePattern = /^[a-z][a-z0-9-]{0,30}$/
