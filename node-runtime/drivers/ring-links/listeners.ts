import type { Stop } from '#kit/stop-stack'

/** Who listens to one kind of event; each `add` is one listener, also of a function that was added before. */
export class Listeners<Args extends readonly unknown[]> {
  readonly #all = new Set<(...args: Args) => void>()

  add(listener: (...args: Args) => void): Stop {
    const own = (...args: Args): void => listener(...args)
    this.#all.add(own)
    return () => void this.#all.delete(own)
  }

  tell(...args: Args): void {
    for (const listener of this.#all) listener(...args)
  }
}
