/** What `npm run dist` was asked for, and whether this machine may make it. Pure. */

import { SetupProblem } from '../bootstrap/places.mjs'
import type { ChosenElectron } from '../run/electron.ts'

/** A stand-in build proves the packaged road and never leaves the machine; a test build lets test runners in. */
export type Flavour = 'stand-in' | 'test' | 'release'

export interface DistPlan {
  readonly flavour: Flavour
  readonly makesInstallers: boolean
}

const flags = ['--release', '--installers'] as const

export function planDist(args: readonly string[], electron: Pick<ChosenElectron, 'official' | 'version'>): DistPlan {
  const unknown = args.filter((arg) => !flags.some((flag) => flag === arg))
  if (unknown.length > 0) throw new SetupProblem(`unknown: ${unknown.join(' ')}; there are ${flags.join(' and ')}`)
  const makesInstallers = args.includes('--installers')
  // An installer is for other people, so it is always closed to inspection.
  const isRelease = makesInstallers || args.includes('--release')
  if (isRelease && !electron.official) {
    const what = makesInstallers ? 'Installers are' : 'A release is'
    throw new SetupProblem(
      `${what} not made with the stand-in Electron ${electron.version}: it is for development and tests only. Run this where the official Electron can be fetched.`,
    )
  }
  return { flavour: isRelease ? 'release' : electron.official ? 'test' : 'stand-in', makesInstallers }
}

/** Relative to the repository. A test build never overwrites a release that somebody has just made. */
export function outputOf(flavour: Flavour): string {
  return `dist/${flavour}`
}
