/** The Electron that set-up chose, and how to start something in it. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readJson, root, runtimeDir, SetupProblem } from '../bootstrap/places.mjs'

export interface ChosenElectron {
  readonly path: string
  readonly version: string
  /** False for the stand-in, which carries Node 18: under it, nodes run on plain Node. */
  readonly official: boolean
}

export function chosenElectron(): ChosenElectron {
  const chosen: ChosenElectron | null = readJson(join(runtimeDir, 'electron.json'))
  if (chosen === null || !existsSync(chosen.path)) {
    throw new SetupProblem('No Electron is set up here. `node tools/bootstrap.mjs --setup-only` does it.')
  }
  return chosen
}

/** Chromium refuses its sandbox to root. */
export function sandboxSwitches(): readonly string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/**
 * `COLMEIA_NODE` is the plain Node on which the child_process launcher starts nodes. An editor's terminal may carry
 * ELECTRON_RUN_AS_NODE, under which no window would ever open.
 */
export function electronEnv(): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  return { ...env, COLMEIA_NODE: process.execPath }
}

export function rootPath(...parts: readonly string[]): string {
  return join(root, ...parts)
}
