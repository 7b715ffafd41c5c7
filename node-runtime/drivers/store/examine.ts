import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import type { FailureCode } from '#kit/failures'
import { fail, ok, type Result } from '#kit/result'
import { readLife } from './life.ts'
import { type Found, lostTail } from './lost-tail.ts'
import { type MarkState, markPath, readMark } from './mark.ts'
import { applicationId } from './migrations.ts'
import { cacheKilobytes } from './tuning.ts'

const examinationPrefix = '.examine-'

/** What stands at a path, and nothing of it is damaged. */
export interface Examined {
  readonly isNew: boolean
  /** false: a mark has to be begun. */
  readonly isMarked: boolean
}

/**
 * Reads a store without touching it: even opening a damaged file in place would let SQLite fold the log into it, and
 * with that destroy what a rescue could still have used. The main file is borrowed by a hard link under another name
 * and opened read-only; the log, which is small, is copied beside it. A disk without room for that refuses the open.
 */
export function examine(path: string, latestVersion: number): Result<Examined> {
  removeLeftExaminations(dirname(path))
  const damaged = (why: string) => fail('store-damaged', `${path}: ${why}`)
  const hasMark = existsSync(markPath(path))
  const mark = hasMark ? readMark(markPath(path)) : null
  if (hasMark && mark === null) return damaged('its mark cannot be read')
  const found = look(path, { latestVersion, mark })
  if (!found.ok) return found
  const lost = found.value === null ? lostTail(null, mark) : null
  if (lost !== null) return damaged(lost)
  return ok({ isNew: found.value === null, isMarked: mark !== null && mark.number > 0 })
}

interface Expected {
  readonly latestVersion: number
  readonly mark: MarkState | null
}

/** null: no store is there. */
function look(path: string, expected: Expected): Result<Found | null> {
  const mainBytes = sizeOf(path)
  const logBytes = sizeOf(`${path}-wal`)
  // Without its main file a log is useless, and SQLite would silently begin a new store over it.
  if (mainBytes === 0 && logBytes > 0)
    return fail('store-damaged', `${path}: its write-ahead log is there, the store itself is not`)
  if (mainBytes === 0) return ok(null)

  const place = mkdtempSync(join(dirname(path), examinationPrefix))
  try {
    const borrowed = borrow(path, place)
    // While the log is being folded in, the main file makes no sense without it.
    const isAloneOld = expected.mark !== null && !expected.mark.isFolding
    const folded = logBytes > 0 && isAloneOld ? numberInMainFile(path, place) : null
    return lookInto(borrowed, { ...expected, path, folded })
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

interface Borrowed {
  readonly copy: string
  readonly isReadOnly: boolean
}

function borrow(path: string, place: string): Borrowed {
  const copy = join(place, basename(path))
  const hasJournal = existsSync(`${path}-journal`)
  // A journal is rolled back into the main file before it can be read; that must happen in a true copy.
  if (hasJournal) copyFileSync(path, copy, constants.COPYFILE_FICLONE)
  else linkOrCopy(path, copy)
  for (const ending of ['-wal', '-journal'])
    if (existsSync(path + ending)) copyFileSync(path + ending, copy + ending, constants.COPYFILE_FICLONE)
  return { copy, isReadOnly: !hasJournal }
}

function linkOrCopy(path: string, copy: string): void {
  try {
    linkSync(path, copy)
  } catch {
    // Some file systems have no hard links; a copy costs time and nothing else.
    copyFileSync(path, copy, constants.COPYFILE_FICLONE)
  }
}

function numberInMainFile(path: string, place: string): number {
  const alone = join(place, 'alone.sqlite')
  linkOrCopy(path, alone)
  const database = new Database(alone, { readonly: true, fileMustExist: true })
  try {
    return readLife(database)?.number ?? 0
  } finally {
    database.close()
  }
}

function lookInto(
  borrowed: Borrowed,
  about: Expected & { readonly path: string; readonly folded: number | null },
): Result<Found | null> {
  const database = new Database(borrowed.copy, { readonly: borrowed.isReadOnly, fileMustExist: true })
  const refuse = (code: FailureCode, why: string) => fail(code, `${about.path}: ${why}`)
  let handle: number | null = null
  try {
    database.pragma(`cache_size = -${cacheKilobytes}`)
    const owner = Number(database.pragma('application_id', { simple: true }))
    const version = Number(database.pragma('user_version', { simple: true }))
    const objects = Number(database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get())
    // A crash during the very first open leaves a file with nothing in it; that is ours to begin again.
    if (owner === 0 && version === 0 && objects === 0) return ok(null)
    if (owner !== applicationId) return refuse('store-damaged', 'a database, but not of this program')
    if (version > about.latestVersion) {
      return refuse('store-newer', `written by a newer version (${version}; this one knows ${about.latestVersion})`)
    }
    const found = { life: readLife(database), hasLog: framesInLog(database) > 0, folded: about.folded }
    const lost = lostTail(found, about.mark)
    if (lost !== null) return refuse('store-damaged', lost)
    handle = openSync(borrowed.copy, 'r')
    readThrough(handle)
    const verdict = String(database.pragma('quick_check(1)', { simple: true }))
    return verdict === 'ok' ? ok(found) : refuse('store-damaged', verdict)
  } finally {
    database.close()
    // Last, because a process that closes a file gives up all its locks on it.
    if (handle !== null) closeSync(handle)
  }
}

/**
 * The check goes from page to page, and a cold disk gives them one by one: 5 s for a store of 340 MB, and 0.5 s once it
 * has been read from front to end.
 */
function readThrough(handle: number): void {
  const piece = new Uint8Array(1024 * 1024)
  while (readSync(handle, piece) > 0);
}

function framesInLog(database: Database.Database): number {
  const [{ log }] = database.pragma('wal_checkpoint(NOOP)') as [{ readonly log: number }] // one row, by SQLite's manual
  return log
}

/** A kill during an examination leaves its folder behind. */
function removeLeftExaminations(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(examinationPrefix)) rmSync(join(folder, name), { recursive: true, force: true })
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
