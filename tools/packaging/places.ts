/** Where things stand in a packaged program, which each system arranges in its own way. Pure. */

import { join } from 'node:path'

export interface Packaged {
  readonly platform: NodeJS.Platform
  /** The folder that electron-builder wrote, and that may be copied anywhere. */
  readonly dir: string
  /** The name of the started file without its ending; on macOS also of the app folder. */
  readonly fileName: string
}

export function binaryOf({ platform, dir, fileName }: Packaged): string {
  if (platform === 'darwin') return join(dir, `${fileName}.app`, 'Contents', 'MacOS', fileName)
  return join(dir, platform === 'win32' ? `${fileName}.exe` : fileName)
}

export function resourcesBeside(platform: NodeJS.Platform, binary: string): string {
  return platform === 'darwin' ? join(binary, '..', '..', 'Resources') : join(binary, '..', 'resources')
}

/** The file that holds the fuse wire; on macOS the started file is a shell around a framework. */
export function fuseFileOf(platform: NodeJS.Platform, binary: string): string {
  if (platform !== 'darwin') return binary
  return join(binary, '..', '..', 'Frameworks', 'Electron Framework.framework', 'Electron Framework')
}

/** The folder of an Electron that is not packaged yet. */
export function electronDistOf(platform: NodeJS.Platform, electronPath: string): string {
  return platform === 'darwin' ? join(electronPath, '..', '..', '..', '..') : join(electronPath, '..')
}
