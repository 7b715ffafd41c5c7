import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Stop } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'
import type { RefusedWhy } from '#ports/ring-links'
import { Arrived } from './arrived.ts'
import type { Proven } from './connection.ts'
import { type Hello, helloNonceBytes, makeHello, takeHello } from './hello.ts'
import { ringLinkLimits } from './limits.ts'
import { keysOf, Opener, Sealer } from './sealing.ts'

export interface GreetingOptions {
  readonly self: { readonly id: string; readonly life: Buffer }
  readonly key: Uint8Array
  readonly clock: Clock
  /** Whom this side dialed; null: it was dialed. */
  readonly dialed: string | null
}

/** How a greeting ended: proven, refused, or null: the other side went away. */
export type Greeted = Proven | RefusedWhy | null

/**
 * Both say hello, then each seals an empty frame with the keys that follow from both hellos and the ring's key; whoever
 * can do that has the key, here and now. The dialer says its proof only to somebody who has proven himself.
 */
export class Greeting {
  readonly #options: GreetingOptions
  readonly #socket: Socket
  readonly #arrived: Arrived
  readonly #done: (greeted: Greeted) => void
  readonly #own: Hello
  readonly #stopTimer: Stop
  #keys: { readonly peer: Hello; readonly sealer: Sealer; readonly opener: Opener } | null = null
  #isDone = false
  readonly #onData = (bytes: Buffer): void => {
    this.#arrived.add(bytes)
    this.#read()
  }
  readonly #onGone = (): void => this.#finish(null)

  constructor(
    at: { readonly socket: Socket; readonly arrived?: Arrived },
    options: GreetingOptions,
    done: (greeted: Greeted) => void,
  ) {
    this.#options = options
    this.#socket = at.socket
    this.#arrived = at.arrived ?? new Arrived()
    this.#done = done
    this.#own = makeHello(options.self, randomBytes(helloNonceBytes))
    this.#stopTimer = options.clock.after(ringLinkLimits.greetingMsMax, () => this.#finish('half'))
    at.socket.on('data', this.#onData)
    at.socket.on('close', this.#onGone)
    at.socket.on('end', this.#onGone)
    if (options.dialed !== null) at.socket.write(this.#own.bytes)
    this.#read()
  }

  #read(): void {
    if (this.#keys === null) this.#readHello()
    if (this.#keys !== null && !this.#isDone) this.#readProof(this.#keys)
  }

  #readHello(): void {
    const { dialed, key, self } = this.#options
    const peer = takeHello(this.#arrived)
    if (peer === null) return
    if (peer === 'garbage') return this.#finish('garbage')
    // Somebody else answers at that address, or an own hello is said back to us.
    if (peer.id === self.id || (dialed !== null && peer.id !== dialed)) return this.#finish('garbage')
    if (dialed === null) {
      const { there, back } = keysOf(key, peer.bytes, this.#own.bytes)
      this.#keys = { peer, sealer: new Sealer(back), opener: new Opener(there) }
      this.#socket.write(Buffer.concat([this.#own.bytes, this.#keys.sealer.seal(Buffer.alloc(0))]))
    } else {
      const { there, back } = keysOf(key, this.#own.bytes, peer.bytes)
      this.#keys = { peer, sealer: new Sealer(there), opener: new Opener(back) }
    }
  }

  #readProof({ peer, sealer, opener }: { peer: Hello; sealer: Sealer; opener: Opener }): void {
    const proof = opener.take(this.#arrived, 0)
    if (proof === null) return
    if (typeof proof === 'string') return this.#finish('wrong-key')
    if (this.#options.dialed !== null) this.#socket.write(sealer.seal(Buffer.alloc(0)))
    this.#finish({
      socket: this.#socket,
      peer: { id: peer.id, life: peer.life },
      sealer,
      opener,
      arrived: this.#arrived,
    })
  }

  #finish(greeted: Greeted): void {
    if (this.#isDone) return
    this.#isDone = true
    void this.#stopTimer()
    this.#socket.off('data', this.#onData)
    this.#socket.off('close', this.#onGone)
    this.#socket.off('end', this.#onGone)
    if (greeted === null || typeof greeted === 'string') this.#socket.destroy()
    this.#done(greeted)
  }
}
