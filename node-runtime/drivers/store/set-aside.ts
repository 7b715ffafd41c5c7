import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { ok, type Result } from '#kit/result'
import { syncFolder } from '../folders.ts'
import { toStoreFailure } from './sqlite-failures.ts'

/** As evidence. Each is as large as the store was. */
const setsKeptMax = 2

/**
 * The files of a store. The main file goes first and the mark last: whatever is left by a kill in between is refused as
 * damaged, so that it is set aside again and nobody takes it for a store that never was.
 */
const endings = ['', '-journal', '-wal', '-shm', '-mark'] as const

/**
 * Puts a damaged store out of the way, under `<path>.damaged-<n>`, so that its node can begin anew and the evidence is
 * kept. Nobody may have it open. Doing it again does nothing more; where no store is, it does nothing.
 */
export function setAsideStore(path: string): Result<null> {
  try {
    const present = endings.filter((ending) => existsSync(path + ending))
    if (present.length > 0) {
      const number = numberFor(path, present)
      for (const ending of present) renameSync(path + ending, setAsidePath(path, number) + ending)
      syncFolder(dirname(path))
    }
    removeOldest(path)
    return ok(null)
  } catch (error) {
    const failure = toStoreFailure(error, path)
    if (failure === null) throw error
    return { ok: false, failure: { code: failure.code, message: failure.message } }
  }
}

/** Where the one before the present store lies, or an earlier one. */
export function setAsidePath(path: string, number: number): string {
  return `${path}.damaged-${number}`
}

/** How many stores stood at a path before the present one, as far as that can still be seen. */
export function setAsideCount(path: string): number {
  return Math.max(0, ...numbersOf(path))
}

/** What a kill left behind goes where the rest of it is. */
function numberFor(path: string, present: readonly string[]): number {
  const last = setAsideCount(path)
  const isLeftover = !present.includes('') && present.every((ending) => !existsSync(setAsidePath(path, last) + ending))
  return isLeftover && last > 0 ? last : last + 1
}

function removeOldest(path: string): void {
  const numbers = [...numbersOf(path)].sort((left, right) => right - left)
  for (const number of numbers.slice(setsKeptMax)) {
    for (const ending of endings) rmSync(setAsidePath(path, number) + ending, { force: true })
  }
}

function numbersOf(path: string): ReadonlySet<number> {
  const prefix = `${basename(path)}.damaged-`
  const numbers = new Set<number>()
  for (const name of readdirSync(dirname(path))) {
    const number = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN
    if (Number.isSafeInteger(number) && number > 0) numbers.add(number)
  }
  return numbers
}
