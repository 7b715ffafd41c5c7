/** How long somebody counts who asked and says nothing more. */
const heardOfMs = 60_000
const callersMax = 10_000

interface Caller {
  readonly heardMs: number
  /** null: it is no program. Empty: it has not said. */
  readonly name: string | null
}

/** Who has asked lately. Past the limit whoever was silent for longest is forgotten first. */
export class Callers {
  readonly #callers = new Map<string, Caller>()

  get size(): number {
    return this.#callers.size
  }

  /** `name`: as a program calls itself, if it says so; null of a node of the lab. */
  heard(from: string, nowMs: number, name: string | null = null): void {
    const known = this.#callers.get(from)?.name
    this.#callers.delete(from)
    this.#callers.set(from, { heardMs: nowMs, name: name === '' ? (known ?? '') : name })
    if (this.#callers.size > callersMax) this.#forgetUntil(Number.NEGATIVE_INFINITY, 1)
  }

  /** The names of the newest programs, one for each connection. */
  programs(namesMax: number): readonly string[] {
    const names = [...this.#callers.values()].flatMap(({ name }) => name ?? [])
    return names.slice(-namesMax).reverse()
  }

  /** True: somebody was forgotten. */
  look(nowMs: number): boolean {
    return this.#forgetUntil(nowMs - heardOfMs, 0) > 0
  }

  #forgetUntil(lastMs: number, atLeast: number): number {
    let forgotten = 0
    for (const [from, { heardMs }] of this.#callers) {
      if (heardMs > lastMs && forgotten >= atLeast) break
      this.#callers.delete(from)
      forgotten += 1
    }
    return forgotten
  }
}
