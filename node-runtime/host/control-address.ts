import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readlinkSync, renameSync, rmdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A socket's path must fit into about 100 bytes, and a lab's folder may lie deep. */
const socketPathBytesMax = 100

/**
 * Where the shell that runs a lab listens. On Unix the socket stands in a fresh folder of its own that only its user
 * can enter, and a symbolic link beside the lab's folder says where (a reset deletes the folder, and the lock stays): nobody else can stand in for it beforehand, shells with
 * different temporary folders still meet, and making a link either succeeds or finds one, so that the link is the lock.
 * On Windows it is a named pipe, which the system itself gives to one server only.
 */
export function controlLink(labDir: string): string {
  return `${labDir}.control`
}

/** Where to connect; null: nobody has claimed this lab. */
export function findControl(labDir: string): string | null {
  if (process.platform === 'win32') return windowsPipe(labDir)
  try {
    return readlinkSync(controlLink(labDir))
  } catch {
    // No link, or no lab folder at all: no shell has this lab.
    return null
  }
}

export function windowsPipe(labDir: string): string {
  const hash = createHash('sha256').update(labDir.toLowerCase()).digest('hex').slice(0, 32)
  return `\\\\.\\pipe\\colmeia-${hash}`
}

/** A path for a new socket, in a folder that is ours alone. */
export function freshSocketPath(): string {
  const roomy = join(tmpdir(), 'colmeia-XXXXXX', 'control').length <= socketPathBytesMax
  const folder = mkdtempSync(join(roomy ? tmpdir() : '/tmp', 'colmeia-'))
  chmodSync(folder, 0o700)
  return join(folder, 'control')
}

/** True: the lab is ours. False: somebody else's link stands there. */
export function linkHere(labDir: string, socketPath: string): boolean {
  mkdirSync(dirname(labDir), { recursive: true })
  try {
    symlinkSync(socketPath, controlLink(labDir))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/**
 * Takes away the link of a shell that died. It is moved aside first and looked at there: between the moment it was found
 * dead and now, another shell may have done the same and put its own link in place, which then goes back.
 */
export function removeStale(labDir: string, deadPath: string): void {
  const aside = `${controlLink(labDir)}.${randomBytes(4).toString('hex')}`
  try {
    renameSync(controlLink(labDir), aside)
  } catch {
    // Somebody else has just moved it away: there is nothing left to remove.
    return
  }
  const found = readlinkSync(aside)
  if (found === deadPath) removeSocket(deadPath)
  else linkHere(labDir, found)
  rmSync(aside, { force: true })
}

/** The socket and the folder made for it. */
export function removeSocket(socketPath: string): void {
  rmSync(socketPath, { force: true })
  try {
    rmdirSync(dirname(socketPath))
  } catch {
    // Gone already, or something else stands in it: either way it is not ours to remove.
  }
}
