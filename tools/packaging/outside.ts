/** A copy of a package where nothing of the repository is within reach. */

import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { root, SetupProblem } from '../bootstrap/places.mjs'
import type { Packaged } from './places.ts'

export interface Copy {
  readonly packaged: Packaged
  readonly remove: () => void
}

/**
 * Inside the repository a module that the package forgot is found all the same: looking for it climbs, folder by
 * folder, up to the repository's own node_modules.
 */
export function copyOutside(packaged: Packaged): Copy {
  const home = mkdtempSync(join(realpathSync(tmpdir()), 'colmeia-packaged-'))
  const remove = (): void => rmSync(home, { recursive: true, force: true })
  if (home.startsWith(realpathSync(root) + sep)) {
    remove()
    throw new SetupProblem('The folder for temporary files is inside the repository, so nothing would be proven there.')
  }
  const dir = join(home, 'app')
  // macOS frameworks are held together by relative links, which must stay what they are.
  cpSync(packaged.dir, dir, { recursive: true, verbatimSymlinks: true })
  return { packaged: { ...packaged, dir }, remove }
}
