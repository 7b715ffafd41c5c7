/** Where a node keeps what must survive. Keys are texts in named spaces; values are bytes with a checksum of their own. */
export interface StoreView {
  get(space: string, key: string): Uint8Array | null
  /** In order of keys, by code units. */
  scan(space: string, range?: { readonly from?: string; readonly limit?: number }): readonly StoreRow[]
}

export interface StoreRow {
  readonly key: string
  readonly value: Uint8Array
}

export interface StoreTx extends StoreView {
  put(space: string, key: string, value: Uint8Array): void
  delete(space: string, key: string): void
}

/**
 * One synchronous transaction at a time; all of it or none. When `transaction` returns it is on the disk.
 * A transaction that cannot be written throws StoreFailure and has changed nothing.
 */
export interface Store {
  transaction<T>(work: (tx: StoreTx) => T): T
  view(): StoreView
  close(): void
}
