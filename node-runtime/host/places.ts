import { homedir } from 'node:os'
import { join } from 'node:path'

export interface PlaceHints {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/**
 * The one data folder of an installation, the same for both shells: where Electron would put it by itself.
 * COLMEIA_HOME names another one, for tests and for whoever keeps labs elsewhere.
 */
export function dataDirFor({ platform, env, home }: PlaceHints): string {
  const named = env.COLMEIA_HOME
  if (named !== undefined && named !== '') return named
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Colmeia')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Colmeia')
  return join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'Colmeia')
}

export function dataDirHere(): string {
  return dataDirFor({ platform: process.platform, env: process.env, home: homedir() })
}

export const defaultLab = 'lab'

export function labDirIn(dataDir: string, lab: string): string {
  return join(dataDir, 'labs', lab)
}

export function settingsPathIn(dataDir: string): string {
  return join(dataDir, 'settings.json')
}
