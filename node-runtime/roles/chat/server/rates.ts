export interface Rate {
  /** How many at once after a rest. */
  readonly burst: number
  readonly perMinute: number
}

const keysMax = 10_000
const minuteMs = 60_000

/** A bucket of tokens for each key. Past as many keys as are kept the one that was asked longest ago begins anew. */
export class Rates {
  readonly #rate: Rate
  readonly #buckets = new Map<string, { readonly left: number; readonly atMs: number }>()

  constructor(rate: Rate) {
    this.#rate = rate
  }

  takes(key: string, nowMs: number): boolean {
    const { burst, perMinute } = this.#rate
    const bucket = this.#buckets.get(key) ?? { left: burst, atMs: nowMs }
    const left = Math.min(burst, bucket.left + (Math.max(0, nowMs - bucket.atMs) * perMinute) / minuteMs)
    this.#buckets.delete(key)
    this.#buckets.set(key, { left: left >= 1 ? left - 1 : left, atMs: nowMs })
    const [oldest] = this.#buckets.keys()
    if (this.#buckets.size > keysMax && oldest !== undefined) this.#buckets.delete(oldest)
    return left >= 1
  }
}
