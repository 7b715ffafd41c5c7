/** What is built, from what, into what. */

import type { Stamped } from './stamps.ts'

export type TargetName = 'worker' | 'sim' | 'headless' | 'verify-page' | 'app'

export interface Target extends Stamped {
  readonly name: TargetName
  /** All must be there, or the target is passed over: the rooms of the house are furnished one by one. */
  readonly entries: readonly [string, ...string[]]
}

// A change of packages, of their versions or of the build itself makes everything stale.
const always = ['package.json', 'package-lock.json', 'tools/build']

export const targets: readonly Target[] = [
  {
    name: 'worker',
    entries: ['node-runtime/worker/main.ts'],
    inputs: ['node-runtime', ...always],
    outputs: ['out/workers/worker.mjs'],
  },
  {
    name: 'sim',
    entries: ['node-runtime/sim/main.ts'],
    inputs: ['node-runtime', ...always],
    outputs: ['out/workers/sim.mjs'],
  },
  {
    name: 'headless',
    entries: ['node-runtime/headless/main.ts'],
    inputs: ['node-runtime', ...always],
    outputs: ['out/headless/main.mjs'],
  },
  {
    name: 'verify-page',
    entries: ['node-runtime/verify-page/main.ts'],
    inputs: ['node-runtime/verify-page', 'node-runtime/cores/notary', 'node-runtime/kit', ...always],
    outputs: ['out/verify-page/verify.html'],
  },
  {
    name: 'app',
    entries: ['electron/main.ts', 'electron/preload/preload.ts', 'renderer/index.html'],
    inputs: ['electron', 'renderer', 'assets', 'node-runtime', 'electron.vite.config.ts', ...always],
    outputs: ['out/main/main.cjs', 'out/preload/preload.cjs', 'out/renderer/index.html', 'out/renderer/door.html'],
  },
]
