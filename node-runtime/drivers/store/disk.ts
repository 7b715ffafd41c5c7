import { StoreFailure } from '#ports/store'

/** What the faults slow-disk and full-disk do to this store. */
export interface DiskFaults {
  readonly slowMs: number
  readonly isFull: boolean
}

/** Stands between a transaction and its commit. */
export class Disk {
  #faults: DiskFaults = { slowMs: 0, isFull: false }
  readonly #sleeper = new Int32Array(new SharedArrayBuffer(4))

  set(faults: DiskFaults): void {
    this.#faults = faults
  }

  /** A slow disk holds the whole node up, as a real one does: the write is synchronous. */
  beforeCommit(): void {
    if (this.#faults.isFull) throw new StoreFailure('disk-full', 'the disk is full (by a fault)')
    if (this.#faults.slowMs > 0) Atomics.wait(this.#sleeper, 0, 0, this.#faults.slowMs)
  }
}
