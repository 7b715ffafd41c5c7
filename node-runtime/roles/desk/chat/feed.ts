import type { ChatAnswers, ChatEvent } from '#cores/chat/messages'
import type { Result } from '#kit/result'

export const feedLimits = {
  /** Events that came before their turn. Further ones are asked for when it comes. */
  earlyMax: 500,
  pageMax: 200,
} as const

export interface FeedParts {
  readonly read: (after: number, limit: number, done: (result: Result<ChatAnswers['events']>) => void) => void
  /** Each event once, in the order of its numbers. */
  readonly hear: (event: ChatEvent) => void
  /** What was missed is no longer kept: the state has to be asked for anew, and the feed begun where it stands then. */
  readonly lost: () => void
}

/** What happens in one feed, however it comes here. */
export interface EventFeed {
  /** null: not begun. */
  readonly last: number | null
  /** Whatever happened up to this number is known. */
  begin(last: number): void
  /** From wherever it came: published, or in an answer. */
  take(event: ChatEvent): void
  /** The feed has so many events. */
  check(last: number): void
  catchUp(): void
  stop(): void
}

/**
 * The events of one feed, each once and in order, whatever came twice, too early or not at all: a number that is missing is
 * asked for. Before `begin` nothing is heard, because nobody knows yet what the state has in it already.
 */
export class Feed implements EventFeed {
  readonly #parts: FeedParts
  readonly #early = new Map<number, ChatEvent>()
  #last: number | null = null
  #isReading = false
  #isStopped = false

  constructor(parts: FeedParts) {
    this.#parts = parts
  }

  get last(): number | null {
    return this.#last
  }

  begin(last: number): void {
    if (this.#last !== null && last <= this.#last) return
    this.#last = last
    for (const number of this.#early.keys()) if (number <= last) this.#early.delete(number)
    this.#drain()
  }

  take(event: ChatEvent): void {
    if (this.#isStopped || (this.#last !== null && event.number <= this.#last)) return
    if (this.#early.size < feedLimits.earlyMax) this.#early.set(event.number, event)
    if (this.#last === null) return
    this.#drain()
    if (this.#early.size > 0) this.catchUp()
  }

  check(last: number): void {
    if (this.#last !== null && last > this.#last) this.catchUp()
  }

  catchUp(): void {
    if (this.#last === null || this.#isReading || this.#isStopped) return
    this.#isReading = true
    const after = this.#last
    this.#parts.read(after, feedLimits.pageMax, (result) => {
      this.#isReading = false
      // The next look comes, or the next event.
      if (this.#isStopped || !result.ok || result.value === null) return
      const { events, last, isForgotten } = result.value
      if (isForgotten) return this.#forget(last)
      for (const event of events) if (event.number > (this.#last ?? 0)) this.#early.set(event.number, event)
      this.#drain()
      if ((this.#last ?? 0) > after && (this.#last ?? 0) < last) this.catchUp()
    })
  }

  stop(): void {
    this.#isStopped = true
  }

  #forget(last: number): void {
    this.begin(last)
    this.#parts.lost()
  }

  #drain(): void {
    for (;;) {
      const next: ChatEvent | undefined = this.#early.get((this.#last ?? 0) + 1)
      if (next === undefined) return
      this.#early.delete(next.number)
      this.#last = next.number
      this.#parts.hear(next)
    }
  }
}
