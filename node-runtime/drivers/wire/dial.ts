import { randomBytes } from 'node:crypto'
import { type Context, Dealer, type EventType } from 'zeromq'
import type { KeyPair, PeerAddress } from '#contract/worker/protocol'
import type { NodeId } from '#kit/ids'
import type { Stop } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'
import { encodeHello } from './frames.ts'
import { linkLimits } from './limits.ts'
import type { Carrier, CarrierEvents } from './link.ts'
import type { Prover } from './proof.ts'
import { tcpAddress } from './tcp-address.ts'

export interface DialOptions {
  readonly context: Context
  readonly clock: Clock
  readonly self: NodeId
  readonly keys: KeyPair
  readonly peer: PeerAddress
  readonly prove: Prover
}

/**
 * Keeps one connection to a peer alive, each time on a socket of its own: a socket that outlived its peer would hand
 * the old life's messages to the new one.
 *
 * 1. `socket` is set exactly between a proven handshake and the loss of that connection.
 * 2. The hello is the first word on each connection.
 * 3. Words of an earlier socket are ignored: its events may still be under way when the next one is open.
 */
export class Dial implements Carrier {
  readonly #options: DialOptions
  readonly #on: CarrierEvents
  #current: Dealer | null = null
  #isConnected = false
  #retry: Stop | null = null
  #isClosed = false

  constructor(options: DialOptions, on: CarrierEvents) {
    this.#options = options
    this.#on = on
    this.#open()
  }

  get socket(): Dealer | null {
    return this.#isConnected ? this.#current : null
  }

  reach(): boolean {
    return this.#isConnected
  }

  /** The peer is known to be there: waiting for the next try would only lose time. */
  hurry(): void {
    if (!this.#isConnected) this.#reopen(0)
  }

  close(): void {
    this.#isClosed = true
    void this.#retry?.()
    this.#drop()
  }

  #open(): void {
    if (this.#isClosed) return
    const { peer } = this.#options
    const connection = randomBytes(8).toString('hex')
    const socket = this.#makeSocket(connection)
    this.#current = socket
    const on = (event: EventType, work: () => void) =>
      socket.events.on(event, () => {
        if (this.#current === socket) work()
      })
    on('handshake', () => this.#greet(socket, connection))
    on('disconnect', () => this.#reopen(0))
    // Reset in mid-handshake: a peer that is just dying, and whose next life may be about to open.
    on('handshake:error:other', () => this.#reopen(linkLimits.reconnectMsMin))
    on('handshake:error:auth', () => this.#reopen(linkLimits.refusedMs))
    on('handshake:error:protocol', () => this.#reopen(linkLimits.refusedMs))
    socket.connect(tcpAddress(peer))
  }

  #makeSocket(connection: string): Dealer {
    const { context, keys, peer } = this.#options
    return new Dealer({
      context,
      routingId: connection,
      curvePublicKey: keys.publicKey,
      curveSecretKey: keys.secretKey,
      curveServerKey: peer.publicKey,
      // While this process is busy a socket may lose its peer and find the next life by itself; then it must be empty.
      immediate: true,
      ipv6: peer.host.includes(':'),
      linger: 0,
      sendHighWaterMark: linkLimits.batchesInSocketMax,
      // Nothing is ever said to us on this socket.
      receiveHighWaterMark: 1,
      maxMessageSize: linkLimits.handshakeBytesMax,
      reconnectInterval: linkLimits.reconnectMsMin,
      reconnectMaxInterval: linkLimits.reconnectMsMax,
      connectTimeout: linkLimits.connectMsMax,
      handshakeInterval: linkLimits.handshakeMsMax,
      heartbeatInterval: linkLimits.heartbeatMs,
      heartbeatTimeout: linkLimits.silenceMsMax,
      heartbeatTimeToLive: linkLimits.silenceMsMax,
    })
  }

  #greet(socket: Dealer, connection: string): void {
    const { self, peer, prove } = this.#options
    const proof = prove({ from: self, to: peer.nodeId, connection: Buffer.from(connection, 'ascii') })
    void socket.send(encodeHello(self, proof)).then(
      () => {
        if (this.#current !== socket) return
        this.#isConnected = true
        this.#on.connected()
      },
      () => {
        // The connection went before the hello was out; its `disconnect` event opens the next one.
      },
    )
  }

  #reopen(afterMs: number): void {
    void this.#retry?.()
    this.#drop()
    if (afterMs === 0) this.#open()
    else this.#retry = this.#options.clock.after(afterMs, () => this.#open())
  }

  #drop(): void {
    const wasConnected = this.#isConnected
    this.#isConnected = false
    this.#current?.close()
    this.#current = null
    if (wasConnected) this.#on.lost()
  }
}
