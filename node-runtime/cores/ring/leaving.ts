import type { TalkPart, TextsPart } from './parts.ts'
import type { Standing } from './standing.ts'

export interface LeavingParts {
  readonly home: Standing
  readonly talk: Pick<TalkPart, 'isHandedOver'>
  readonly texts: Pick<TextsPart, 'leaving'>
}

/** Going in order: nothing that only this peer has is lost with it. SPEC.md, LV. */
export class Leaving {
  readonly #home: Standing
  readonly #talk: LeavingParts['talk']
  readonly #texts: LeavingParts['texts']
  #ticks: number | null = null
  #askedTicks: number | null = null

  constructor({ home, talk, texts }: LeavingParts) {
    this.#home = home
    this.#talk = talk
    this.#texts = texts
  }

  begin(): void {
    if (this.#ticks !== null) return
    if (this.#home.view === null) return this.#home.leave()
    this.#ticks = 0
    this.#home.setLeaving()
    this.#go()
  }

  tick(): void {
    if (this.#ticks === null || this.#home.state !== 'leaving') return
    this.#ticks += 1
    this.#go()
  }

  /** Who leads asks its next to lead the others; who does not asks the leader. A view without it is the answer. */
  #go(): void {
    const { config, leads, leader, nextOwn, isGuest } = this.#home
    const { suspicionTicks, heartbeatTicks } = config.timing
    if (this.#askedTicks === null) {
      if (!this.#talk.isHandedOver && (this.#ticks ?? 0) < suspicionTicks) return
      this.#texts.leaving()
      this.#askedTicks = 0
    } else {
      this.#askedTicks += 1
      if (this.#askedTicks >= suspicionTicks) return this.#home.leave()
      if (this.#askedTicks % heartbeatTicks !== 0) return
    }
    const to = leads ? nextOwn : leader
    if (to === null || isGuest) return this.#home.leave()
    this.#home.out.send(to, { kind: 'leave' })
  }
}
