import { createStore } from 'zustand/vanilla'
import type { RingHistoryPage } from '#contract/worker/ring'
import type { FailureCode } from '#kit/failures'
import type { Result } from '#kit/result'
import { type Loaded, withNewest, withOlder } from './loaded.ts'

export interface TalkState {
  /** null: nothing has come yet. */
  readonly loaded: Loaded | null
  readonly failure: FailureCode | null
  readonly isReadingOlder: boolean
}

/** So far back a change is followed; past that the window begins anew at the newest. */
const pagesPerChangeMax = 20

type Ask = (before: string | null) => Promise<Result<RingHistoryPage>>

/**
 * Reads one peer's history, one question at a time: whatever changes while an answer is on its way is asked for once when
 * that is there, however often it changed.
 */
export class TalkReader {
  readonly store = createStore<TalkState>()(() => ({ loaded: null, failure: null, isReadingOlder: false }))
  readonly #ask: Ask
  #isBusy = false
  #isChanged = false
  #wantsOlder = false
  #isStopped = false

  constructor(ask: Ask) {
    this.#ask = ask
  }

  changed(): void {
    this.#isChanged = true
    void this.#goOn()
  }

  older(): void {
    if (this.store.getState().loaded?.older == null) return
    this.#wantsOlder = true
    this.store.setState({ isReadingOlder: true })
    void this.#goOn()
  }

  stop(): void {
    this.#isStopped = true
  }

  async #goOn(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    while (!this.#isStopped && (this.#isChanged || this.#wantsOlder)) {
      if (this.#wantsOlder) await this.#readOlder()
      else await this.#readNewest()
    }
    this.#isBusy = false
  }

  async #readOlder(): Promise<void> {
    this.#wantsOlder = false
    const { loaded } = this.store.getState()
    const page = loaded?.older == null ? null : await this.#page(loaded.older)
    if (loaded !== null && page !== null) this.store.setState({ loaded: withOlder(loaded, page) })
    this.store.setState({ isReadingOlder: false })
  }

  async #readNewest(): Promise<void> {
    this.#isChanged = false
    const { loaded } = this.store.getState()
    const pages: RingHistoryPage[] = []
    for (let before: string | null = null; pages.length < pagesPerChangeMax; before = pages.at(-1)?.next ?? null) {
      const page = await this.#page(before)
      if (page === null) return
      pages.push(page)
      const next = withNewest(loaded, pages)
      if (next !== null) return this.store.setState({ loaded: next })
    }
    this.store.setState({ loaded: withNewest(null, pages) })
  }

  async #page(before: string | null): Promise<RingHistoryPage | null> {
    const result = await this.#ask(before)
    this.store.setState({ failure: result.ok ? null : result.failure.code })
    return result.ok ? result.value : null
  }
}
