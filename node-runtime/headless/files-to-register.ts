import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { toHex } from '#kit/hex'
import { ok, type Result } from '#kit/result'
import { hashFile, unreadable } from './files.ts'

export interface HashedFile {
  /** As it is to stand in the register. */
  readonly title: string
  readonly sha256: string
  readonly bytes: number
}

/** Files as they were named, and those in folders that were named. */
export async function filesToRegister(names: readonly string[]): Promise<Result<readonly HashedFile[]>> {
  const files: HashedFile[] = []
  for (const name of names) {
    const paths = await pathsIn(name)
    if (!paths.ok) return paths
    for (const path of paths.value) {
      const sha256 = await hashFile(path)
      const bytes = await sizeOf(path)
      if (!sha256.ok) return sha256
      if (!bytes.ok) return bytes
      files.push({ title: basename(path), sha256: toHex(sha256.value), bytes: bytes.value })
    }
  }
  return ok(files)
}

async function pathsIn(name: string): Promise<Result<readonly string[]>> {
  try {
    if (!(await stat(name)).isDirectory()) return ok([name])
    const entries = await readdir(name, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile())
    return ok(files.map((entry) => join(entry.parentPath, entry.name)).sort())
  } catch (error) {
    return unreadable(name, error)
  }
}

async function sizeOf(path: string): Promise<Result<number>> {
  try {
    return ok((await stat(path)).size)
  } catch (error) {
    return unreadable(path, error)
  }
}
