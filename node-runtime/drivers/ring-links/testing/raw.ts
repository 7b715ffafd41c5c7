import { randomBytes } from 'node:crypto'
import { connect, createServer, type Socket } from 'node:net'
import { host, until } from '../../wire/testing/wire-net.ts'
import { helloNonceBytes, makeHello } from '../hello.ts'
import { keysOf, Sealer } from '../sealing.ts'
import { portOf } from './ring-net.ts'

/** Bytes as anybody could send them, and what came back. */
export interface Raw {
  readonly socket: Socket
  readonly came: () => Buffer
  readonly isClosed: () => boolean
}

export async function raw(to: string): Promise<Raw> {
  const socket = connect(portOf(to), host)
  const pieces: Buffer[] = []
  let isClosed = false
  socket.on('data', (bytes: Buffer) => pieces.push(bytes))
  socket.on('error', () => {})
  socket.on('close', () => {
    isClosed = true
  })
  await until(() => !socket.connecting)
  return { socket, came: () => Buffer.concat(pieces), isClosed: () => isClosed }
}

/** A peer with the right key that says its frames itself; all that it has written is kept. */
export interface RawPeer extends Raw {
  readonly written: Buffer[]
  readonly sealer: Sealer
  write(bytes: Buffer): void
}

export async function rawPeer(to: string, as: { readonly id: string; readonly key: Uint8Array }): Promise<RawPeer> {
  const at = await raw(to)
  const written: Buffer[] = []
  const write = (bytes: Buffer): void => {
    written.push(bytes)
    at.socket.write(bytes)
  }
  const own = makeHello({ id: as.id, life: randomBytes(8) }, randomBytes(helloNonceBytes))
  write(own.bytes)
  const proofBytes = 24
  await until(() => at.came().length > proofBytes)
  const answer = at.came()
  const sealer = new Sealer(keysOf(as.key, own.bytes, answer.subarray(0, answer.length - proofBytes)).there)
  write(sealer.seal(Buffer.alloc(0)))
  return { ...at, written, sealer, write }
}

/** Somebody else who listens at an address and passes all on to another one. */
export async function passOn(from: string, to: string): Promise<{ close(): Promise<void> }> {
  const sockets: Socket[] = []
  const server = createServer((incoming) => {
    const outgoing = connect(portOf(to), host)
    sockets.push(incoming, outgoing)
    for (const socket of [incoming, outgoing]) socket.on('error', () => {})
    incoming.pipe(outgoing).pipe(incoming)
  })
  await new Promise<void>((resolve) => void server.listen(portOf(from), host, resolve))
  return {
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}
