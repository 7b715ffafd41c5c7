/** Looks at a packaged program as a stranger would: at its files and bytes, not at how it was made. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FuseSettings, fuseComplaints, readWires } from './fuses.ts'
import { binaryOf, fuseFileOf, type Packaged, resourcesBeside } from './places.ts'

// What a process of its own loads cannot stand inside the archive.
const outside = [
  'out/workers/worker.mjs',
  'node_modules/zeromq/lib/index.js',
  'node_modules/cmake-ts/build/loader.js',
  'node_modules/better-sqlite3/lib/index.js',
]
const nativeHomes = ['node_modules/zeromq', 'node_modules/better-sqlite3']

export function complaintsAbout(packaged: Packaged, fuses: FuseSettings, carriesNode: boolean): readonly string[] {
  const binary = binaryOf(packaged)
  const resources = resourcesBeside(packaged.platform, binary)
  const unpacked = join(resources, 'app.asar.unpacked')
  const needed = ['app.asar', ...(carriesNode ? ['node/bin/node'] : [])]
  const unwanted = ['app', 'default_app.asar', ...(carriesNode ? [] : ['node'])]
  return [
    ...needed.filter((name) => !existsSync(join(resources, name))).map((name) => `${name} is missing`),
    ...unwanted.filter((name) => existsSync(join(resources, name))).map((name) => `${name} should not be there`),
    ...(existsSync(join(resources, '..', 'verify.html')) ? [] : ['verify.html is not beside the program']),
    ...outside.filter((name) => !existsSync(join(unpacked, name))).map((name) => `${name} is not beside the archive`),
    ...nativeHomes.filter((name) => !hasBinary(join(unpacked, name))).map((name) => `${name} has no binary`),
    ...fuseComplaints(readWires(readFileSync(fuseFileOf(packaged.platform, binary))), fuses),
  ]
}

function hasBinary(dir: string): boolean {
  if (!existsSync(dir)) return false
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).some((name) => name.endsWith('.node'))
}
