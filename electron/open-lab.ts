import { join } from 'node:path'
import type { App } from 'electron'
import type { AppInfo } from '#contract/window/settings'
import type { ControlServer } from '#host/control-server'
import { type Host, openHost } from '#host/host'
import { defaultLab, labDirIn, settingsPathIn } from '#host/places'
import { defaultSettings, languageOf, SettingsFile } from '#host/settings-file'
import { type TrackedLauncher, trackLaunches } from '#host/tracked-launcher'
import type { Result } from '#kit/result'
import { childProcessLauncher } from '#supervisor/child-process-launcher'
import type { Launcher } from '#supervisor/launcher'
import { createSupervisor, type Supervisor } from '#supervisor/supervisor'
import { workerEnv } from '#supervisor/worker-env'
import { chooseLauncher, isStandIn, type LauncherChoice, workerFile } from './launchers/choose-launcher.ts'
import { utilityProcessLauncher } from './launchers/utility-process-launcher.ts'
import { describe, type Log } from './log.ts'

export interface OpenLab {
  readonly lab: Supervisor
  readonly settings: SettingsFile
  readonly launcher: TrackedLauncher
  readonly host: Host
  stop(): Promise<void>
}

export interface OpenLabParts {
  readonly app: Pick<App, 'getVersion' | 'getLocale' | 'getAppPath' | 'isPackaged'>
  readonly dataDir: string
  readonly control: ControlServer
  readonly log: Log
  openWindow(route: string): Result<null>
}

/** The lab behind the windows: settings, launcher, supervisor, host and the door for command lines. */
export function openLab({ app, dataDir, control, log, openWindow }: OpenLabParts): OpenLab {
  const locale = process.env.COLMEIA_LANG ?? app.getLocale()
  const settings = new SettingsFile(settingsPathIn(dataDir), defaultSettings(languageOf(locale)))
  const choice = chooseLauncher({
    electron: process.versions.electron,
    platform: process.platform,
    arch: process.arch,
    isPackaged: app.isPackaged,
    resourcesPath: process.resourcesPath,
    appPath: app.getAppPath(),
    env: process.env,
  })
  const launcher = trackLaunches(makeLauncher(choice, app.getAppPath(), dataDir))
  const lab = createSupervisor({ labDir: labDirIn(dataDir, defaultLab), lab: defaultLab, launcher })
  const host = openHost({
    lab,
    settings,
    info: appInfo({ version: app.getVersion(), launcher: choice.kind, dataDir }),
    openWindow,
    onBug: (error) => log(`bug in a call: ${describe(error)}`),
  })
  control.serve(host)
  return {
    lab,
    settings,
    launcher,
    host,
    async stop() {
      await host.stop()
      await control.close()
    },
  }
}

function makeLauncher(choice: LauncherChoice, appPath: string, dataDir: string): Launcher {
  const file = workerFile(appPath)
  const compileCacheDir = join(dataDir, 'compile-cache')
  return choice.kind === 'child-process'
    ? childProcessLauncher({ workerFile: file, nodePath: choice.nodePath, compileCacheDir })
    : utilityProcessLauncher({ workerFile: file, env: workerEnv(compileCacheDir) })
}

function appInfo(parts: Pick<AppInfo, 'version' | 'launcher' | 'dataDir'>): AppInfo {
  const { node, electron, chrome } = process.versions
  return {
    ...parts,
    shell: 'electron',
    notice: isStandIn(electron) ? 'stand-in-electron' : null,
    versions: { node, electron, chrome },
    lab: defaultLab,
  }
}
