/**
 * Behind every npm script. Prepares this machine for the command (Node, packages, Electron, system libraries), each
 * only if it is missing, and then runs `tools/commands/<command>.ts` with the right Node. Runs on Node 18 and needs no
 * package, because on a fresh clone there is none.
 */

import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { commands, hasDisplay, helpText, needsOf, parseCommandLine } from './bootstrap/command-line.mjs'
import { ensureElectron } from './bootstrap/electron.mjs'
import { ensureNode } from './bootstrap/node.mjs'
import { ensurePackages } from './bootstrap/packages.mjs'
import { root, SetupProblem } from './bootstrap/places.mjs'
import { handOver } from './bootstrap/processes.mjs'
import { say } from './bootstrap/progress.mjs'
import { ensureSystem } from './bootstrap/system.mjs'
import { inTurn } from './bootstrap/turn.mjs'

/**
 * @param {readonly string[]} argv
 * @returns {Promise<number>} the exit code
 */
async function main(argv) {
  const order = parseCommandLine(argv)
  if (order.kind === 'unknown') {
    if (order.command !== null) say(`unknown command: ${order.command}`)
    say(helpText())
    return 2
  }
  const command = order.kind === 'run' ? order.command : null
  const { node, env } = await inTurn('setup', () => prepare(command))
  if (order.kind === 'setup' || order.setupOnly) return 0

  const script = join(root, 'tools', 'commands', `${order.command}.ts`)
  if (!existsSync(script)) {
    say(`${order.command} is not part of this version yet`)
    return 2
  }
  return handOver(node, [script, ...order.args], { cwd: root, env, pipe: true })
}

/**
 * @param {string | null} command
 * @returns {Promise<{ readonly node: string, readonly env: NodeJS.ProcessEnv }>}
 */
async function prepare(command) {
  const surroundings = { platform: process.platform, hasDisplay: hasDisplay(process.platform, process.env) }
  const needs = needsOf(command, surroundings)
  const node = await ensureNode()
  const env = withNodeFirst(node)
  await ensurePackages(env)
  const electron = needs.includes('electron') ? await ensureElectron(node) : null
  await ensureSystem({
    command,
    needs,
    electronPath: electron?.path ?? null,
    hasDisplay: surroundings.hasDisplay,
    insists: commands[command ?? 'test']?.insists ?? true,
  })
  return { node, env }
}

/**
 * Whatever a command starts by the name `node` must be the right one too. Windows spells PATH in its own ways, and a
 * second spelling would be ignored, so the one that is there is used.
 *
 * @param {string} node
 * @returns {NodeJS.ProcessEnv}
 */
function withNodeFirst(node) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  return { ...process.env, [name]: [dirname(node), process.env[name]].filter(Boolean).join(delimiter) }
}

try {
  // `process.exit`, because a connection that a probe left open would hold the process for seconds.
  process.exit(await main(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error
  say(error.message)
  // CI reads the last line of `test` as its verdict, also when it did not come as far as a test.
  if (process.argv[2] === 'test') console.log('0 passed, 1 failed')
  process.exit(1)
}
