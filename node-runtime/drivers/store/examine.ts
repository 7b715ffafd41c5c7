import { constants, copyFileSync, existsSync, linkSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import type { FailureCode } from '#kit/failures'
import { fail, ok, type Result } from '#kit/result'
import { applicationId } from './migrations.ts'

const examinationPrefix = '.examine-'

/**
 * Reads a store without touching it: even opening a damaged file in place would let SQLite fold the log into it, and
 * with that destroy what a rescue could still have used. The main file is borrowed by a hard link under another name
 * and opened read-only; the log, which is small, is copied beside it. A disk without room for that refuses the open.
 */
export function examine(path: string, latestVersion: number): Result<'absent' | 'sound'> {
  const folder = dirname(path)
  removeLeftExaminations(folder)
  const mainBytes = sizeOf(path)
  const logBytes = sizeOf(`${path}-wal`)
  // Without its main file a log is useless, and SQLite would silently begin a new store over it.
  if (mainBytes === 0 && logBytes > 0)
    return fail('store-damaged', `${path}: its log is there, the store itself is not`)
  if (mainBytes === 0) return ok('absent')

  const place = mkdtempSync(join(folder, examinationPrefix))
  try {
    return examineCopy(borrow(path, place), { path, latestVersion })
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

function borrow(path: string, place: string): { readonly copy: string; readonly isReadOnly: boolean } {
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

function examineCopy(
  borrowed: { readonly copy: string; readonly isReadOnly: boolean },
  about: { readonly path: string; readonly latestVersion: number },
): Result<'absent' | 'sound'> {
  const database = new Database(borrowed.copy, { readonly: borrowed.isReadOnly, fileMustExist: true })
  const refuse = (code: FailureCode, why: string) => fail(code, `${about.path}: ${why}`)
  try {
    const owner = Number(database.pragma('application_id', { simple: true }))
    const version = Number(database.pragma('user_version', { simple: true }))
    const objects = Number(database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get())
    // A crash during the very first open leaves a file with nothing in it; that is ours to begin again.
    if (owner === 0 && version === 0 && objects === 0) return ok('absent')
    if (owner !== applicationId) return refuse('store-damaged', 'a database, but not of this program')
    if (version > about.latestVersion) {
      return refuse('store-newer', `written by a newer version (${version}; this one knows ${about.latestVersion})`)
    }
    const verdict = String(database.pragma('quick_check(1)', { simple: true }))
    return verdict === 'ok' ? ok('sound') : refuse('store-damaged', verdict)
  } finally {
    database.close()
  }
}

/** A kill during an examination leaves its folder behind. */
function removeLeftExaminations(folder: string): void {
  for (const name of readdirSync(folder))
    if (name.startsWith(examinationPrefix)) rmSync(join(folder, name), { recursive: true, force: true })
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
