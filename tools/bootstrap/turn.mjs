/** One at a time in a clone: two set-ups that both run `npm ci`, or two builds, would empty each other's folder. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runtimeDir, SetupProblem } from './places.mjs'
import { say } from './progress.mjs'

const pollMs = 250
const waitMaxMs = 15 * 60_000

/**
 * @template T
 * @param {string} what the turn's name, as in "waiting for another ..."
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inTurn(what, work) {
  const lockFile = join(runtimeDir, `${what}.lock`)
  await takeTurn(what, lockFile)
  const leave = () => rmSync(lockFile, { force: true })
  process.once('exit', leave)
  try {
    return await work()
  } finally {
    process.removeListener('exit', leave)
    leave()
  }
}

/**
 * @param {string} what
 * @param {string} lockFile
 */
async function takeTurn(what, lockFile) {
  mkdirSync(runtimeDir, { recursive: true })
  const startedAt = Date.now()
  let told = false
  while (!tryToTake(lockFile)) {
    const holder = holderOfTurn(lockFile)
    if (holder !== null && !isAlive(holder)) {
      // Its owner was killed in the middle. Every step can be done again, so the lock means nothing now.
      rmSync(lockFile, { force: true })
      continue
    }
    if (Date.now() - startedAt > waitMaxMs) throw new SetupProblem(`Another ${what} has held ${lockFile} for too long.`)
    if (!told) say(`waiting for another ${what} in this folder (process ${holder ?? '?'}) ...`)
    told = true
    await new Promise((resolve) => setTimeout(resolve, pollMs))
  }
}

/**
 * @param {string} lockFile
 * @returns {boolean}
 */
function tryToTake(lockFile) {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  }
}

/**
 * @param {string} lockFile
 * @returns {number | null} null while the holder is just writing its number, or has just left
 */
function holderOfTurn(lockFile) {
  try {
    return Number.parseInt(readFileSync(lockFile, 'utf8'), 10) || null
  } catch {
    return null
  }
}

/**
 * @param {number} pid
 * @returns {boolean}
 */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, under another user.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
