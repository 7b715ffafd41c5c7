import { type Entry, joinEntries, splitEntries } from '#cores/raft/entry'
import type { LogEnd, ReadLog } from '#cores/raft/messages'
import { assert } from '#kit/assert'
import type { Store, StoreRow, StoreTx, StoreView } from '#ports/store'
import { plainBytes } from './own-bytes.ts'
import { damaged } from './records.ts'
import { RunIndex } from './run-index.ts'

const space = 'log'

export const logRowsLimits = {
  /** What one row may weigh, unless a single entry is heavier. A truncation rewrites at most one. */
  rowBytesMax: 256 * 1024,
  /** Rows of a log that begins later now go this many at a time, so that no transaction lasts. */
  sweptRowsMax: 64,
  restoredRowsPerPage: 16,
} as const

/** Rows sort by code units, so numbers are filled up. */
export function logKey(index: number): string {
  return String(index).padStart(16, '0')
}

/**
 * The log on the disk. One row is a run: what one transaction appended. Rows below the base are no longer part of the
 * log; they are swept away bit by bit.
 */
export class LogRows {
  readonly #store: Store
  readonly #runs = new RunIndex()
  #base: LogEnd
  #last: number
  #unswept = 0

  constructor(store: Store, base: LogEnd) {
    this.#store = store
    this.#base = base
    this.#last = base.index
  }

  get last(): number {
    return this.#last
  }

  /** The log begins after this. */
  get base(): number {
    return this.#base.index
  }

  get count(): number {
    return this.#last - this.#base.index
  }

  get bytes(): number {
    return this.#runs.bytes
  }

  get isSweepDue(): boolean {
    return this.#unswept > 0
  }

  /** Reads everything, once, right after the log was made. Throws StoreFailure if it is not what was written. */
  restore(): readonly Entry[] {
    const entries: Entry[] = []
    const limit = logRowsLimits.restoredRowsPerPage
    for (let from = ''; ; ) {
      const rows = this.#store.view().scan(space, { from, limit })
      for (const row of rows) {
        for (const entry of this.#restoreRun(row, entries.at(-1) ?? this.#base)) entries.push(entry)
      }
      if (rows.length < limit) return entries
      from = `${rows.at(-1)?.key}\0`
    }
  }

  /** At least one entry, be it larger than the limit. Not inside a transaction. */
  readonly read: ReadLog = (from, limit) => {
    assert(from > this.#base.index && from <= this.#last, `entry ${from} is not in the log`)
    const entries: Entry[] = []
    let bytes = 0
    for (let next = from; next <= this.#last; ) {
      for (const entry of this.#entriesFrom(this.#store.view(), next)) {
        bytes += entry.bytes.length
        if (entries.length > 0 && (entries.length === limit.entries || bytes > limit.bytes)) return entries
        entries.push(entry)
        next = entry.index + 1
      }
    }
    return entries
  }

  /** Replaces everything from the first of these on. */
  append(tx: StoreTx, entries: readonly Entry[]): void {
    const first = entries[0]
    if (first === undefined) return
    assert(first.index > this.#base.index && first.index <= this.#last + 1, `entries from ${first.index} on`)
    if (first.index <= this.#last) this.#cut(tx, first.index)
    let run: Entry[] = []
    let bytes = 0
    for (const entry of entries) {
      if (run.length > 0 && bytes + entry.bytes.length > logRowsLimits.rowBytesMax) {
        this.#putRun(tx, run)
        run = []
        bytes = 0
      }
      run.push(entry)
      bytes += entry.bytes.length
    }
    this.#putRun(tx, run)
    this.#last = first.index + entries.length - 1
  }

  /** The log begins after this now. */
  compact(base: LogEnd): void {
    assert(base.index >= this.#base.index && base.index <= this.#last, `compacted to ${base.index}`)
    this.#base = base
    this.#unswept += this.#runs.dropBelow(base.index + 1)
  }

  /** A snapshot took the place of everything. */
  reset(tx: StoreTx, base: LogEnd): void {
    if (base.index < this.#last) this.#cut(tx, base.index + 1)
    this.#unswept += this.#runs.count
    this.#runs.dropFrom(0)
    this.#base = base
    this.#last = base.index
  }

  sweep(tx: StoreTx): void {
    if (this.#unswept === 0) return
    const kept = this.#runs.runOf(this.#base.index + 1) ?? this.#base.index + 1
    const swept = tx.deleteRange(space, { before: logKey(kept), limit: logRowsLimits.sweptRowsMax })
    this.#unswept = swept < logRowsLimits.sweptRowsMax ? 0 : this.#unswept - swept
  }

  /** The index to compact to so that no more than this is left. */
  indexKeeping(kept: { readonly entries: number; readonly bytes: number }): number {
    const run = this.#runs.runKeeping(kept.bytes) ?? this.#last + 1
    return Math.max(run - 1, this.#last - kept.entries)
  }

  #restoreRun({ key, value }: StoreRow, previous: LogEnd): readonly Entry[] {
    const run = splitEntries(plainBytes(value))
    const first = run?.[0]
    if (run === null || first === undefined || key !== logKey(first.index)) {
      throw damaged(`the entries of the log from ${key} on cannot be read`)
    }
    if (first.index + run.length - 1 <= this.#base.index) {
      this.#unswept += 1
      return []
    }
    const atBase = run[this.#base.index - first.index]
    if (atBase !== undefined && atBase.term !== this.#base.term) throw damaged('the log is not the one of its base')
    const added = run.filter(({ index }) => index > this.#base.index)
    const next = added[0]
    if (next?.index !== previous.index + 1) throw damaged(`the log has no entry ${previous.index + 1}`)
    if (next.term < previous.term) throw damaged(`the log goes back to an older term at entry ${next.index}`)
    this.#runs.add(first.index, value.length)
    this.#last = next.index + added.length - 1
    return added
  }

  #putRun(tx: StoreTx, run: readonly Entry[]): void {
    const first = run[0]
    if (first === undefined) return
    const bytes = joinEntries(run)
    tx.put(space, logKey(first.index), bytes)
    this.#runs.add(first.index, bytes.length)
  }

  /** Removes everything from the index on. */
  #cut(tx: StoreTx, index: number): void {
    const kept = this.#entriesBefore(tx, index)
    tx.deleteRange(space, { from: logKey(kept[0]?.index ?? index) })
    this.#runs.dropFrom(kept[0]?.index ?? index)
    this.#putRun(tx, kept)
  }

  /** Those of the run in which the index lies. */
  #entriesBefore(view: StoreView, index: number): readonly Entry[] {
    return this.#runWith(view, index).filter((entry) => entry.index < index)
  }

  #entriesFrom(view: StoreView, index: number): readonly Entry[] {
    return this.#runWith(view, index).filter((entry) => entry.index >= index)
  }

  #runWith(view: StoreView, index: number): readonly Entry[] {
    const first = this.#runs.runOf(index)
    assert(first !== null, `a run with entry ${index}`)
    const value = view.get(space, logKey(first))
    const run = value === null ? null : splitEntries(plainBytes(value))
    if (run === null) throw damaged(`the entries of the log from ${first} on cannot be read`)
    return run
  }
}
