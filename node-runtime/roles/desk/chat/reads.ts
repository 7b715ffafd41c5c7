import type { ReadPosition } from '#cores/chat/messages'
import type { Clock } from '#ports/clock'
import type { SessionLink } from './session-link.ts'

export const readLimits = {
  everyMs: 400,
  perDeedMax: 100,
} as const

/** How far a user has read, told a few times a second and not with each message that scrolls by. */
export class Reads {
  readonly #link: Pick<SessionLink, 'act'>
  readonly #clock: Pick<Clock, 'now'>
  readonly #waiting = new Map<string, number>()
  #notBeforeMs = 0
  #isUnderWay = false

  constructor(link: Pick<SessionLink, 'act'>, clock: Pick<Clock, 'now'>) {
    this.#link = link
    this.#clock = clock
  }

  note({ conversation, number }: ReadPosition): void {
    if (this.#waiting.size === 0) this.#notBeforeMs = this.#clock.now() + readLimits.everyMs
    this.#waiting.set(conversation, Math.max(number, this.#waiting.get(conversation) ?? 0))
  }

  tick(): void {
    if (this.#isUnderWay || this.#waiting.size === 0 || this.#clock.now() < this.#notBeforeMs) return
    const upTo = [...this.#waiting]
      .slice(0, readLimits.perDeedMax)
      .map(([conversation, number]) => ({ conversation, number }))
    for (const { conversation } of upTo) this.#waiting.delete(conversation)
    this.#isUnderWay = true
    this.#link.act({ kind: 'read', upTo }, {}, (result) => {
      this.#isUnderWay = false
      if (result.ok) return
      // Told again: a position never goes back, so twice is no more than once.
      for (const position of upTo) this.note(position)
      this.#notBeforeMs = this.#clock.now() + readLimits.everyMs
    })
  }
}
