import type { Stop } from '#kit/stop-stack'
import type { RefusedWhy } from '#ports/ring-links'
import { ringLinkLimits } from './limits.ts'
import { Listeners } from './listeners.ts'

/** Counts all that was refused, and tells of each kind now and then: a flood must not become one of our own. */
export class Refusals {
  readonly #now: () => number
  readonly #listeners = new Listeners<[why: RefusedWhy, from: string]>()
  readonly #toldMs = new Map<RefusedWhy, number>()
  readonly #counts: Record<RefusedWhy, number> = {
    garbage: 0,
    'too-large': 0,
    half: 0,
    'wrong-key': 0,
    replayed: 0,
    'too-many': 0,
    'texts-not-allowed': 0,
  }

  constructor(now: () => number) {
    this.#now = now
  }

  get counts(): Readonly<Record<RefusedWhy, number>> {
    return { ...this.#counts }
  }

  add(why: RefusedWhy, from: string): void {
    this.#counts[why] += 1
    const nowMs = this.#now()
    const toldMs = this.#toldMs.get(why)
    if (toldMs !== undefined && nowMs - toldMs < ringLinkLimits.refusalsToldEveryMs) return
    this.#toldMs.set(why, nowMs)
    this.#listeners.tell(why, from)
  }

  listen(listener: (why: RefusedWhy, from: string) => void): Stop {
    return this.#listeners.add(listener)
  }
}
