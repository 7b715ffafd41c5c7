/** Builds what is stale and says so in one line each. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, root, SetupProblem, writeWhole } from '../bootstrap/places.mjs'
import { run } from '../bootstrap/processes.mjs'
import { say } from '../bootstrap/progress.mjs'
import { inTurn } from '../bootstrap/turn.mjs'
import { bundle } from './bundle.ts'
import { isStale, type Stamps, stampOf } from './stamps.ts'
import { type Target, type TargetName, targets } from './targets.ts'
import { buildVerifyPage } from './verify-page.ts'

const stampsFile = join(root, 'out', '.stamps.json')
const everything: readonly TargetName[] = targets.map((target) => target.name)

export function buildStale(wanted: readonly TargetName[] = everything): Promise<void> {
  return inTurn('build', async () => {
    for (const target of targets) {
      const isWritten = target.entries.every((entry) => existsSync(join(root, entry)))
      if (wanted.includes(target.name) && isWritten) await refresh(target)
    }
  })
}

/** For what overwrites a target's output by other means: the next build must not take it for its own. */
export function forgetTarget(name: TargetName): void {
  const { [name]: _, ...others }: Record<string, string> = readJson(stampsFile) ?? {}
  writeWhole(stampsFile, JSON.stringify(others, null, 2))
}

async function refresh(target: Target): Promise<void> {
  const stamps: Stamps = readJson(stampsFile) ?? {}
  // Taken before the build: a file that changes while it runs leaves the target stale, and the next build sees it.
  const stamp = stampOf(root, target.inputs)
  if (!isStale(root, target, stamps, stamp)) return
  const startedAt = performance.now()
  const [output = ''] = target.outputs
  if (target.name === 'app') await buildApp()
  else if (target.name === 'verify-page') await buildVerifyPage(root, output)
  else await bundle(root, target.entries[0], output)
  writeWhole(stampsFile, JSON.stringify({ ...stamps, [target.name]: stamp }, null, 2))
  say(`built ${target.name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`)
}

/** In a process of its own: electron-vite sets NODE_ENV and reads the folder it is started in. */
async function buildApp(): Promise<void> {
  const script = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const { code, output } = await run(process.execPath, [script, 'build', '--logLevel', 'warn'], { cwd: root })
  if (code !== 0) throw new SetupProblem(`The window could not be built:\n${output}`)
}
