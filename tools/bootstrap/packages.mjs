/** `node_modules` as the lock file says, installed only when it is not. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isInstalledAsLocked, lockHash } from './lock-file.mjs'
import { readJson, root, SetupProblem, writeWhole } from './places.mjs'
import { runNpm } from './processes.mjs'
import { startProgress } from './progress.mjs'

const modulesDir = join(root, 'node_modules')
const marker = join(modulesDir, '.colmeia-lock')

/**
 * @param {NodeJS.ProcessEnv} env with the right Node first in PATH
 * @returns {Promise<void>}
 */
export async function ensurePackages(env) {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const hash = lockHash(lockText)
  if (notedHash() === hash) return

  const installed = readJson(join(modulesDir, '.package-lock.json'))
  if (installed === null || !isInstalledAsLocked(JSON.parse(lockText), installed)) await install(env)
  writeWhole(marker, hash)
}

/** @param {NodeJS.ProcessEnv} env */
async function install(env) {
  const progress = startProgress('Fetching packages')
  const { code, output } = await runNpm(['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: root, env })
  if (code === 0) return progress.done()
  progress.failed('npm ci failed')
  throw new SetupProblem(output)
}

/** @returns {string | null} */
function notedHash() {
  try {
    return readFileSync(marker, 'utf8')
  } catch {
    // No note: nothing was installed by us yet, or npm emptied the folder.
    return null
  }
}
