import { connect, type Socket } from 'node:net'
import type { Clock } from '#ports/clock'
import { addressOf } from './addresses.ts'
import { ringLinkLimits } from './limits.ts'

interface Outgoing {
  readonly text: string
  readonly undelivered: () => void
}

/**
 * Texts to reference peers, a connection each, as those read them. To one peer one after the other, so that they keep
 * their order; when one is not taken, those behind it are not either: they would only wait for the same.
 */
export class TextsOut {
  readonly #clock: Clock
  readonly #waiting = new Map<string, Outgoing[]>()
  readonly #sockets = new Set<Socket>()
  #isClosed = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  send(to: string, text: string, undelivered: () => void): void {
    const queue = this.#waiting.get(to)
    const isFull =
      queue === undefined
        ? this.#waiting.size >= ringLinkLimits.textPeersMax
        : queue.length >= ringLinkLimits.textsQueuedPerPeerMax
    if (this.#isClosed || isFull || addressOf(to) === null) {
      // Never inside the call: who sends is in the middle of a step.
      queueMicrotask(undelivered)
      return
    }
    if (queue !== undefined) {
      queue.push({ text, undelivered })
      return
    }
    this.#waiting.set(to, [{ text, undelivered }])
    this.#bringFirst(to)
  }

  close(): void {
    this.#isClosed = true
    this.#waiting.clear()
    for (const socket of this.#sockets) socket.destroy()
  }

  #bringFirst(to: string): void {
    const first = this.#waiting.get(to)?.[0]
    const address = addressOf(to)
    if (first === undefined || address === null) {
      this.#waiting.delete(to)
      return
    }
    const socket = connect({ ...address, noDelay: true })
    this.#sockets.add(socket)
    const stopTimer = this.#clock.after(ringLinkLimits.dialMsMax, () => socket.destroy())
    let isBrought = false
    socket.on('error', () => {}) // `close` follows and says what counts: whether it was brought
    socket.resume() // reference peers answer nothing; whatever comes is not kept
    socket.once('finish', () => {
      isBrought = true
    })
    socket.end(first.text, 'utf8')
    socket.once('close', () => {
      void stopTimer()
      this.#sockets.delete(socket)
      if (this.#isClosed) return
      if (isBrought) this.#waiting.get(to)?.shift()
      else for (const { undelivered } of this.#waiting.get(to)?.splice(0) ?? []) undelivered()
      this.#bringFirst(to)
    })
  }
}
