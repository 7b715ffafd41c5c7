/** Is what was built still what the sources say? A target's stamp is the hash of everything that went into it. */

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

export type Stamps = Readonly<Record<string, string>>

export interface Stamped {
  readonly name: string
  /** Files and folders, relative to the repository. */
  readonly inputs: readonly string[]
  /** Files that must exist, relative to the repository. */
  readonly outputs: readonly string[]
}

/**
 * Contents, not times: a `git checkout` and a copied folder change times and nothing else. Tests are left out, so
 * that writing one does not build the program anew.
 */
export function stampOf(root: string, inputs: readonly string[]): string {
  const hash = createHash('sha256')
  for (const input of inputs) {
    for (const file of filesBelow(root, input)) {
      hash.update(`${file}\0`)
      hash.update(readFileSync(join(root, file)))
      hash.update('\0')
    }
  }
  return hash.digest('hex')
}

export function isStale(root: string, target: Stamped, stamps: Stamps, stamp: string): boolean {
  return stamps[target.name] !== stamp || target.outputs.some((output) => !existsSync(join(root, output)))
}

/** Sorted, because two file systems list the same folder in different orders. */
function filesBelow(root: string, place: string): string[] {
  const path = join(root, place)
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [place]
  const files: string[] = []
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const below = `${place}/${entry.name}`
    if (entry.isDirectory()) files.push(...filesBelow(root, below))
    else if (!/\.test\.tsx?$/.test(entry.name)) files.push(below)
  }
  return files
}
