import type { EveryoneAnswer, Mark } from './messages.ts'

interface Registration extends EveryoneAnswer {
  readonly at: Mark
  ticksLeft: number
}

/** Answers to new names, which wait a moment until other servers know them too: the next request goes to another one. */
export class Waiting {
  #registrations: Registration[] = []

  get size(): number {
    return this.#registrations.length
  }

  add(answer: EveryoneAnswer, at: Mark, ticksLeft: number): void {
    this.#registrations.push({ ...answer, at, ticksLeft })
  }

  tick(): void {
    for (const registration of this.#registrations) registration.ticksLeft -= 1
  }

  /** Those that wait no longer. */
  settle(isHeld: (at: Mark) => boolean): readonly EveryoneAnswer[] {
    if (this.#registrations.length === 0) return []
    const settled = this.#registrations.filter(({ at, ticksLeft }) => ticksLeft <= 0 || isHeld(at))
    this.#registrations = this.#registrations.filter((registration) => !settled.includes(registration))
    return settled.map(({ ref, outcome }) => ({ ref, outcome }))
  }
}
