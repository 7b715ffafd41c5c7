import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AppInfo } from '#contract/window/settings'
import { claimLab } from '#host/control-server'
import { type Host, openHost } from '#host/host'
import { settingsPathIn } from '#host/places'
import { defaultSettings, languageOf, SettingsFile } from '#host/settings-file'
import { within } from '#host/within'
import { fail, ok, type Result } from '#kit/result'
import { createSupervisor, type Supervisor } from '#supervisor/supervisor'
import type { Surroundings } from './command.ts'
import { workerLauncher } from './worker-launcher.ts'

export interface RunningLab {
  readonly lab: Supervisor
  readonly settings: SettingsFile
  readonly host: Host
  stop(): Promise<void>
}

/** As in Electron: a lab that has not stopped by then is ended by force. */
const stopWithinMs = 3_500

/** The lab with its host, in this process, under the lab's lock. */
export async function runLab({ lab: name, labDir, dataDir, builtDir, env }: Surroundings): Promise<Result<RunningLab>> {
  const claimed = await claimLab(labDir)
  if (!claimed.ok) return claimed
  const control = claimed.value
  const language = languageOf(env.COLMEIA_LANG ?? env.LANG ?? '')
  const settings = new SettingsFile(settingsPathIn(dataDir), defaultSettings(language))
  const launcher = workerLauncher({ builtDir, dataDir })
  const lab = createSupervisor({ labDir, lab: name, launcher })
  const host = openHost({
    lab,
    settings,
    info: { ...appInfo(name, dataDir), version: versionOf(builtDir) },
    // A page opens further windows by itself, in its own browser.
    openWindow: () => fail('does-not-apply', 'this shell has no windows'),
    onBug: (error) => console.error(error),
  })
  control.serve(host)
  return ok({
    lab,
    settings,
    host,
    async stop() {
      await within(stopWithinMs, Promise.resolve(host.stop()))
      launcher.killAll()
      await control.close()
    },
  })
}

function appInfo(lab: string, dataDir: string): Omit<AppInfo, 'version'> {
  return {
    shell: 'headless',
    notice: null,
    versions: { node: process.versions.node, electron: null, chrome: null },
    launcher: 'child-process',
    lab,
    dataDir,
  }
}

function versionOf(builtDir: string): string {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(builtDir, '..', '..', 'package.json'), 'utf8'))
    const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest
    return hasVersion ? String(manifest.version) : 'unknown'
  } catch {
    // Built files that were carried elsewhere without their manifest run all the same.
    return 'unknown'
  }
}
