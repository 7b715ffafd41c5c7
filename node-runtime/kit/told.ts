import type { Stop } from './stop-stack.ts'

/** A value; who listens hears of each change. */
export class Told<Value> {
  readonly #listeners = new Set<(value: Value) => void>()
  #value: Value

  constructor(value: Value) {
    this.#value = value
  }

  get value(): Value {
    return this.#value
  }

  set(value: Value): void {
    if (value === this.#value) return
    this.#value = value
    for (const listener of this.#listeners) listener(value)
  }

  on(listener: (value: Value) => void): Stop {
    const own = (value: Value): void => listener(value)
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }
}
