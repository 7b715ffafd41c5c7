import { open } from 'node:fs/promises'
import { ok, type Result } from '#kit/result'
import { unreadable } from './files.ts'

/** Never over something that is there. */
export async function saveNew(path: string, bytes: string | Uint8Array): Promise<Result<string>> {
  try {
    const file = await open(path, 'wx')
    try {
      await file.writeFile(bytes)
    } finally {
      await file.close()
    }
    return ok(path)
  } catch (error) {
    return unreadable(path, error)
  }
}
