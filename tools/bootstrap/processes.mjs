/** Starting other programs and never leaving one behind. */

import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { basename, delimiter, join } from 'node:path'

// A program gets this long to end by itself after a signal; a node may take 3 s to stop, and Electron waits for all.
const graceMs = 10_000
// A terminal sends Ctrl+C to the whole group by itself. Passing it on at once would make it two, which tools that
// count read as "quit now"; a program that has not ended after this time has not seen it.
const terminalGraceMs = 5_000
const parentPollMs = 500
const keepMaxUsual = 4_000

/**
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 * @typedef {{ readonly code: number, readonly output: string, readonly timedOut: boolean }} Ended
 * @typedef {{ readonly cwd?: string, readonly env?: NodeJS.ProcessEnv, readonly limitMs?: number, readonly quiet?: boolean, readonly keepMax?: number }} RunOptions
 */

/** @type {Set<ChildProcess>} */
const children = new Set()
let guarding = false
let leaving = false

/**
 * From here on the child ends no later than we do: by a signal, by our exit, or because the one who started us is
 * gone (the `ipc` pipe of `handOver` closes even when a process is killed by SIGKILL).
 *
 * @param {ChildProcess} child
 * @returns {void}
 */
export function adopt(child) {
  children.add(child)
  child.once('exit', () => children.delete(child))
  child.once('error', () => children.delete(child))
  if (guarding) return
  guarding = true
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => leave(signal))
  }
  process.once('exit', () => {
    for (const left of children) left.kill('SIGKILL')
  })
  watchParent()
  if (process.channel === undefined) return
  process.once('disconnect', () => leave('SIGTERM'))
  process.channel?.unref()
}

/**
 * npm runs a script through a shell and passes a signal to that shell only, which dies of it and tells nobody. Under
 * npm, a new parent therefore means that we were meant to end. Elsewhere it may be a person who wanted us to stay.
 */
function watchParent() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && leave('SIGTERM'), parentPollMs).unref()
}

/** @param {NodeJS.Signals} signal */
function leave(signal) {
  if (leaving) return
  leaving = true
  const pass = () => {
    for (const child of children) child.kill(signal)
  }
  let code = exitCodeOfSignal(signal)
  const exitWhenAlone = () => {
    if (children.size === 0) process.exit(code)
  }
  for (const child of children) {
    child.once('exit', (own) => {
      code = own ?? code
      exitWhenAlone()
    })
  }
  if (signal === 'SIGINT' && process.stdin.isTTY) setTimeout(pass, terminalGraceMs)
  else pass()
  setTimeout(() => process.exit(code), graceMs)
  exitWhenAlone()
}

/**
 * Runs a helper to its end and keeps the last of what it said, so that a failure can be explained. With `quiet: false`
 * the helper has the terminal, for those that ask a password.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ended>}
 */
export function run(
  file,
  args,
  { cwd, env = process.env, limitMs = 600_000, quiet = true, keepMax = keepMaxUsual } = {},
) {
  return new Promise((resolve) => {
    const child = spawn(file, [...args], {
      ...(cwd === undefined ? {} : { cwd }),
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      windowsHide: true,
      // Windows starts a batch file through its shell only.
      shell: file.endsWith('.cmd'),
    })
    adopt(child)
    let output = ''
    let timedOut = false
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-keepMax)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    const limit = setTimeout(() => {
      timedOut = true
      child.kill('SIGKILL')
    }, limitMs)
    const end = (/** @type {number} */ code) => {
      clearTimeout(limit)
      // While we are leaving, nobody may go on to the next step.
      if (!leaving) resolve({ code, output, timedOut })
    }
    child.once('error', (error) => {
      output += error.message
      end(127)
    })
    child.once('close', (code) => end(code ?? 1))
  })
}

/**
 * Hands the terminal to a program and gives back its exit code. `pipe: true` is for our own commands, which then
 * notice when we are gone.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ readonly cwd: string, readonly env: NodeJS.ProcessEnv, readonly pipe?: boolean }} options
 * @returns {Promise<number>}
 */
export function handOver(file, args, { cwd, env, pipe = false }) {
  return new Promise((resolve) => {
    const child = spawn(file, [...args], {
      cwd,
      env,
      stdio: ['inherit', 'inherit', 'inherit', ...(pipe ? /** @type {const} */ (['ipc']) : [])],
    })
    adopt(child)
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      resolve(127)
    })
    child.once('exit', (code, signal) => resolve(code ?? exitCodeOfSignal(signal)))
  })
}

/**
 * Shells report a program that a signal ended as 128 + the signal's number; scripts around us rely on it.
 *
 * @param {NodeJS.Signals | null} signal
 * @returns {number}
 */
function exitCodeOfSignal(signal) {
  /** @type {Readonly<Record<string, number>>} */
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }
  return 128 + (numbers[signal ?? ''] ?? 0)
}

/**
 * @param {string} program
 * @param {string} [path]
 * @returns {string | null} where the program is, as a shell would find it
 */
export function findProgram(program, path = process.env.PATH ?? '') {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, program)
    try {
      accessSync(candidate, constants.X_OK)
      return candidate
    } catch {
      // Not in this folder; the next one is tried.
    }
  }
  return null
}

/**
 * The npm that is running us, if it is one; otherwise the one in PATH. Called through Node where possible, because on
 * Windows `npm` is a batch file that cannot be spawned without a shell. The outer npm may have been told to be silent,
 * which the inner one would inherit, and then a failure could not be explained.
 *
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ended>}
 */
export function runNpm(args, options) {
  const script = process.env.npm_execpath
  const words = [...args, '--loglevel=error']
  if (script !== undefined && basename(script) === 'npm-cli.js')
    return run(process.execPath, [script, ...words], options)
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', words, options)
}
