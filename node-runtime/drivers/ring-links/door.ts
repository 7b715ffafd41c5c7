import { createServer, type Server, type Socket } from 'node:net'
import { fail, ok, type Result } from '#kit/result'
import type { Stop } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'
import type { RefusedWhy } from '#ports/ring-links'
import { isOfThisMachine, plainHost } from './addresses.ts'
import { Allowance } from './allowance.ts'
import { Arrived } from './arrived.ts'
import type { Proven } from './connection.ts'
import { Greeting, type GreetingOptions } from './greeting.ts'
import { isOwnForm } from './hello.ts'
import { ringLinkLimits } from './limits.ts'
import { takeText } from './texts-in.ts'

/** From whom the text form is taken. It proves nothing, so whoever may say it may say anything. */
export type TextsFrom = 'nobody' | 'this-machine' | 'everybody'

export interface DoorOptions {
  readonly clock: Clock
  readonly textsFrom: TextsFrom
  /** The port is known only after binding, and the own id has it. */
  readonly greeting: () => Omit<GreetingOptions, 'dialed'>
  readonly onPeer: (proven: Proven) => void
  readonly onText: (fromHost: string, text: string) => void
  readonly onRefused: (why: RefusedWhy, from: string) => void
}

/** The one TCP port: own peers and texts of reference peers, told apart by their first bytes. */
export class Door {
  readonly #options: DoorOptions
  readonly #server: Server
  readonly #ofTexts: Allowance
  /** For itself: texts of strangers must not keep own peers of the same host from coming in. */
  readonly #ofHellos: Allowance
  /** Those that have proven nothing yet, the oldest first. */
  readonly #guests = new Map<Socket, string>()

  constructor(options: DoorOptions) {
    this.#options = options
    const { textsPerHost, textsInAll, hellosPerHost, hellosInAll } = ringLinkLimits
    const now = (): number => options.clock.now()
    this.#ofTexts = new Allowance({ perHost: textsPerHost, inAll: textsInAll }, now)
    this.#ofHellos = new Allowance({ perHost: hellosPerHost, inAll: hellosInAll }, now)
    this.#server = createServer({ noDelay: true }, (socket) => this.#came(socket))
  }

  async open(at: { readonly host: string; readonly port: number }): Promise<Result<number>> {
    return await new Promise((resolve) => {
      // For ever: a connection that could not be taken is reported here as well, and means nothing more.
      this.#server.on('error', (error) => resolve(refusal(error, at)))
      this.#server.listen({ ...at, exclusive: true }, () => {
        const address = this.#server.address()
        resolve(ok(typeof address === 'object' && address !== null ? address.port : at.port))
      })
    })
  }

  /** Own peers' connections belong to their carriers, which must be closed before. */
  async close(): Promise<void> {
    for (const socket of this.#guests.keys()) socket.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #came(socket: Socket): void {
    const from = plainHost(socket.remoteAddress)
    socket.on('error', () => {}) // `close` follows, and every owner of the socket listens to that
    this.#makeRoom()
    this.#guests.set(socket, from)
    const leave = (): void => void this.#guests.delete(socket)
    socket.once('close', leave)
    this.#tellApart(socket, from, leave)
  }

  #tellApart(socket: Socket, from: string, leave: () => void): void {
    const arrived = new Arrived()
    const { clock, onRefused } = this.#options
    const stopTimer = clock.after(ringLinkLimits.greetingMsMax, () => {
      onRefused('half', from)
      socket.destroy()
    })
    const settle: Stop = () => {
      void stopTimer()
      socket.off('data', look)
      socket.off('close', settle)
    }
    const look = (bytes: Buffer): void => {
      arrived.add(bytes)
      const isOwn = isOwnForm(arrived)
      if (isOwn === null) return
      void settle()
      if (isOwn) this.#greet({ socket, arrived, from }, leave)
      else this.#read({ socket, arrived, from })
    }
    socket.on('data', look)
    socket.on('close', settle)
  }

  #greet(at: { socket: Socket; arrived: Arrived; from: string }, leave: () => void): void {
    if (!this.#ofHellos.take(at.from)) {
      at.socket.destroy()
      this.#options.onRefused('too-many', at.from)
      return
    }
    new Greeting(at, { ...this.#options.greeting(), dialed: null }, (greeted) => {
      if (greeted === null) this.#options.onRefused('half', at.from)
      else if (typeof greeted === 'string') this.#options.onRefused(greeted, at.from)
      else {
        leave()
        this.#options.onPeer(greeted)
      }
    })
  }

  #read(at: { socket: Socket; arrived: Arrived; from: string }): void {
    const { clock, onRefused, onText, textsFrom } = this.#options
    const why = this.#whyNot(at.from, textsFrom)
    if (why !== null) {
      at.socket.destroy()
      onRefused(why, at.from)
      return
    }
    takeText(
      { ...at, clock },
      (text) => onText(at.from, text),
      (refused) => onRefused(refused, at.from),
    )
  }

  #whyNot(from: string, textsFrom: TextsFrom): RefusedWhy | null {
    if (!isTextTaken(from, textsFrom)) return 'texts-not-allowed'
    return this.#ofTexts.take(from) ? null : 'too-many'
  }

  #makeRoom(): void {
    for (const [oldest, from] of this.#guests) {
      if (this.#guests.size < ringLinkLimits.greetingsMax) return
      this.#guests.delete(oldest)
      oldest.destroy()
      this.#options.onRefused('too-many', from)
    }
  }
}

export function isTextTaken(from: string, textsFrom: TextsFrom): boolean {
  return textsFrom === 'everybody' || (textsFrom === 'this-machine' && isOfThisMachine(from))
}

export function refusal(error: Error, at: { readonly host: string; readonly port: number }): Result<never> {
  const code = 'code' in error ? error.code : null
  const address = `${at.host}:${at.port}`
  if (code === 'EADDRINUSE') return fail('port-taken', `${address} is in use`)
  if (code === 'EACCES') return fail('no-permission', `${address} may not be used`)
  return fail('no-interface', `${address} is not an address of this machine`)
}
