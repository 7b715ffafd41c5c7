import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const bundle = join(root, 'out', 'workers', 'worker.mjs')
/** What a worker is made of. A test beside it changes nothing. */
const rooms = ['kit', 'cores', 'ports', 'contract', 'drivers', 'roles', 'worker']

/** The built worker when it is as new as its sources, otherwise the sources: slower to start, and never out of date. */
export function workerFile(): string {
  return isFresh() ? bundle : join(root, 'node-runtime', 'worker', 'main.ts')
}

function isFresh(): boolean {
  if (!existsSync(bundle)) return false
  const builtMs = statSync(bundle).mtimeMs
  return rooms.every((room) => newestMs(join(root, 'node-runtime', room)) <= builtMs)
}

function newestMs(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.ts') && !isTest(join(entry.parentPath, entry.name)),
  )
  return Math.max(0, ...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs))
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || path.includes(`${sep}testing${sep}`)
}
