/**
 * What may stand after `node tools/bootstrap.mjs`, and what each command needs from the machine. Pure.
 *
 * @typedef {'electron' | 'display' | 'strace' | 'pdf' | 'namespaces'} Need
 * @typedef {{ readonly line: string, readonly needs: readonly Need[], readonly insists: boolean }} Command
 * @typedef {{ readonly kind: 'run', readonly command: string, readonly args: string[], readonly setupOnly: boolean }
 *   | { readonly kind: 'setup' }
 *   | { readonly kind: 'unknown', readonly command: string | null }} Order
 * @typedef {{ readonly platform: string, readonly hasDisplay: boolean }} Surroundings
 */

const setupOnlyFlag = '--setup-only'

/**
 * `insists: false` means the command says what is missing and goes on, because some of what it does works without.
 *
 * @type {Readonly<Record<string, Command>>}
 */
export const commands = {
  start: {
    line: 'open Colmeia with its demo (the headless shell where there is no display)',
    needs: ['electron'],
    insists: true,
  },
  dev: { line: 'open Colmeia and reload it as the code changes', needs: ['electron'], insists: true },
  headless: { line: 'serve Colmeia to a browser on this machine, without Electron', needs: [], insists: true },
  colmeia: { line: 'the command line: up, status, fault, logs, tables, reset', needs: [], insists: true },
  check: { line: 'types, lint, layers, unused code, unit tests and simulations', needs: [], insists: true },
  test: {
    line: 'everything: check, real drivers, whole clusters, the real window',
    needs: ['electron', 'display', 'strace', 'pdf', 'namespaces'],
    insists: true,
  },
  sim: { line: 'run the simulator: --seed, --case, --runs', needs: [], insists: true },
  bench: { line: 'measure: --json for machines', needs: ['electron', 'display'], insists: false },
  torture: { line: 'break real groups for minutes and judge what their clients saw', needs: [], insists: true },
  build: { line: 'build what is stale', needs: [], insists: true },
  dist: { line: 'package the program for this system', needs: ['electron'], insists: true },
  format: { line: 'write every file the way the house writes', needs: [], insists: true },
}

/**
 * @param {readonly string[]} argv what follows the script's name
 * @returns {Order}
 */
export function parseCommandLine(argv) {
  const [first, ...rest] = argv
  if (first === setupOnlyFlag) return rest.length === 0 ? { kind: 'setup' } : parseCommandLine([...rest, first])
  if (first === undefined || !Object.hasOwn(commands, first)) return { kind: 'unknown', command: first ?? null }
  const setupOnly = rest.includes(setupOnlyFlag)
  return { kind: 'run', command: first, args: rest.filter((word) => word !== setupOnlyFlag), setupOnly }
}

/**
 * `start` without a display becomes the headless shell, which needs neither Electron nor its libraries. A bare
 * set-up prepares for the most demanding command, so that nothing is fetched later.
 *
 * @param {string | null} command
 * @param {Surroundings} surroundings
 * @returns {readonly Need[]}
 */
export function needsOf(command, surroundings) {
  const needs = commands[command ?? 'test']?.needs ?? []
  if (command === 'start' && !surroundings.hasDisplay) return []
  return needs.filter((need) => need === 'electron' || surroundings.platform === 'linux')
}

/**
 * @param {string} platform
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {boolean}
 */
export function hasDisplay(platform, env) {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY)
}

/** @returns {string} one line a command */
export function helpText() {
  const width = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(([name, { line }]) => `  ${name.padEnd(width)}  ${line}`)
  return [
    'usage: npm run <command> [-- arguments]',
    ...lines,
    `  ${setupOnlyFlag} prepares the machine and exits`,
  ].join('\n')
}
