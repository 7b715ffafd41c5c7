import { makeRoom } from './bounded.ts'
import { ringLinkLimits } from './limits.ts'

export interface Rate {
  readonly atOnce: number
  readonly perSecond: number
}

/** A bucket that fills with time and is emptied by what comes. */
class Bucket {
  readonly #rate: Rate
  #left: number
  #filledMs: number

  constructor(rate: Rate, nowMs: number) {
    this.#rate = rate
    this.#left = rate.atOnce
    this.#filledMs = nowMs
  }

  take(nowMs: number): boolean {
    const filled = this.#left + ((nowMs - this.#filledMs) / 1_000) * this.#rate.perSecond
    this.#left = Math.min(this.#rate.atOnce, filled)
    this.#filledMs = nowMs
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }
}

/** How much strangers may bring: each host for itself, so that one does not silence the others, and all together. */
export class Allowance {
  readonly #perHost: Rate
  readonly #now: () => number
  readonly #all: Bucket
  readonly #hosts = new Map<string, Bucket>()

  constructor(rates: { readonly perHost: Rate; readonly inAll: Rate }, now: () => number) {
    this.#perHost = rates.perHost
    this.#now = now
    this.#all = new Bucket(rates.inAll, now())
  }

  take(host: string): boolean {
    const nowMs = this.#now()
    const bucket = this.#hosts.get(host) ?? new Bucket(this.#perHost, nowMs)
    this.#hosts.delete(host)
    makeRoom(this.#hosts, ringLinkLimits.hostsCountedMax)
    this.#hosts.set(host, bucket)
    return bucket.take(nowMs) && this.#all.take(nowMs)
  }
}
