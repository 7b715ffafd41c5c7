import type { Stop } from '#kit/stop-stack'
import { socketLimits } from '#ports/sockets'

/** What comes waits for the first who listens. */
export class Heard<Word> {
  readonly #listeners = new Set<(word: Word) => void>()
  #early: Word[] | null = []

  on(listener: (word: Word) => void): Stop {
    const own = (word: Word): void => listener(word)
    this.#listeners.add(own)
    const early = this.#early ?? []
    this.#early = null
    for (const word of early) own(word)
    return () => void this.#listeners.delete(own)
  }

  say(word: Word): void {
    if (this.#early === null) for (const listener of this.#listeners) listener(word)
    else if (this.#early.length < socketLimits.queuedPerConnectionMax) this.#early.push(word)
  }
}
