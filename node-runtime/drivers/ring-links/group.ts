import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { ok, type Result } from '#kit/result'
import type { HostPort } from '#ports/ring-links'
import { isOfThisMachine } from './addresses.ts'
import { refusal } from './door.ts'

export interface GroupOptions {
  /** The multicast group and its port, the same for all who shall hear each other. */
  readonly group: HostPort
  /** An own address: through its interface datagrams leave, and on it the group is joined. */
  readonly interfaceHost: string
  /** 0: nothing leaves this machine, and nothing of another one is heard. */
  readonly ttl: number
}

/** `isAnswer`: it came to our own port. */
type Heard = (from: HostPort, datagram: Buffer, isAnswer: boolean) => void

/**
 * Two sockets. On the group's port any number of programs of a machine listen beside each other. What is said leaves
 * from a port of our own, because an answer to that port must come to us and to nobody else.
 */
export class Group {
  readonly #options: GroupOptions
  readonly #hears = createSocket({ type: 'udp4', reuseAddr: true })
  readonly #speaks = createSocket('udp4')

  constructor(options: GroupOptions) {
    this.#options = options
  }

  async open(heard: Heard): Promise<Result<null>> {
    const { group, interfaceHost, ttl } = this.#options
    // Windows binds no socket to a group; elsewhere that keeps other datagrams of this port away.
    const hearsAt = { host: process.platform === 'win32' ? '0.0.0.0' : group.host, port: group.port }
    const speaksAt = { host: interfaceHost, port: 0 }
    const results = [
      await bound(this.#hears, hearsAt, (socket) => socket.addMembership(group.host, interfaceHost)),
      await bound(this.#speaks, speaksAt, (socket) => {
        socket.setMulticastInterface(interfaceHost)
        socket.setMulticastTTL(ttl)
        socket.setMulticastLoopback(true)
      }),
    ]
    const failed = results.find((result) => !result.ok)
    if (failed !== undefined) {
      await this.close()
      return failed
    }
    const own = this.#speaks.address()
    for (const socket of [this.#hears, this.#speaks]) {
      socket.on('message', (datagram: Buffer, from: RemoteInfo) => {
        if (from.port === own.port && from.address === own.address) return
        // Another program of this machine may have joined the group on an interface that leads out.
        if (ttl === 0 && !isOfThisMachine(from.address)) return
        heard({ host: from.address, port: from.port }, datagram, socket === this.#speaks)
      })
    }
    return ok(null)
  }

  say(datagram: Buffer): void {
    this.sayTo(this.#options.group, datagram)
  }

  /** A datagram that cannot leave now is lost, as others are on their way. */
  sayTo(to: HostPort, datagram: Buffer): void {
    this.#speaks.send(datagram, to.port, to.host, () => {})
  }

  async close(): Promise<void> {
    for (const socket of [this.#hears, this.#speaks]) {
      await new Promise<void>((resolve) => {
        socket.once('close', resolve)
        try {
          socket.close()
        } catch {
          // Closed already: node says so by throwing.
          resolve()
        }
      })
    }
  }
}

async function bound(socket: Socket, at: HostPort, prepare: (socket: Socket) => void): Promise<Result<null>> {
  return await new Promise((resolve) => {
    // For ever: an interface that goes away must not take the node with it.
    socket.on('error', (error) => resolve(refusal(error, at)))
    socket.bind({ address: at.host, port: at.port }, () => {
      try {
        prepare(socket)
        resolve(ok(null))
      } catch (error) {
        if (!(error instanceof Error)) throw error
        // Node throws where the interface has no such address or cannot do multicast.
        resolve(refusal(error, at))
      }
    })
  })
}
