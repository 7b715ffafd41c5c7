/**
 * What Colmeia needs from the system beside npm's packages. Looked for by what is really used (the linker's answer,
 * a program in PATH), so it works on any Linux; installed by apt-get only, elsewhere the names are told.
 *
 * @typedef {import('./command-line.mjs').Need} Need
 * @typedef {'install' | 'ask' | 'explain'} Manners
 */

import { createInterface } from 'node:readline/promises'
import { SetupProblem } from './places.mjs'
import { findProgram, run } from './processes.mjs'
import { say, startProgress } from './progress.mjs'

/** @type {Readonly<Record<Need, readonly string[]>>} */
const debianPackages = {
  electron: ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'],
  display: ['xvfb'],
  strace: ['strace'],
  pdf: ['poppler-utils'],
  namespaces: ['iproute2'],
}

// Debian 13 and Ubuntu 24.04 renamed these when time became 64 bits wide; the old name installs nothing or the wrong thing.
const renamed = new Set(['libgtk-3-0', 'libasound2'])

/**
 * @typedef {object} Request
 * @property {string | null} command
 * @property {readonly Need[]} needs
 * @property {string | null} electronPath
 * @property {boolean} hasDisplay
 * @property {boolean} insists
 */

/**
 * @param {Request} request
 * @returns {Promise<void>}
 */
export async function ensureSystem(request) {
  const missing = await missingNeeds(request)
  if (missing.length === 0) return
  const names = missing.flatMap((need) => debianPackages[need])
  if (findProgram('apt-get') === null)
    return giveUp(request, `Missing on this system: what Debian calls ${names.join(', ')}.`)

  const isRoot = process.getuid?.() === 0
  const manners = mannersFor({
    command: request.command,
    isRoot,
    canBecomeRoot: findProgram('sudo') !== null,
    hasTerminal: process.stdin.isTTY === true && process.stderr.isTTY === true,
    isCi: Boolean(process.env.CI),
  })
  const commandLine = `${isRoot ? '' : 'sudo '}apt-get install -y --no-install-recommends ${names.join(' ')}`
  if (manners === 'explain') return giveUp(request, `System packages are missing. Install them with: ${commandLine}`)
  if (manners === 'ask' && !(await agrees(commandLine))) return giveUp(request, 'Nothing was installed.')
  await install(names, isRoot)

  const stillMissing = await missingNeeds(request)
  if (stillMissing.length > 0) giveUp(request, `Still missing after the install: ${stillMissing.join(', ')}.`)
}

/**
 * A person at a terminal is asked before the system is changed, except where the command is there for machines.
 *
 * @param {{ command: string | null, isRoot: boolean, canBecomeRoot: boolean, hasTerminal: boolean, isCi: boolean }} who
 * @returns {Manners}
 */
export function mannersFor({ command, isRoot, canBecomeRoot, hasTerminal, isCi }) {
  if (isRoot && (command === 'test' || isCi || !hasTerminal)) return 'install'
  return hasTerminal && !isCi && (isRoot || canBecomeRoot) ? 'ask' : 'explain'
}

/**
 * @param {Request} request
 * @returns {Promise<Need[]>}
 */
async function missingNeeds({ needs, electronPath, hasDisplay }) {
  /** @type {Need[]} */
  const missing = []
  for (const need of needs) {
    if (need === 'electron' && electronPath !== null && (await lacksLibraries(electronPath))) missing.push(need)
    if (need === 'display' && !hasDisplay && findProgram('Xvfb') === null) missing.push(need)
    if (need === 'strace' && findProgram('strace') === null) missing.push(need)
    // Only root can make them, so nobody else is asked for the program.
    if (need === 'namespaces' && process.getuid?.() === 0 && findProgram('ip') === null) missing.push(need)
    if (need === 'pdf' && findProgram('pdftoppm') === null) missing.push(need)
  }
  return missing
}

/**
 * @param {string} binary
 * @returns {Promise<boolean>}
 */
export async function lacksLibraries(binary) {
  if (process.platform !== 'linux') return false
  // Whole: the libraries that matter stand at the beginning of a long list.
  const { output, code } = await run('ldd', [binary], { limitMs: 20_000, keepMax: 1_000_000 })
  // A machine without ldd (musl, NixOS) is left to Electron's own message.
  return code === 0 && output.includes('not found')
}

/**
 * @param {string} commandLine
 * @returns {Promise<boolean>}
 */
async function agrees(commandLine) {
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await asking.question(`Colmeia needs system packages:\n  ${commandLine}\nRun this now? [y/N] `)
  asking.close()
  return /^(y|yes|s|sim)$/i.test(answer.trim())
}

/**
 * @param {readonly string[]} names
 * @param {boolean} isRoot
 * @returns {Promise<void>}
 */
async function install(names, isRoot) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (/** @type {string[]} */ ...args) =>
    isRoot ? run('apt-get', args, { env }) : run('sudo', ['apt-get', ...args], { quiet: false })
  const progress = startProgress(`Installing ${names.join(', ')}`)
  // Without fresh lists a new machine knows no package at all; with a broken source the old lists may still do.
  await apt('update', '-q')
  const { code, output } = await apt('install', '-y', '-q', '--no-install-recommends', ...(await currentNames(names)))
  if (code === 0) return progress.done()
  progress.failed('apt-get failed')
  say(output)
}

/**
 * @param {readonly string[]} names
 * @returns {Promise<string[]>}
 */
async function currentNames(names) {
  const current = []
  for (const name of names) {
    const exists = renamed.has(name) && (await run('apt-cache', ['show', `${name}t64`])).code === 0
    current.push(exists ? `${name}t64` : name)
  }
  return current
}

/**
 * @param {Request} request
 * @param {string} sentence
 * @returns {void}
 */
function giveUp(request, sentence) {
  if (request.insists) throw new SetupProblem(sentence)
  say(sentence)
}
