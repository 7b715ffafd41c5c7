import type { ChatGap } from '#contract/worker/chat-calls'
import type { ChatStatus } from '#cores/chat/messages'
import type { Wait } from './asker.ts'

export const gapLimits = {
  /** Shorter waits are nobody's death: a group that is left alone needs more to choose another leader. */
  msMin: 100,
  keptMax: 40,
  /** Waits of which it is not known yet whether somebody else led after them. */
  waitsMax: 20,
} as const

/** An answer to what the chat was asked about its leader. */
export interface Learnt {
  readonly servedBy: ChatStatus['servedBy']
  /** What `settles` was when it was asked. */
  readonly settles: number
  readonly wallMs: number
}

/**
 * Where another one came to lead, and how long nobody had led by then, as somebody felt it who asked: the wait after which
 * another leader had put something into the log. A wait with the same leader before and after was a slow disk or a full
 * broker, and is no gap. Who leads is also noted when nobody had asked meanwhile: the group may need less time to choose
 * than there is between two questions.
 */
export class Gaps {
  #known: ChatStatus['servedBy'] = null
  /** A server that does not know yet that it leads no longer may still name itself. */
  #termMax = 0
  #gaps: readonly ChatGap[] = []
  #waits: readonly (Wait & { readonly number: number })[] = []
  #lastWait = 0
  #settles = 0

  get gaps(): readonly ChatGap[] {
    return this.#gaps
  }

  get leader(): ChatStatus['servedBy'] {
    return this.#known
  }

  /**
   * Up to which wait something was put into the log afterwards, so that whoever leads has said so. It counts as of the
   * question: one that was open during the wait may be answered as things stood before.
   */
  get settles(): number {
    return this.#settles
  }

  /** Something has to be asked to know whether it was a gap. */
  get isOpen(): boolean {
    return this.#waits.length > 0
  }

  /** And the answer would tell. */
  get isReady(): boolean {
    return this.#waits.some(({ number }) => number <= this.#settles)
  }

  waited(wait: Wait): void {
    if (wait.ms < gapLimits.msMin) return
    this.#lastWait += 1
    this.#waits = [...this.#waits, { ...wait, number: this.#lastWait }].slice(-gapLimits.waitsMax)
  }

  /** Something was put into the log. */
  acted(): void {
    this.#settles = this.#lastWait
  }

  /** True: it is news. */
  learnt({ servedBy, settles, wallMs }: Learnt): boolean {
    const before = this.#known
    const isOther = before !== null && servedBy !== null && servedBy.term > this.#termMax
    this.#known = servedBy
    this.#termMax = Math.max(this.#termMax, servedBy?.term ?? 0)
    if (isOther) {
      const gap = { ...this.#longestWait(wallMs), leader: servedBy.node }
      this.#gaps = [...this.#gaps, gap].slice(-gapLimits.keptMax)
    }
    this.#waits = isOther ? [] : this.#waits.filter(({ number }) => number > settles)
    return isOther || before?.node !== servedBy?.node
  }

  #longestWait(wallMs: number): Pick<ChatGap, 'fromWallMs' | 'ms'> {
    const [longest] = [...this.#waits].sort((one, other) => other.ms - one.ms)
    if (longest === undefined) return { fromWallMs: wallMs, ms: null }
    return { fromWallMs: longest.fromWallMs, ms: Math.round(longest.ms) }
  }
}
