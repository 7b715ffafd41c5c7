/** What a build is called, so that nobody takes one that is not a release for one. Pure. */

import type { Flavour } from './plan.ts'

export interface BuildNames {
  readonly productName: string
  /** Linux starts programs by a short name. */
  readonly executableName: string
  readonly version: string
}

export function namesOf(flavour: Flavour, version: string): BuildNames {
  if (flavour === 'release') return { productName: 'Colmeia', executableName: 'colmeia', version }
  return {
    productName: 'Colmeia (not a release)',
    executableName: 'colmeia-not-a-release',
    version: `${version}-${flavour}`,
  }
}
