import type { ScanRange } from '#ports/store'

/** The rows of one space, with their keys in order, because a log is scanned far more often than it gets a new key. */
export class SortedRows<Value> {
  readonly #values = new Map<string, Value>()
  readonly #keys: string[] = []

  get size(): number {
    return this.#keys.length
  }

  get(key: string): Value | undefined {
    return this.#values.get(key)
  }

  set(key: string, value: Value): void {
    if (!this.#values.has(key)) this.#keys.splice(this.#placeOf(key), 0, key)
    this.#values.set(key, value)
  }

  delete(key: string): void {
    if (this.#values.delete(key)) this.#keys.splice(this.#placeOf(key), 1)
  }

  /** The keys of a range one by one, so that nobody pays for more than he takes. A limit is the caller's to keep. */
  *keysIn(range: ScanRange): Generator<string> {
    const first = range.from === undefined ? 0 : this.#placeOf(range.from)
    const end = range.before === undefined ? this.#keys.length : this.#placeOf(range.before)
    for (let step = 0; step < end - first; step += 1) {
      const key = this.#keys[range.isBackward === true ? end - 1 - step : first + step]
      if (key !== undefined) yield key
    }
  }

  /** Where the key stands, or would stand. */
  #placeOf(key: string): number {
    // Most new keys are above all others: the log grows at its end.
    const last = this.#keys.at(-1)
    if (last === undefined || last < key) return this.#keys.length
    let low = 0
    let high = this.#keys.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#keys[middle] ?? '') < key) low = middle + 1
      else high = middle
    }
    return low
  }
}
