import type { RingRefusal } from '#contract/worker/ring'

/** A ring with another key on the same network calls each second, for ever: all is counted, and told this seldom. */
const againMs = 60_000
/** Senders that are remembered; past that the oldest is forgotten, and told anew. */
const sendersMax = 64

/** Which refusals are news for people: the first of its kind from a host, and then now and then. */
export class ToldRefusals {
  readonly #toldMs = new Map<string, number>()

  isNews(why: RingRefusal, from: string, nowMs: number): boolean {
    // Whoever connects anew has another port each time.
    const key = `${why} ${from.split(':')[0]}`
    const toldMs = this.#toldMs.get(key)
    if (toldMs !== undefined && nowMs - toldMs < againMs) return false
    this.#toldMs.delete(key)
    this.#toldMs.set(key, nowMs)
    const [oldest] = this.#toldMs.keys()
    if (this.#toldMs.size > sendersMax && oldest !== undefined) this.#toldMs.delete(oldest)
    return true
  }
}
