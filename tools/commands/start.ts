import { existsSync } from 'node:fs'
import { hasDisplay } from '../bootstrap/command-line.mjs'
import { root, SetupProblem } from '../bootstrap/places.mjs'
import { handOver } from '../bootstrap/processes.mjs'
import { say } from '../bootstrap/progress.mjs'
import { buildStale } from '../build/build.ts'
import { handOverToNode, runCommand } from '../run/command.ts'
import { chosenElectron, electronEnv, rootPath, sandboxSwitches } from '../run/electron.ts'

await runCommand(async (args) => {
  await buildStale()
  if (!hasDisplay(process.platform, process.env)) {
    say('No display here: serving Colmeia to a browser instead.')
    return handOverToNode('out/headless/main.mjs', ['serve', ...args])
  }
  if (!existsSync(rootPath('out', 'main', 'main.cjs')))
    throw new SetupProblem('The window is not built: electron/main.ts is missing.')
  const electron = chosenElectron()
  if (!electron.official)
    say(`Electron could not be fetched; using the stand-in ${electron.version} (development only).`)
  return handOver(electron.path, [...sandboxSwitches(), root, ...args], { cwd: root, env: electronEnv() })
})
