/** Makes the packaged program in `dist/<flavour>/` and looks at what came out before anybody else does. */

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Configuration, Platform } from 'electron-builder'
import { readJson, root, SetupProblem, writeWhole } from '../bootstrap/places.mjs'
import { inTurn } from '../bootstrap/turn.mjs'
import { type ChosenElectron, rootPath } from '../run/electron.ts'
import { builderConfig } from './builder-config.ts'
import { complaintsAbout } from './complaints.ts'
import { type FuseSettings, intendedFuses, readWires, setLateFuses } from './fuses.ts'
import { namesOf } from './names.ts'
import { binaryOf, electronDistOf, fuseFileOf, type Packaged, resourcesBeside } from './places.ts'
import { type DistPlan, outputOf } from './plan.ts'

export function packageApp(plan: DistPlan, electron: ChosenElectron): Promise<Packaged> {
  return inTurn('dist', async () => {
    const { platform } = process
    const version = String(readJson(rootPath('package.json')).version)
    const { productName, executableName } = namesOf(plan.flavour, version)
    const fuses = intendedFuses({ platform, canInspect: plan.flavour !== 'release' })
    const config = builderConfig({
      flavour: plan.flavour,
      platform,
      version,
      electron: {
        version: electron.version,
        dist: electronDistOf(platform, electron.path),
        wires: readWires(readFileSync(fuseFileOf(platform, electron.path))),
      },
      fuses,
      nodeBinary: electron.official ? null : process.execPath,
      hasIcon: existsSync(rootPath('assets', 'icon.png')),
    })
    rmSync(rootPath(outputOf(plan.flavour)), { recursive: true, force: true })
    const fileName = platform === 'linux' ? executableName : productName
    const dir = await runBuilder(plan, config, (packed) =>
      flipLateFuses(fuseFileOf(platform, binaryOf({ platform, dir: packed, fileName })), fuses),
    )
    const packaged: Packaged = { platform, dir, fileName }
    const complaints = complaintsAbout(packaged, fuses, !electron.official)
    if (complaints.length > 0) throw new SetupProblem(`The package is not as it should be:\n${complaints.join('\n')}`)
    writeWhole(join(rootPath(outputOf(plan.flavour)), 'packaged.json'), JSON.stringify(packaged, null, 2))
    return packaged
  })
}

async function runBuilder(plan: DistPlan, config: Configuration, finish: (dir: string) => void): Promise<string> {
  let dir: string | null = null
  const hooks: Configuration = {
    afterExtract: ({ appOutDir }) => clean(appOutDir),
    afterPack: ({ appOutDir }) => {
      finish(appOutDir)
      dir = appOutDir
    },
  }
  const targets = Platform.current().createTarget(plan.makesInstallers ? null : 'dir')
  try {
    await build({ projectDir: root, targets, config: { ...config, ...hooks }, publish: 'never' })
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    const hint = plan.makesInstallers ? '\nIt fetches the tools for installers from GitHub at their first use.' : ''
    throw new SetupProblem(`electron-builder did not finish: ${words}${hint}`)
  }
  if (dir === null) throw new SetupProblem('electron-builder ended without a package.')
  return dir
}

/** What an Electron brings for its own use; its checksums would otherwise be built in too. */
function clean(dir: string): void {
  const { platform } = process
  const resources = resourcesBeside(platform, binaryOf({ platform, dir, fileName: 'Electron' }))
  for (const left of [join(resources, 'default_app.asar'), join(dir, 'stand-in.json')]) {
    rmSync(left, { recursive: true, force: true })
  }
}

/** Runs before electron-builder's own fuses and before signing: nothing may be changed after that. */
function flipLateFuses(file: string, fuses: FuseSettings): void {
  const bytes = readFileSync(file)
  if (setLateFuses(bytes, fuses)) writeFileSync(file, bytes)
}
