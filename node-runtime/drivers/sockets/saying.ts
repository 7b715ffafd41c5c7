import type { Socket, Writable } from 'zeromq'
import { socketLimits } from '#ports/sockets'

/** What a socket says: at once, or not at all. */
export class Saying {
  dropped = 0
  readonly #socket: Socket & Writable
  readonly #bytesMax: number

  constructor(socket: Socket & Writable, bytesMax: number) {
    this.#socket = socket
    this.#bytesMax = bytesMax
  }

  /** `before` comes first and is not measured. */
  say(before: readonly Uint8Array[], frames: readonly Uint8Array[]): boolean {
    const isFitting =
      frames.length > 0 &&
      frames.length <= socketLimits.framesMax &&
      frames.every(({ byteLength }) => byteLength <= this.#bytesMax)
    return isFitting && !this.#socket.closed ? this.#send([...before, ...frames]) : this.refuse()
  }

  refuse(): false {
    this.dropped += 1
    return false
  }

  #send(frames: Uint8Array[]): true {
    // Rejected when its receiver is gone or takes nothing more; it has been tried before this returns.
    this.#socket.send(frames).catch(() => this.refuse())
    return true
  }
}
