/** Starting other programs and never leaving one behind. */

import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { basename, delimiter, join } from 'node:path'

// A command gets this long to end by itself after a signal; a node may take 3 s to stop, and Electron waits for all.
const graceMs = 10_000
const lastWordsMax = 4_000

/**
 * @typedef {{ readonly code: number, readonly output: string, readonly timedOut: boolean }} Ended
 * @typedef {{ readonly cwd?: string, readonly env?: NodeJS.ProcessEnv, readonly limitMs?: number, readonly quiet?: boolean }} RunOptions
 */

/**
 * Runs a helper to its end and keeps the last of what it said, so that a failure can be explained. With `quiet: false`
 * the helper has the terminal, for those that ask a password.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ended>}
 */
export function run(file, args, { cwd, env = process.env, limitMs = 600_000, quiet = true } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, [...args], {
      ...(cwd === undefined ? {} : { cwd }),
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      windowsHide: true,
      // Windows starts a batch file through its shell only.
      shell: file.endsWith('.cmd'),
    })
    let output = ''
    let timedOut = false
    const keep = (/** @type {Buffer} */ chunk) => {
      output = (output + chunk.toString()).slice(-lastWordsMax)
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    const limit = setTimeout(() => {
      timedOut = true
      child.kill('SIGKILL')
    }, limitMs)
    const stop = () => child.kill('SIGKILL')
    process.once('exit', stop)
    const end = (/** @type {number} */ code) => {
      clearTimeout(limit)
      process.removeListener('exit', stop)
      resolve({ code, output, timedOut })
    }
    child.once('error', (error) => {
      output += error.message
      end(127)
    })
    child.once('close', (code) => end(code ?? 1))
  })
}

/**
 * Hands the terminal to a command and gives back its exit code. A signal for us is a signal for it. A terminal sends
 * Ctrl+C to the whole group by itself, so there SIGINT is passed on only if the command is still up a moment later:
 * twice at once would read as "quit now" to tools that count. The `ipc` pipe tells the command when we are gone, even
 * by SIGKILL.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ readonly cwd: string, readonly env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export function handOver(file, args, { cwd, env }) {
  return new Promise((resolve) => {
    const child = spawn(file, [...args], { cwd, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
    /** @type {Set<NodeJS.Timeout>} */
    const timers = new Set()
    const later = (/** @type {number} */ delayMs, /** @type {NodeJS.Signals} */ signal) =>
      timers.add(setTimeout(() => child.kill(signal), delayMs))
    const pass = (/** @type {NodeJS.Signals} */ signal) => {
      if (signal === 'SIGINT' && process.stdin.isTTY) later(graceMs / 2, signal)
      else child.kill(signal)
      later(graceMs, 'SIGKILL')
    }
    const signals = /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
    for (const signal of signals) process.on(signal, pass)
    process.once('exit', () => child.kill('SIGKILL'))

    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      resolve(127)
    })
    child.once('exit', (code, signal) => {
      for (const timer of timers) clearTimeout(timer)
      resolve(code ?? exitCodeOfSignal(signal))
    })
  })
}

/**
 * Shells report a program that a signal ended as 128 + the signal's number; scripts around us rely on it.
 *
 * @param {NodeJS.Signals | null} signal
 * @returns {number}
 */
export function exitCodeOfSignal(signal) {
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
 * Windows `npm` is a batch file that cannot be spawned without a shell.
 *
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ended>}
 */
export function runNpm(args, options) {
  const script = process.env.npm_execpath
  if (script !== undefined && basename(script) === 'npm-cli.js')
    return run(process.execPath, [script, ...args], options)
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options)
}
