import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { ok, type Result } from '#kit/result'
import type { Queries } from '#ports/queries'
import type { Store } from '#ports/store'
import { Disk, type DiskFaults } from './disk.ts'
import { examine } from './examine.ts'
import { latestVersion, migrate } from './migrations.ts'
import { Rows } from './rows.ts'
import { toStoreFailure } from './sqlite-failures.ts'
import { StoreFile } from './store-file.ts'
import { TableQueries } from './table-queries.ts'

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
      return ok(serve(database, options, examined.value === 'absent'))
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

function serve(database: Database.Database, options: StoreOptions, isNew: boolean): SqliteStore {
  configure(database, options)
  migrate(database)
  // SQLite does not promise that a file it has just made is found again after a power cut.
  if (isNew) syncFolder(dirname(options.path))
  const rows = new Rows(database)
  const disk = new Disk()
  const file = new StoreFile({ database, rows, disk, path: options.path })
  return {
    transaction: (work) => file.transaction(work),
    view: () => file.view(),
    close: () => file.close(),
    queries: new TableQueries(rows, file.counts, options.secretSpaces ?? []),
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
  if (options.pagesMax !== undefined) database.pragma(`max_page_count = ${options.pagesMax}`)
}

/** A node that loses its whole folder in a power cut has forgotten its vote, so new folders are synced as well. */
function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true })
  if (first === undefined) return
  const above = dirname(first)
  for (let made = folder; made !== above; made = dirname(made)) syncFolder(dirname(made))
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // a folder cannot be opened there, and NTFS journals its names
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
