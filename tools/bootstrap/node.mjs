/** The right Node: the running one if it is new enough, otherwise one of our own in `.runtime/`. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, runtimeDir, SetupProblem, writeWhole } from './places.mjs'
import { run, runNpm } from './processes.mjs'
import { startProgress } from './progress.mjs'
import { isRightNode, nodePackageFor } from './versions.mjs'

const marker = join(runtimeDir, 'node.json')

/** @returns {Promise<string>} the path of a Node that may run Colmeia */
export async function ensureNode() {
  if (isRightNode(process.versions.node)) return process.execPath
  const wanted = nodePackageFor(process.platform, process.arch)
  if (wanted === null) {
    throw new SetupProblem(
      `Colmeia needs Node 22.18 or newer; this is ${process.versions.node}, and none can be fetched for ${process.platform}-${process.arch}.`,
    )
  }
  const binary = join(runtimeDir, 'node_modules', wanted.name, wanted.binary)
  const noted = readJson(marker)
  if (noted?.name === wanted.name && noted?.version === wanted.version && existsSync(binary)) return binary

  // A folder that came here by other means is believed once its binary has told its version.
  if (!(await tellsVersion(binary, wanted.version))) await fetchNode(wanted)
  if (!(await tellsVersion(binary, wanted.version))) throw new SetupProblem(`The fetched Node does not run: ${binary}`)
  writeWhole(marker, JSON.stringify({ name: wanted.name, version: wanted.version }))
  return binary
}

/** @param {import('./versions.mjs').NodePackage} wanted */
async function fetchNode(wanted) {
  const progress = startProgress(`Fetching Node ${wanted.version}`)
  writeWhole(join(runtimeDir, 'package.json'), JSON.stringify({ name: 'colmeia-runtime', private: true }))
  const args = ['install', `${wanted.name}@${wanted.version}`, '--prefix', runtimeDir, '--prefer-offline']
  const quiet = ['--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--save-exact']
  const { code, output } = await runNpm([...args, ...quiet], { cwd: runtimeDir })
  if (code === 0) return progress.done()
  progress.failed('could not be fetched')
  throw new SetupProblem(`npm could not install ${wanted.name}@${wanted.version}:\n${output}`)
}

/**
 * @param {string} binary
 * @param {string} version
 * @returns {Promise<boolean>}
 */
async function tellsVersion(binary, version) {
  if (!existsSync(binary)) return false
  const { code, output } = await run(binary, ['--version'], { limitMs: 20_000 })
  return code === 0 && output.trim() === `v${version}`
}
