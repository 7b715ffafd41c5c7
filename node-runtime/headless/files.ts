import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { fail, ok, type Result } from '#kit/result'

/** SHA-256 of a file of any size. */
export async function hashFile(path: string): Promise<Result<Uint8Array>> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash)
    return ok(new Uint8Array(hash.digest()))
  } catch (error) {
    return unreadable(path, error)
  }
}

/** The whole of a file that is not longer than allowed. */
export async function readSmallFile(path: string, bytesMax: number): Promise<Result<Uint8Array>> {
  try {
    await using file = await open(path)
    const buffer = new Uint8Array(bytesMax + 1)
    let length = 0
    // Not by its size: a pipe has none.
    for (let read = -1; read !== 0 && length <= bytesMax; length += read) {
      read = (await file.read(buffer, length, buffer.length - length, null)).bytesRead
    }
    return length > bytesMax
      ? fail('too-large', `${path}: more than ${bytesMax} bytes`)
      : ok(buffer.subarray(0, length))
  } catch (error) {
    return unreadable(path, error)
  }
}

/** What somebody named is not there, or may not be read: no bug of ours. */
export function unreadable(path: string, error: unknown): Result<never> {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT') return fail('not-found', path)
  if (code === 'EACCES' || code === 'EPERM') return fail('no-permission', path)
  return fail('bad-request', `${path}: ${error instanceof Error ? error.message : String(error)}`)
}
