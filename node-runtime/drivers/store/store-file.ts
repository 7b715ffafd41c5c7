import type { Database, Statement } from 'better-sqlite3'
import { assert } from '#kit/assert'
import { StoreFailure, type StoreTx, type StoreView } from '#ports/store'
import type { Disk } from './disk.ts'
import { Folding } from './folding.ts'
import { readLife } from './life.ts'
import type { MarkFile } from './mark.ts'
import type { Rows } from './rows.ts'
import { toStoreFailure } from './sqlite-failures.ts'

interface StoreParts {
  readonly database: Database
  readonly rows: Rows
  readonly disk: Disk
  readonly mark: MarkFile
  readonly path: string
}

/**
 * Transactions over one open file.
 *
 * 1. What `transaction` returned from is synced; what it threw from left no trace.
 * 2. After an input/output error nothing is believed any more: every later use throws the same failure.
 * 3. The mark never counts a transaction that is not synced, and a transaction that it does not count has not returned.
 * 4. `counts` always says how many rows each space has committed, so that showing a table never reads all of it.
 */
export class StoreFile {
  readonly #parts: StoreParts
  readonly #begin: Statement
  readonly #commit: Statement
  readonly #rollback: Statement
  readonly #setNumber: Statement<[number]>
  readonly #folding: Folding
  readonly #counts: Map<string, number>
  /** Of the last durable transaction. */
  #number: number
  #broken: StoreFailure | null = null
  #isInTransaction = false
  #isClosed = false

  constructor(parts: StoreParts) {
    this.#parts = parts
    this.#begin = parts.database.prepare('BEGIN')
    this.#commit = parts.database.prepare('COMMIT')
    this.#rollback = parts.database.prepare('ROLLBACK')
    this.#setNumber = parts.database.prepare('UPDATE store_life SET number = ?')
    this.#folding = new Folding(parts.database, parts.mark)
    this.#counts = parts.rows.countBySpace()
    this.#number = readLife(parts.database)?.number ?? 0
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts
  }

  transaction<T>(work: (tx: StoreTx) => T): T {
    this.#assertUsable()
    this.#isInTransaction = true
    const growth = new Map<string, number>()
    const { tx, end } = openTx(this.#parts.rows, growth)
    try {
      this.#begin.run()
      const result = work(tx)
      assert(!isPromise(result), 'the work of a transaction must not wait: it would be committed half done')
      if (growth.size > 0) {
        this.#parts.disk.beforeCommit()
        this.#setNumber.run(this.#number + 1)
      }
      this.#commit.run()
      if (growth.size > 0) this.#committed(growth)
      return result
    } catch (error) {
      // SQLite has already rolled back by itself when the disk was full.
      if (this.#parts.database.inTransaction) this.#rollback.run()
      throw this.#judged(error)
    } finally {
      end()
      this.#isInTransaction = false
    }
  }

  view(): StoreView {
    return {
      get: (space, key) => this.#read((rows) => rows.get(space, key)),
      scan: (space, range) => this.#read((rows) => rows.scan(space, range)),
    }
  }

  /**
   * What stands beside the rows and can be made from them anew: neither number nor mark counts it, so a tail of it may be
   * lost in a power cut without anybody's harm.
   */
  writeBeside(work: () => void): void {
    this.#assertUsable()
    this.#isInTransaction = true
    try {
      this.#begin.run()
      work()
      this.#parts.disk.beforeCommit()
      this.#commit.run()
      this.#afterwards(() => this.#folding.foldIfLong())
    } catch (error) {
      if (this.#parts.database.inTransaction) this.#rollback.run()
      throw this.#judged(error)
    } finally {
      this.#isInTransaction = false
    }
  }

  beside<T>(look: () => T): T {
    return this.#read(look)
  }

  close(): void {
    if (this.#isClosed) return
    assert(!this.#isInTransaction, 'a store is not closed in mid-transaction')
    this.#isClosed = true
    if (this.#broken === null) this.#afterwards(() => this.#folding.fold())
    this.#parts.database.close()
    this.#parts.mark.close()
  }

  #committed(growth: ReadonlyMap<string, number>): void {
    this.#number += 1
    for (const [space, by] of growth) this.#counts.set(space, (this.#counts.get(space) ?? 0) + by)
    this.#afterwards(() => {
      this.#parts.mark.write({ number: this.#number })
      this.#folding.foldIfLong()
    })
  }

  /** What fails here fails after the promise was kept: this transaction is durable, and the next one gets the failure. */
  #afterwards(work: () => void): void {
    try {
      work()
    } catch (error) {
      const failure = this.#judged(error)
      // A mark that stays behind is no danger, and a log that stays long is folded when there is room.
      if (!(failure instanceof StoreFailure)) throw failure
      if (failure.code !== 'disk-full') this.#broken = failure
    }
  }

  #read<T>(look: (rows: Rows) => T): T {
    this.#assertUsable()
    try {
      return look(this.#parts.rows)
    } catch (error) {
      throw this.#judged(error)
    }
  }

  #assertUsable(): void {
    assert(!this.#isClosed, 'the store is closed')
    assert(!this.#isInTransaction, 'one transaction at a time, and inside it only its own tx is read')
    if (this.#broken !== null) throw this.#broken
  }

  #judged(error: unknown): unknown {
    if (error instanceof StoreFailure) return error
    const failure = toStoreFailure(error, this.#parts.path)
    if (failure?.code === 'store-damaged') this.#broken = failure
    return failure ?? error
  }
}

/** The tx of one transaction. It is dead afterwards: a kept one would write outside of any transaction. */
function openTx(rows: Rows, growth: Map<string, number>): { readonly tx: StoreTx; readonly end: () => void } {
  let isOpen = true
  const live = (): Rows => {
    assert(isOpen, 'a tx is used after its transaction')
    return rows
  }
  const grow = (space: string, by: number): void => {
    growth.set(space, (growth.get(space) ?? 0) + by)
  }
  return {
    tx: {
      get: (space, key) => live().get(space, key),
      scan: (space, range) => live().scan(space, range),
      put: (space, key, value) => grow(space, live().put(space, key, value)),
      delete: (space, key) => grow(space, live().delete(space, key)),
      deleteRange: (space, range) => {
        const removed = live().deleteRange(space, range)
        if (removed > 0) grow(space, -removed)
        return removed
      },
    },
    end: () => {
      isOpen = false
    },
  }
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value
}
