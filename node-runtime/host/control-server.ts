import { chmodSync, readlinkSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { fail, ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import {
  controlLink,
  findControl,
  freshSocketPath,
  linkHere,
  removeSocket,
  removeStale,
  windowsPipe,
} from './control-address.ts'
import { isAlive } from './control-client.ts'
import { diskFailure } from './disk-failures.ts'
import { JsonLines, jsonLine } from './json-lines.ts'
import { hostLimits } from './limits.ts'
import { type LineParts, serveLine } from './serve-line.ts'

/** What a shell holds while it runs a lab: nobody else may run it, and command lines reach it here. */
export interface ControlServer {
  /** Until this is called, lines are accepted and wait. */
  serve(parts: LineParts): void
  readonly close: Stop
}

/** Claims the lab for this process, or says that another one has it. */
export async function claimLab(labDir: string): Promise<Result<ControlServer>> {
  const waiting: Socket[] = []
  let parts: LineParts | null = null
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    if (parts === null) waiting.push(socket)
    else serveSocket(socket, parts)
  })
  server.maxConnections = hostLimits.controlLinesMax
  const claimed = await claim(server, labDir)
  if (!claimed.ok) return claimed
  return ok({
    serve(given) {
      parts = given
      for (const socket of waiting.splice(0)) serveSocket(socket, given)
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of open) socket.destroy()
      await closed
      claimed.value()
    },
  })
}

async function claim(server: Server, labDir: string): Promise<Result<() => void>> {
  try {
    return process.platform === 'win32' ? await claimPipe(server, labDir) : await claimSocket(server, labDir)
  } catch (error) {
    const code = diskFailure(error)
    if (code === null) throw error
    return fail(code, `the lab in ${labDir} cannot be claimed: ${String(error)}`)
  }
}

async function claimSocket(server: Server, labDir: string): Promise<Result<() => void>> {
  const path = freshSocketPath()
  await listen(server, path)
  let isOurs = false
  try {
    chmodSync(path, 0o600)
    isOurs = await linkUnlessAlive(labDir, path)
  } finally {
    // Whatever went wrong: a socket that nobody is led to must not stay behind, nor keep this process alive.
    if (!isOurs) await closeSocket(server, path)
  }
  if (!isOurs) return inUse(labDir)
  return ok(() => {
    if (linkTarget(labDir) === path) rmSync(controlLink(labDir), { force: true })
    removeSocket(path)
  })
}

/** A few turns, because others may be taking away the same dead link at this moment. */
async function linkUnlessAlive(labDir: string, path: string): Promise<boolean> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (linkHere(labDir, path)) return true
    const other = findControl(labDir)
    if (other === null) continue
    if (await isAlive(other)) return false
    removeStale(labDir, other)
  }
  return false
}

async function closeSocket(server: Server, path: string): Promise<void> {
  await new Promise<void>((resolve) => server.close(() => resolve()))
  removeSocket(path)
}

async function claimPipe(server: Server, labDir: string): Promise<Result<() => void>> {
  try {
    await listen(server, windowsPipe(labDir))
    return ok(() => undefined)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return inUse(labDir)
    throw error
  }
}

function inUse(labDir: string): Result<never> {
  return fail('lab-in-use', `another Colmeia runs the lab in ${labDir}`)
}

function linkTarget(labDir: string): string | null {
  try {
    return readlinkSync(controlLink(labDir))
  } catch {
    // The lab's folder may have been deleted while it ran.
    return null
  }
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Whoever can open the socket is this user: its folder and its rights see to that. */
function serveSocket(socket: Socket, parts: LineParts): void {
  const lines = new JsonLines(hostLimits.requestLineBytesMax)
  const server = serveLine(
    { send: (frame) => void socket.write(jsonLine(frame)), bytesWaiting: () => socket.writableLength },
    parts,
  )
  socket.on('drain', () => parts.publisher.wake())
  socket.on('close', () => void server.close())
  socket.on('data', (chunk: Buffer) => {
    const frames = lines.push(chunk)
    if (frames === null) socket.destroy()
    else for (const frame of frames) server.receive(frame)
  })
}
