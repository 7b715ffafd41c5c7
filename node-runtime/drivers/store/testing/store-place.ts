import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type SqliteStore, type StoreOptions } from '../index.ts'

/** A folder of one test. */
export interface StorePlace {
  readonly folder: string
  readonly path: string
  open(options?: Partial<StoreOptions>): SqliteStore
  /** Every file and its bytes, to hold against later. */
  files(): ReadonlyMap<string, string>
  remove(): void
}

export function storePlace(): StorePlace {
  const folder = mkdtempSync(join(tmpdir(), 'colmeia-store-'))
  const path = join(folder, 'node.sqlite')
  return {
    folder,
    path,
    open: (options = {}) => {
      const opened = openStore({ path, ...options })
      if (!opened.ok) throw new Error(`${opened.failure.code}: ${opened.failure.message}`)
      return opened.value
    },
    files: () => new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('hex')])),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
