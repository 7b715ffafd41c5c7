import Database from 'better-sqlite3'
import type { FailureCode } from '#kit/failures'
import { StoreFailure } from '#ports/store'
import { systemFailure } from '../system-failures.ts'

/** What SQLite and the file system say, in our codes. null: not a matter of disk or file, so a bug, and it stays thrown. */
export function toStoreFailure(error: unknown, path: string): StoreFailure | null {
  if (error instanceof StoreFailure) return error
  const code = codeOf(error)
  if (code === null) return null
  return new StoreFailure(code, `${path}: ${error instanceof Error ? error.message : String(error)}`)
}

function codeOf(error: unknown): FailureCode | null {
  if (error instanceof Database.SqliteError) return sqliteCode(error.code)
  return systemFailure(error)
}

function sqliteCode(code: string): FailureCode | null {
  if (code === 'SQLITE_FULL') return 'disk-full'
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/.test(code)) return 'no-permission'
  // Another process holds the file: the same lab is open twice.
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'lab-in-use'
  // An input/output error leaves unknown what is on the disk; the file must be read anew before it is trusted again.
  if (/^SQLITE_(CORRUPT|NOTADB|IOERR|FORMAT)/.test(code)) return 'store-damaged'
  return null
}
