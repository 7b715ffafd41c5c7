import type { Socket } from 'node:net'
import type { RefusedWhy } from '#ports/ring-links'
import type { Carriage } from '../wire/link.ts'
import type { Arrived } from './arrived.ts'
import { ringLinkLimits } from './limits.ts'
import type { Opener, Sealer } from './sealing.ts'

/** Who is at the other end, and how what is said is sealed: the outcome of a greeting. */
export interface Proven {
  readonly socket: Socket
  readonly peer: { readonly id: string; readonly life: string }
  readonly sealer: Sealer
  readonly opener: Opener
  /** What came right behind the proof. */
  readonly arrived: Arrived
}

export interface ConnectionEvents {
  readonly frame: (plain: Buffer) => void
  readonly refused: (why: RefusedWhy) => void
  /** Once. `isInOrder`: it was given back because nobody used it. */
  readonly ended: (isInOrder: boolean) => void
}

const alive = Buffer.alloc(0)
const bye = Buffer.from([0])

/**
 * A proven connection to an own peer. An empty frame says that its writer is alive: no fault acts on it, because a fault
 * takes messages and never the connection. A frame of one zero byte says that the connection is given back.
 */
export class Connection implements Carriage {
  readonly peer: Proven['peer']
  readonly #proven: Proven
  readonly #on: ConnectionEvents
  #hasWritten = false
  #silentBeats = 0
  #isEnded = false
  #drained: (() => void) | null = null

  constructor(proven: Proven, on: ConnectionEvents) {
    this.peer = proven.peer
    this.#proven = proven
    this.#on = on
    const { socket } = proven
    socket.on('data', (bytes: Buffer) => {
      this.#silentBeats = 0
      proven.arrived.add(bytes)
      this.#read()
    })
    socket.on('drain', () => this.#goOn())
    socket.on('close', () => this.#end(false))
    socket.on('end', () => this.#end(false))
    if (proven.arrived.length > 0) queueMicrotask(() => this.#read())
  }

  get closed(): boolean {
    return this.#isEnded
  }

  async send(frame: Buffer): Promise<void> {
    if (this.#isEnded) return
    this.#write(frame)
    if (this.#proven.socket.writableLength < ringLinkLimits.writtenBytesMax) return
    await new Promise<void>((resolve) => {
      this.#drained = resolve
    })
  }

  beat(): void {
    if (!this.#hasWritten) this.#write(alive)
    this.#hasWritten = false
    this.#silentBeats += 1
    if (this.#silentBeats > ringLinkLimits.silentBeatsMax) this.#end(false)
  }

  giveBack(): void {
    if (this.#isEnded) return
    this.#write(bye)
    this.#end(true)
  }

  close(): void {
    this.#end(false)
  }

  #write(frame: Buffer): void {
    if (this.#isEnded) return
    if (this.#proven.sealer.isWornOut) this.#end(false)
    else this.#proven.socket.write(this.#proven.sealer.seal(frame))
    this.#hasWritten = true
  }

  #read(): void {
    while (!this.#isEnded) {
      const frame = this.#proven.opener.take(this.#proven.arrived)
      if (frame === null) return
      if (typeof frame === 'string') {
        this.#on.refused(frame)
        this.#end(false)
      } else if (frame.length === 1 && frame.equals(bye)) this.#end(true)
      else if (frame.length > 0) this.#on.frame(frame)
    }
  }

  #goOn(): void {
    const goOn = this.#drained
    this.#drained = null
    goOn?.()
  }

  #end(isInOrder: boolean): void {
    if (this.#isEnded) return
    this.#isEnded = true
    // The last word leaves first; whoever does not take it is cut off by its own silence.
    if (isInOrder) this.#proven.socket.destroySoon()
    else this.#proven.socket.destroy()
    this.#goOn()
    this.#on.ended(isInOrder)
  }
}
