import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { fail, ok, type Result } from '#kit/result'

/** SHA-256 of a file of any size, unless somebody stops it. */
export async function hashFile(path: string, stop?: AbortSignal): Promise<Result<Uint8Array>> {
  const hash = createHash('sha256')
  try {
    if (!(await stat(path)).isFile()) return notOrdinary(path)
    await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash, { signal: stop })
    return ok(new Uint8Array(hash.digest()))
  } catch (error) {
    if (stop?.aborted) return fail('timed-out', `${path}: it was not read to its end`)
    return unreadable(path, error)
  }
}

/** The whole of a file that is not longer than allowed. */
export async function readSmallFile(path: string, bytesMax: number): Promise<Result<Uint8Array>> {
  try {
    if (!(await stat(path)).isFile()) return notOrdinary(path)
    await using file = await open(path)
    const buffer = new Uint8Array(bytesMax + 1)
    let length = 0
    // Not by its size: files that the system makes up as they are read have none.
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

/** To open a pipe that nobody writes into waits for ever, and a process cannot even end meanwhile. */
function notOrdinary(path: string): Result<never> {
  return fail('bad-request', `${path}: no ordinary file`)
}

/** What somebody named is not there, or may not be read: no bug of ours. */
export function unreadable(path: string, error: unknown): Result<never> {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOENT') return fail('not-found', path)
  if (code === 'EACCES' || code === 'EPERM') return fail('no-permission', path)
  return fail('bad-request', `${path}: ${error instanceof Error ? error.message : String(error)}`)
}
