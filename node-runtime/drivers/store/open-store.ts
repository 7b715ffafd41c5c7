import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { assert } from '#kit/assert'
import { ok, type Result } from '#kit/result'
import type { Queries } from '#ports/queries'
import type { Store } from '#ports/store'
import type { TextIndex } from '#ports/text-index'
import { makeFolder, syncFolder } from '../folders.ts'
import { Disk, type DiskFaults } from './disk.ts'
import { type Examined, examine } from './examine.ts'
import { readLife } from './life.ts'
import { MarkFile, markPath } from './mark.ts'
import { latestVersion, migrate } from './migrations.ts'
import { Rows } from './rows.ts'
import { setAsideCount } from './set-aside.ts'
import { toStoreFailure } from './sqlite-failures.ts'
import { StoreFile } from './store-file.ts'
import { TableQueries } from './table-queries.ts'
import { SqliteTextIndex } from './text-index.ts'
import { cacheKilobytes, logBytesKept } from './tuning.ts'

export interface StoreOptions {
  /** The one file of the node; its folder is made when it is not there. */
  readonly path: string
  /** Spaces whose values never leave the process through `queries`. Their keys do: a key is no place for a secret. */
  readonly secretSpaces?: readonly string[]
  /** How large the file may grow, in pages of 4 KiB. Past that: `disk-full`. Default: as far as the disk goes. */
  readonly pagesMax?: number
}

export interface SqliteStore extends Store {
  readonly queries: Queries
  /** In the same file, and gone with it. */
  readonly texts: TextIndex
  /** How many stores of this node were damaged and set aside. A node that begins anew after one is not who it was. */
  readonly setAsideCount: number
  setDisk(faults: DiskFaults): void
}

/** A process that is being replaced may hold the file for a moment longer; then it is in use by another lab. */
const waitForFileMs = 500

/**
 * Opens or begins a store. Refuses with `store-damaged`, `store-newer`, `no-permission`, `disk-full` or `lab-in-use`,
 * and has written nothing to the file then.
 */
export function openStore(options: StoreOptions): Result<SqliteStore> {
  const { path } = options
  try {
    makeFolder(dirname(path))
    const examined = examine(path, latestVersion())
    if (!examined.ok) return examined
    const database = new Database(path, { timeout: waitForFileMs })
    try {
      return ok(serve(database, options, examined.value))
    } catch (error) {
      database.close()
      throw error
    }
  } catch (error) {
    const failure = toStoreFailure(error, path)
    if (failure === null) throw error
    return { ok: false, failure: { code: failure.code, message: failure.message } }
  }
}

function serve(database: Database.Database, options: StoreOptions, { isNew, isMarked }: Examined): SqliteStore {
  configure(database, options)
  // The mark first: a store without one is a store that lost it.
  const mark = isMarked ? MarkFile.open(markPath(options.path)) : MarkFile.begin(markPath(options.path))
  try {
    migrate(database)
    // SQLite does not promise that a file it has just made is found again after a power cut.
    if (isNew) syncFolder(dirname(options.path))
    if (!isMarked) beBorn(database, mark)
    return storeOf(database, options, mark)
  } catch (error) {
    mark.close()
    throw error
  }
}

/** The first transaction of a life is its birth. From here on the mark says that there is something to lose. */
function beBorn(database: Database.Database, mark: MarkFile): void {
  database.exec('UPDATE store_life SET number = number + 1')
  const life = readLife(database)
  assert(life !== null, 'a store has a life once it is migrated')
  mark.write({ ...life })
  mark.sync()
}

function storeOf(database: Database.Database, options: StoreOptions, mark: MarkFile): SqliteStore {
  const rows = new Rows(database)
  const disk = new Disk()
  const file = new StoreFile({ database, rows, disk, mark, path: options.path })
  return {
    transaction: (work) => file.transaction(work),
    view: () => file.view(),
    close: () => file.close(),
    queries: new TableQueries(rows, file.counts, options.secretSpaces ?? []),
    texts: new SqliteTextIndex(database, file),
    setAsideCount: setAsideCount(options.path),
    setDisk: (faults) => disk.set(faults),
  }
}

function configure(database: Database.Database, options: StoreOptions): void {
  // Exclusive first: then the log needs no shared memory file, and a second process is refused instead of let in.
  database.pragma('locking_mode = EXCLUSIVE')
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  if (process.platform === 'darwin') {
    // There fsync only reaches the drive's own cache.
    database.pragma('fullfsync = 1')
    database.pragma('checkpoint_fullfsync = 1')
  }
  database.pragma(`cache_size = -${cacheKilobytes}`)
  database.pragma(`journal_size_limit = ${logBytesKept}`)
  // The store folds by itself, because its mark must be told before and after.
  database.pragma('wal_autocheckpoint = 0')
  if (options.pagesMax !== undefined) database.pragma(`max_page_count = ${options.pagesMax}`)
}
