import { existsSync } from 'node:fs'
import { SetupProblem } from '../bootstrap/places.mjs'
import { say } from '../bootstrap/progress.mjs'
import { buildStale } from '../build/build.ts'
import { packageApp } from '../packaging/package-app.ts'
import { binaryOf } from '../packaging/places.ts'
import { planDist } from '../packaging/plan.ts'
import { runCommand } from '../run/command.ts'
import { chosenElectron, rootPath } from '../run/electron.ts'

await runCommand(async (args) => {
  const electron = chosenElectron()
  const plan = planDist(args, electron)
  await buildStale(['worker', 'sim', 'verify-page', 'app'])
  if (!existsSync(rootPath('out', 'renderer', 'index.html'))) throw new SetupProblem('The window is not built.')
  const packaged = await packageApp(plan, electron)
  if (plan.flavour !== 'release') say(`This is a ${plan.flavour} build and not a release.`)
  console.log(binaryOf(packaged))
  return 0
})
// electron-builder leaves hooks in its process: one keeps it alive under the bootstrap, another turns a failure into 0.
process.exit(process.exitCode ?? 0)
