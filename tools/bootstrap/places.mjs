/** Where set-up keeps things: `.runtime/` belongs to this clone, the cache folder to the user and to every clone. */

import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const runtimeDir = join(root, '.runtime')

/**
 * @param {string} platform
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} home
 * @returns {string}
 */
export function cacheDirFor(platform, env, home) {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'colmeia')
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'colmeia', 'Cache')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'colmeia')
  return join(home, '.cache', 'colmeia')
}

/** @returns {string} */
export function cacheDir() {
  return cacheDirFor(process.platform, process.env, homedir())
}

/**
 * @param {string} file
 * @returns {any} null when the file is absent or damaged: both mean that the work it notes is to be done again
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/**
 * Written beside and renamed, so that a reader in another process never meets half a file.
 *
 * @param {string} file
 * @param {string} text
 * @returns {void}
 */
export function writeWhole(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${randomBytes(4).toString('hex')}`
  writeFileSync(draft, text)
  renameSync(draft, file)
}

/** What a person should read instead of a stack: set-up stops, and nothing is wrong with the code. */
export class SetupProblem extends Error {}
