import { assert } from '#kit/assert'
import type { Stop } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'

interface Timer {
  dueMs: number
  /** null: once. */
  readonly everyMs: number | null
  readonly work: () => void
}

/** Time that moves only when it is told to. Nothing else in the virtual world does. */
export class VirtualClock implements Clock {
  #nowMs: number
  readonly #wallZeroMs: number
  #timers: Timer[] = []
  skewMs = 0

  constructor(nowMs = 0, wallZeroMs = 0) {
    this.#nowMs = nowMs
    this.#wallZeroMs = wallZeroMs
  }

  now(): number {
    return this.#nowMs
  }

  wall(): number {
    return this.#wallZeroMs + this.#nowMs + this.skewMs
  }

  every(everyMs: number, work: () => void): Stop {
    assert(everyMs > 0, 'a beat takes time')
    return this.#start({ dueMs: this.#nowMs + everyMs, everyMs, work })
  }

  after(delayMs: number, work: () => void): Stop {
    return this.#start({ dueMs: this.#nowMs + delayMs, everyMs: null, work })
  }

  /** Does what falls due on the way, in order of time, then in order of starting. */
  advanceTo(nowMs: number): void {
    assert(nowMs >= this.#nowMs, 'time goes forward')
    for (let timer = this.#nextDue(nowMs); timer !== null; timer = this.#nextDue(nowMs)) {
      this.#nowMs = Math.max(this.#nowMs, timer.dueMs)
      if (timer.everyMs === null) this.#remove(timer)
      else timer.dueMs += timer.everyMs
      timer.work()
    }
    this.#nowMs = nowMs
  }

  /** As `advanceTo`, for a process that slept: each timer goes off once at most, at the end. */
  wakeAt(nowMs: number): void {
    this.#nowMs = nowMs
    for (const timer of this.#timers) {
      if (timer.everyMs === null || timer.dueMs >= nowMs) continue
      timer.dueMs += Math.floor((nowMs - timer.dueMs) / timer.everyMs) * timer.everyMs
    }
    this.advanceTo(nowMs)
  }

  #nextDue(nowMs: number): Timer | null {
    let next: Timer | null = null
    for (const timer of this.#timers) {
      if (timer.dueMs <= nowMs && (next === null || timer.dueMs < next.dueMs)) next = timer
    }
    return next
  }

  #start(timer: Timer): Stop {
    this.#timers.push(timer)
    return () => this.#remove(timer)
  }

  #remove(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer)
  }
}
