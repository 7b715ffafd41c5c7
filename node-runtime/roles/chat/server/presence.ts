import { type Passing, passingLimits } from '../native-topics.ts'

export interface PresenceParts {
  readonly tell: (passing: Passing) => void
  readonly timeMs: () => number
}

export const presenceLimits = {
  /** Often enough that nobody seems to be gone who is here, however often they say something. */
  againMs: passingLimits.presenceMs / 3,
  usersMax: 10_000,
} as const

/** Who is here: somebody with a window open says so, a program by what it does. Published now and then, kept by nobody. */
export class Presence {
  readonly #parts: PresenceParts
  readonly #toldMs = new Map<string, number>()

  constructor(parts: PresenceParts) {
    this.#parts = parts
  }

  here(user: string): void {
    const atMs = this.#parts.timeMs()
    const toldMs = this.#toldMs.get(user)
    // A clock that was set back says it again at once.
    if (toldMs !== undefined && atMs >= toldMs && atMs - toldMs < presenceLimits.againMs) return
    this.#toldMs.delete(user)
    this.#toldMs.set(user, atMs)
    const [oldest] = this.#toldMs.keys()
    if (this.#toldMs.size > presenceLimits.usersMax && oldest !== undefined) this.#toldMs.delete(oldest)
    this.#parts.tell({ user, atMs })
  }
}
