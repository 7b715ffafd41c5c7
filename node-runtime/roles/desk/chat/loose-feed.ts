import type { ChatEvent } from '#cores/chat/messages'
import type { EventFeed } from './feed.ts'

const rememberedMax = 2_000

/**
 * The events of a feed where everyone answers: numbers there are places that change when something comes late, so each
 * event is known by its deed. What is published is told once, and what was missed stands in the state.
 */
export class LooseFeed implements EventFeed {
  readonly #parts: { readonly hear: (event: ChatEvent) => void; readonly lost: () => void }
  readonly #heard = new Set<string>()
  #count: number | null = null

  constructor(parts: { readonly hear: (event: ChatEvent) => void; readonly lost: () => void }) {
    this.#parts = parts
  }

  get last(): number | null {
    return this.#count
  }

  begin(last: number): void {
    this.#count = Math.max(last, this.#count ?? 0)
  }

  take(event: ChatEvent): void {
    const key = `${event.what.kind} ${event.deed}`
    if (this.#heard.has(key)) return
    this.#heard.add(key)
    const [oldest] = this.#heard
    if (this.#heard.size > rememberedMax && oldest !== undefined) this.#heard.delete(oldest)
    if (event.what.kind === 'message') this.#count = (this.#count ?? 0) + 1
    this.#parts.hear(event)
  }

  /** Another server may have a few more, or less, than the one that was asked before. */
  check(last: number): void {
    if (last === this.#count) return
    this.#count = last
    this.#parts.lost()
  }

  catchUp(): void {
    // What was missed shows in how many there are.
  }

  stop(): void {
    this.#heard.clear()
  }
}
