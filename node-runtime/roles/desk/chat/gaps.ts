import type { ChatGap } from '#contract/worker/chat-calls'
import type { ChatStatus } from '#cores/chat/messages'
import type { Wait } from './asker.ts'

export const gapLimits = {
  /** Shorter waits are nobody's death. */
  msMin: 150,
  keptMax: 40,
  /** Waits of which it is not known yet whether somebody else led after them. */
  waitsMax: 20,
} as const

/**
 * How long the chat was led by nobody, as somebody felt it who asked: the wait after which another leader had put
 * something into the log. A wait with the same leader before and after was a slow disk or a full broker, and is no gap.
 */
export class Gaps {
  #known: ChatStatus['servedBy'] = null
  #gaps: readonly ChatGap[] = []
  #waits: readonly Wait[] = []

  get gaps(): readonly ChatGap[] {
    return this.#gaps
  }

  get leader(): ChatStatus['servedBy'] {
    return this.#known
  }

  /** Something has to be asked to know whether it was a gap. */
  get isOpen(): boolean {
    return this.#waits.length > 0
  }

  waited(wait: Wait): void {
    if (wait.ms < gapLimits.msMin) return
    this.#waits = [...this.#waits, wait].slice(-gapLimits.waitsMax)
  }

  /** `isAfterDeed`: something was put into the log since the last wait, so whoever leads has said so. True: it is news. */
  learnt(servedBy: ChatStatus['servedBy'], isAfterDeed: boolean): boolean {
    const before = this.#known
    this.#known = servedBy
    const isOther = before !== null && servedBy !== null && servedBy.term > before.term
    const [longest] = [...this.#waits].sort((one, other) => other.ms - one.ms)
    if (isOther && longest !== undefined) {
      const { fromWallMs, ms } = longest
      this.#gaps = [...this.#gaps, { fromWallMs, ms: Math.round(ms), leader: servedBy.node }].slice(-gapLimits.keptMax)
    }
    if (isOther || isAfterDeed) this.#waits = []
    return isOther || before?.node !== servedBy?.node
  }
}
