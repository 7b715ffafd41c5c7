import { randomUUID } from 'node:crypto'
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import { readTextCall, readTextMessage, writeTextCall, writeTextMessage } from '#dialects/ring/index'
import { ReferencePeer, type ReferenceTiming } from '#dialects/ring/testing/reference-peer'
import { type PeerId, peerId } from '#kit/ids'
import type { TextMessage } from '#kit/ring-text'

const host = '127.0.0.1'
const tickMs = 50
const messageBytesMax = 1024

/** A tenth of what a reference peer's are, but for its patience: our heartbeats come no sooner to it than to others. */
const timing: ReferenceTiming = { heartbeatTicks: 10, silenceTicks: 9_000 / tickMs, aloneTicks: 16 }

export interface Address {
  readonly host: string
  readonly port: number
}

/** What a program of the text form has of a network: a port for lines, a connection each, and a group on loopback. */
export interface TextSockets {
  readonly id: PeerId
  /** False: nobody listens there. That is all that a reference peer learns. */
  bring(to: PeerId, line: string): Promise<boolean>
  callOut(text: string): void
  whisper(to: Address, text: string): void
  close(): Promise<void>
}

export interface TextEvents {
  readonly line: (text: string) => void
  /** From the group, or as an answer. */
  readonly call: (from: Address, text: string) => void
}

export async function openTextSockets(group: Address, on: TextEvents): Promise<TextSockets> {
  const server = createServer({ allowHalfOpen: false })
  const port = await listening(server)
  const [hears, speaks] = [createSocket({ type: 'udp4', reuseAddr: true }), createSocket('udp4')]
  await bound(hears, group)
  hears.addMembership(group.host, host)
  await bound(speaks, { host, port: 0 })
  speaks.setMulticastInterface(host)
  speaks.setMulticastTTL(0)
  let isClosed = false
  server.on('connection', (socket) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (piece: string) => {
      text += piece
    })
    socket.on('error', () => {})
    socket.on('end', () => {
      if (!isClosed) on.line(text)
    })
  })
  for (const socket of [hears, speaks])
    socket.on('message', (bytes, { address, port: from }) =>
      on.call({ host: address, port: from }, bytes.toString('utf8')),
    )
  return {
    id: idAt(port),
    bring: async (to, line) => isClosed || (await isBrought(to, line)),
    callOut: (text) => speaks.send(text, group.port, group.host),
    whisper: (to, text) => speaks.send(text, to.port, to.host),
    close: async () => {
      isClosed = true
      await Promise.all([once(server.close(), 'close'), closed(hears), closed(speaks)])
    },
  }
}

/** A reference peer on the sockets that it would have. */
export interface RunningReference {
  readonly peer: ReferencePeer
  /** Every line that came to it over TCP, as it came. */
  readonly lines: readonly string[]
  /** As kill -9 would: nobody listens there any more, and nothing more is said. */
  kill(): Promise<void>
}

export async function startReference(group: Address, user: string): Promise<RunningReference> {
  const lines: string[] = []
  let sending = Promise.resolve()
  const sockets = await openTextSockets(group, {
    line: (text) => {
      lines.push(text)
      const message = Buffer.byteLength(text) > messageBytesMax ? null : readTextMessage(text)
      if (message !== null) peer.hear(message)
    },
    call: (from, text) => {
      const call = readTextCall(text)
      const answer = call?.kind === 'discover' ? peer.answer(call.id) : null
      if (answer !== null) sockets.whisper(from, writeTextCall({ kind: 'join', ...answer }))
      if (call?.kind === 'join' && peer.leader === null) peer.invited(call.next, call.leader)
    },
  })
  const peer: ReferencePeer = new ReferencePeer({ id: sockets.id, user }, timing, {
    send: (to, message) => {
      sending = sending.then(async () => {
        if (!(await sockets.bring(to, lineOf(message))) && to === peer.next) peer.refused()
      })
      return true
    },
    discover: () => sockets.callOut(writeTextCall({ kind: 'discover', id: sockets.id })),
    uuid: () => randomUUID(),
  })
  const ticking = setInterval(() => peer.tick(), tickMs)
  peer.start()
  return {
    peer,
    lines,
    kill: async () => {
      clearInterval(ticking)
      await sockets.close()
    },
  }
}

function lineOf(message: TextMessage): string {
  const line = writeTextMessage(message)
  if (line === null) throw new Error(`cannot be said: ${JSON.stringify(message)}`)
  return line
}

async function isBrought(to: PeerId, line: string): Promise<boolean> {
  const socket = connect(Number(to.slice(to.indexOf(':') + 1)), to.slice(0, to.indexOf(':')))
  socket.resume()
  socket.end(line)
  return await new Promise((resolve) => {
    let isRefused = false
    socket.on('error', () => {
      isRefused = true
    })
    socket.on('close', () => resolve(!isRefused))
  })
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen({ host, port: 0 }, resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a port')
  return address.port
}

async function bound(socket: UdpSocket, at: Address): Promise<void> {
  await new Promise<void>((resolve) => void socket.bind(at.port, at.host, resolve))
}

async function closed(socket: UdpSocket): Promise<void> {
  await new Promise<void>((resolve) => void socket.close(resolve))
}

function idAt(port: number): PeerId {
  const id = peerId(`${host}:${port}`)
  if (id === null) throw new Error(`no id at ${port}`)
  return id
}
