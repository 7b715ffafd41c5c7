import type { Readable, Socket } from 'zeromq'
import type { Stop } from '#kit/stop-stack'
import { untilClosed } from '../wire/gate.ts'

/** How much is taken in each stretch of time; what is more waits, and in the end at whoever says it. */
export interface Pace {
  readonly everyMs: number
  readonly count: number
  readonly bytes: number
}

/**
 * What a socket hears, for all who listen. Nothing is taken from ZeroMQ before somebody listens, nor while the node is
 * asleep: there it waits, and ZeroMQ's limits hold.
 */
export class Hearing<Heard> {
  dropped = 0
  readonly #socket: Socket & Readable
  readonly #understand: (frames: readonly Buffer[]) => Heard | null
  readonly #pace: Pace | null
  readonly #listeners = new Set<(heard: Heard) => void>()
  #isReading = false
  #stretch = { sinceMs: 0, count: 0, bytes: 0 }
  #sleep: { readonly over: Promise<void>; readonly wake: () => void } | null = null

  /** `understand` gives null for what is dropped and counted. */
  constructor(
    socket: Socket & Readable,
    understand: (frames: readonly Buffer[]) => Heard | null,
    pace: Pace | null = null,
  ) {
    this.#socket = socket
    this.#understand = understand
    this.#pace = pace
  }

  listen(listener: (heard: Heard) => void): Stop {
    const own = (heard: Heard): void => listener(heard)
    this.#listeners.add(own)
    if (!this.#isReading) {
      this.#isReading = true
      void untilClosed(this.#read(), () => this.#socket.closed)
    }
    return () => void this.#listeners.delete(own)
  }

  setAsleep(isAsleep: boolean): void {
    if (isAsleep === (this.#sleep !== null)) return
    this.#sleep?.wake()
    this.#sleep = isAsleep ? sleep() : null
  }

  async #read(): Promise<void> {
    for await (const frames of this.#socket) {
      while (this.#sleep !== null) await this.#sleep.over
      if (this.#socket.closed) return
      const heard = this.#understand(frames)
      if (heard === null) this.dropped += 1
      else for (const listener of this.#listeners) listener(heard)
      const restMs = this.#pace === null ? 0 : this.#restMs(this.#pace, frames)
      if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs))
    }
  }

  /** Until this stretch is over, when it has had its share. */
  #restMs({ everyMs, count, bytes }: Pace, frames: readonly Buffer[]): number {
    const nowMs = performance.now()
    if (nowMs - this.#stretch.sinceMs >= everyMs) this.#stretch = { sinceMs: nowMs, count: 0, bytes: 0 }
    const { sinceMs } = this.#stretch
    this.#stretch.count += 1
    for (const { byteLength } of frames) this.#stretch.bytes += byteLength
    const isFull = this.#stretch.count >= count || this.#stretch.bytes >= bytes
    return isFull ? Math.max(1, sinceMs + everyMs - nowMs) : 0
  }
}

function sleep(): { readonly over: Promise<void>; readonly wake: () => void } {
  let wake = (): void => {}
  const over = new Promise<void>((resolve) => {
    wake = resolve
  })
  return { over, wake }
}
