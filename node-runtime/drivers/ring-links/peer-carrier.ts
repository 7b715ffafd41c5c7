import { connect } from 'node:net'
import type { HostPort, LostWhy, RefusedWhy } from '#ports/ring-links'
import type { Carrier, CarrierEvents } from '../wire/link.ts'
import { Connection, type Proven } from './connection.ts'
import { Greeting, type GreetingOptions } from './greeting.ts'
import { ringLinkLimits } from './limits.ts'

export interface CarrierOptions extends Omit<GreetingOptions, 'dialed'> {
  readonly peer: string
  readonly address: HostPort
  readonly onFrame: (plain: Buffer) => void
  readonly onLost: (why: LostWhy) => void
  readonly onRefused: (why: RefusedWhy) => void
}

/**
 * The ways to one own peer: dialed here when something is to be said, or there. Where both dial at once both
 * connections live; each side writes to its first one and reads both.
 *
 * 1. All connections are of one life of the peer: a newer life ends those of the one before.
 * 2. Nothing is dialed on its own accord. Who wants to speak to a peer that is not there asks again.
 */
export class PeerCarrier implements Carrier {
  readonly #options: CarrierOptions
  readonly #on: CarrierEvents
  #connections: readonly Connection[] = []
  #isDialing = false
  #isClosed = false
  #quitDialing: (() => void) | null = null

  constructor(options: CarrierOptions, on: CarrierEvents) {
    this.#options = options
    this.#on = on
  }

  get socket(): Connection | null {
    return this.#connections[0] ?? null
  }

  get isIdle(): boolean {
    return this.#connections.length === 0 && !this.#isDialing
  }

  reach(): boolean {
    if (this.#isClosed) return false
    if (this.isIdle) this.#dial()
    return true
  }

  /** Takes over a connection that has proven to be with this peer. */
  take(proven: Proven): void {
    if (this.#isClosed) {
      proven.socket.destroy()
      return
    }
    if (this.socket !== null && this.socket.peer.life !== proven.peer.life) this.#endAll((one) => one.close())
    const connection: Connection = new Connection(proven, {
      frame: this.#options.onFrame,
      refused: this.#options.onRefused,
      ended: (isInOrder) => this.#ended(connection, isInOrder),
    })
    this.#connections = [...this.#connections, connection]
    // The one that is written to stays, so that what is said keeps its order.
    if (this.#connections.length > ringLinkLimits.connectionsPerPeerMax) this.#connections[1]?.giveBack()
    if (this.socket === connection) this.#on.connected()
  }

  beat(): void {
    for (const connection of this.#connections) connection.beat()
  }

  /** Nobody has used them for long. */
  giveBack(): void {
    this.#endAll((one) => one.giveBack())
  }

  close(): void {
    this.#isClosed = true
    this.#quitDialing?.()
    this.#endAll((one) => one.close())
  }

  #endAll(end: (connection: Connection) => void): void {
    for (const connection of this.#connections) end(connection)
  }

  #ended(connection: Connection, isInOrder: boolean): void {
    const wasFirst = this.socket === connection
    this.#connections = this.#connections.filter((one) => one !== connection)
    if (this.socket !== null) {
      if (wasFirst) this.#on.connected()
      return
    }
    this.#on.lost()
    if (!isInOrder && !this.#isClosed) this.#options.onLost('closed')
  }

  #dial(): void {
    this.#isDialing = true
    const { address, clock, peer } = this.#options
    const socket = connect({ ...address, noDelay: true })
    const stopTimer = clock.after(ringLinkLimits.dialMsMax, () => socket.destroy())
    let wasRefused = false
    socket.on('error', (error) => {
      // Only this one says that nobody listens there. All others may be the network's, or of a peer that is busy.
      wasRefused = 'code' in error && error.code === 'ECONNREFUSED'
    })
    socket.once('connect', () => {
      void stopTimer()
      new Greeting({ socket }, { ...this.#options, dialed: peer }, (greeted) => {
        if (typeof greeted === 'string') this.#options.onRefused(greeted)
        this.#dialed(greeted === null || typeof greeted === 'string' ? null : greeted)
      })
      socket.off('close', failed)
    })
    const failed = (): void => {
      void stopTimer()
      this.#dialed(null)
      if (wasRefused && !this.#isClosed) this.#options.onLost('refused')
    }
    socket.once('close', failed)
    this.#quitDialing = () => socket.destroy()
  }

  #dialed(proven: Proven | null): void {
    this.#isDialing = false
    this.#quitDialing = null
    if (proven !== null) this.take(proven)
    // The peer may have dialed us meanwhile; then what waits has gone that way.
    else if (this.socket === null) this.#on.lost()
  }
}
