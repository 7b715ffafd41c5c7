import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Failure } from '#kit/failures'
import { toHex } from '#kit/hex'
import { ok, type Result } from '#kit/result'
import { hashFile, unreadable } from './files.ts'

export interface HashedFile {
  /** As it is to stand in the register. */
  readonly title: string
  readonly sha256: string
  readonly bytes: number
}

export interface FoundFiles {
  readonly files: readonly HashedFile[]
  /** What is in the folders and cannot be read. */
  readonly leftOut: readonly Failure[]
}

/** Files as they were named, and those in folders that were named. One in a folder does not hold up all the others. */
export async function filesToRegister(names: readonly string[]): Promise<Result<FoundFiles>> {
  const files: HashedFile[] = []
  const leftOut: Failure[] = []
  for (const name of names) {
    const isFolder = await isAFolder(name)
    if (!isFolder.ok) return isFolder
    const paths = isFolder.value ? await pathsIn(name, leftOut) : ok([name])
    if (!paths.ok) return paths
    for (const path of [...paths.value].sort()) {
      const file = await hashed(path)
      if (file.ok) files.push(file.value)
      else if (isFolder.value) leftOut.push(file.failure)
      else return file
    }
  }
  return ok({ files, leftOut })
}

/**
 * A name that is not UTF-8 comes as another one, under which nothing is: that is left out like what may not be read.
 * Links to folders are not gone into, since they may lead round in a circle; they are left out like what is no file.
 */
async function pathsIn(folder: string, leftOut: Failure[]): Promise<Result<readonly string[]>> {
  const paths: string[] = []
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (!entry.isDirectory()) {
        paths.push(path)
        continue
      }
      const deeper = await pathsIn(path, leftOut)
      if (deeper.ok) paths.push(...deeper.value)
      else leftOut.push(deeper.failure)
    }
    return ok(paths)
  } catch (error) {
    return unreadable(folder, error)
  }
}

async function hashed(path: string): Promise<Result<HashedFile>> {
  const sha256 = await hashFile(path)
  if (!sha256.ok) return sha256
  try {
    return ok({ title: basename(path), sha256: toHex(sha256.value), bytes: (await stat(path)).size })
  } catch (error) {
    return unreadable(path, error)
  }
}

async function isAFolder(name: string): Promise<Result<boolean>> {
  try {
    return ok((await stat(name)).isDirectory())
  } catch (error) {
    return unreadable(name, error)
  }
}
