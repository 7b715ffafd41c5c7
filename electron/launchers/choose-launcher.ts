import { join } from 'node:path'

export interface LauncherHints {
  /** Versions as Electron gives them: '45.2.3'. */
  readonly electron: string
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly isPackaged: boolean
  readonly resourcesPath: string
  readonly appPath: string
  readonly env: Readonly<Record<string, string | undefined>>
}

export type LauncherChoice =
  | { readonly kind: 'utility-process' }
  /** Nodes run on a plain Node, found here. */
  | { readonly kind: 'child-process'; readonly nodePath: string }

/** From here on Electron carries a Node on which the native modules of the nodes load. */
const electronMajorMin = 44

export function isStandIn(electron: string): boolean {
  return Number.parseInt(electron, 10) < electronMajorMin
}

/** In an official Electron, nodes are utility processes; the stand-in's Node is too old, so there they get a plain one. */
export function chooseLauncher(hints: LauncherHints): LauncherChoice {
  return isStandIn(hints.electron) ? { kind: 'child-process', nodePath: plainNode(hints) } : { kind: 'utility-process' }
}

/** A packaged program takes the Node it carries and no other, whatever the environment says. */
function plainNode({ isPackaged, resourcesPath, appPath, env, platform, arch }: LauncherHints): string {
  const binary = platform === 'win32' ? 'node.exe' : join('bin', 'node')
  if (isPackaged) return join(resourcesPath, 'node', binary)
  return env.COLMEIA_NODE ?? join(appPath, '.runtime', 'node_modules', `node-${platform}-${arch}`, binary)
}

/** Built nodes. They are not started from inside the archive: a plain Node cannot read one. */
export function workerFile(appPath: string): string {
  return join(appPath.replace(/\.asar$/, '.asar.unpacked'), 'out', 'workers', 'worker.mjs')
}
