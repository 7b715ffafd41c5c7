import type { Stop } from '#kit/stop-stack'

/** Counts what changes, and tells it, however much it is, once in a while. */
export class Changes {
  readonly #everyMs: number
  readonly #listeners = new Set<() => void>()
  #revision = 0
  #timer: NodeJS.Timeout | null = null
  #isStopped = false

  constructor(everyMs: number) {
    this.#everyMs = everyMs
  }

  get revision(): number {
    return this.#revision
  }

  on(listener: () => void): Stop {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  mark(): void {
    if (this.#timer !== null || this.#isStopped) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#revision += 1
      for (const listener of this.#listeners) listener()
    }, this.#everyMs)
  }

  /** Nothing is told any more. */
  stop(): void {
    this.#isStopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#listeners.clear()
  }
}
