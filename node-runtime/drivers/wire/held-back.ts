import type { Stop } from '#kit/stop-stack'
import type { Clock } from '#ports/clock'

interface Held<T> {
  readonly dueMs: number
  readonly item: T
}

/** Items that a delay fault holds back, in order of when they are due; one timer for all of them. */
export class HeldBack<T> {
  readonly #clock: Clock
  readonly #release: (item: T) => void
  readonly #items: Held<T>[] = []
  #timer: { readonly dueMs: number; readonly stop: Stop } | null = null

  constructor(clock: Clock, release: (item: T) => void) {
    this.#clock = clock
    this.#release = release
  }

  /** With `keepsOrder` an item never overtakes those before it, also when the delay has just become shorter. */
  hold(item: T, delayMs: number, keepsOrder: boolean): void {
    const asked = this.#clock.now() + delayMs
    const dueMs = keepsOrder ? Math.max(asked, this.#items.at(-1)?.dueMs ?? 0) : asked
    let place = this.#items.length
    while (place > 0 && (this.#items[place - 1]?.dueMs ?? 0) > dueMs) place -= 1
    this.#items.splice(place, 0, { dueMs, item })
    this.#arm()
  }

  get isEmpty(): boolean {
    return this.#items.length === 0
  }

  /** Empties it and gives back what was held. */
  clear(): readonly T[] {
    this.#disarm()
    return this.#items.splice(0).map(({ item }) => item)
  }

  #arm(): void {
    const first = this.#items[0]
    if (first === undefined || (this.#timer !== null && this.#timer.dueMs <= first.dueMs)) return
    this.#disarm()
    const stop = this.#clock.after(Math.max(0, first.dueMs - this.#clock.now()), () => this.#releaseDue())
    this.#timer = { dueMs: first.dueMs, stop }
  }

  #releaseDue(): void {
    this.#timer = null
    const nowMs = this.#clock.now()
    const firstLater = this.#items.findIndex(({ dueMs }) => dueMs > nowMs)
    const due = this.#items.splice(0, firstLater === -1 ? this.#items.length : firstLater)
    for (const { item } of due) this.#release(item)
    this.#arm()
  }

  #disarm(): void {
    void this.#timer?.stop()
    this.#timer = null
  }
}
