export const visitorLimits = {
  /** Who is remembered by name. Of whoever was forgotten it is believed that they wrote last of all forgotten ones. */
  rememberedMax: 10_000,
  nameCharsMax: 64,
} as const

/** Up to where each visitor has written to the catalogue, so that nobody reads less than they wrote. Without a name: all others. */
export class Visitors {
  readonly #wrote = new Map<string, number>()
  #forgottenTo = 0

  wroteTo(name: string): number {
    return this.#wrote.get(name.slice(0, visitorLimits.nameCharsMax)) ?? this.#forgottenTo
  }

  wrote(name: string, position: number): void {
    const key = name.slice(0, visitorLimits.nameCharsMax)
    const before = this.#wrote.get(key) ?? 0
    this.#wrote.delete(key)
    this.#wrote.set(key, Math.max(before, position))
    if (this.#wrote.size <= visitorLimits.rememberedMax) return
    const [oldest] = this.#wrote
    if (oldest === undefined) return
    this.#wrote.delete(oldest[0])
    this.#forgottenTo = Math.max(this.#forgottenTo, oldest[1])
  }
}
