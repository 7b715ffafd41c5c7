import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { diskFailure, errorCode } from '#host/disk-failures'
import { fail, ok, type Result } from '#kit/result'

/** Never over something that is there, and whole or not at all. */
export async function saveNew(path: string, bytes: string | Uint8Array): Promise<Result<string>> {
  let isOurs = false
  try {
    await using file = await open(path, 'wx')
    isOurs = true
    await file.writeFile(bytes)
    return ok(path)
  } catch (error) {
    // Half a receipt proves nothing, and would stand in the way of the next attempt.
    if (isOurs) await rm(path, { force: true })
    return unsaved(path, error)
  }
}

/** Files that come piece by piece, all of them or none. */
export class NewFiles {
  readonly #folder: string
  readonly #files = new Map<string, FileHandle>()

  constructor(folder: string) {
    this.#folder = folder
  }

  async add(name: string, text: string): Promise<Result<null>> {
    const path = join(this.#folder, name)
    try {
      const file = this.#files.get(path) ?? (await open(path, 'wx'))
      this.#files.set(path, file)
      await file.appendFile(text)
      return ok(null)
    } catch (error) {
      return unsaved(path, error)
    }
  }

  /** Their paths. Nothing more comes into them. */
  async keep(): Promise<readonly string[]> {
    for (const file of this.#files.values()) await file.close()
    return [...this.#files.keys()]
  }

  async forget(): Promise<void> {
    for (const path of await this.keep()) await rm(path, { force: true })
  }
}

function unsaved(path: string, error: unknown): Result<never> {
  const code = errorCode(error)
  const message = `${path}: ${error instanceof Error ? error.message : String(error)}`
  return fail(code === 'EEXIST' ? 'already-there' : (diskFailure(error) ?? 'not-saved'), message)
}
