import type { PeerId, RingStamp } from './messages.ts'
import type { Beat, TextsPart } from './parts.ts'
import type { Standing } from './standing.ts'
import { compareStamps, isSameReign } from './view.ts'
import type { Watching } from './watching.ts'

export interface FollowingParts {
  readonly home: Standing
  readonly watching: Watching
  readonly texts: Pick<TextsPart, 'beatPassed'>
  readonly silent: () => void
}

/** The beat of the leader, and what it means when there is none. SPEC.md, BE. */
export class Following {
  readonly #home: Standing
  readonly #watching: Watching
  readonly #texts: FollowingParts['texts']
  readonly #silent: () => void
  #last: { readonly ring: RingStamp; readonly number: number } | null = null
  #heardAt = 0
  #askedAt: number | null = null

  constructor({ home, watching, texts, silent }: FollowingParts) {
    this.#home = home
    this.#watching = watching
    this.#texts = texts
    this.#silent = silent
  }

  get ticksAgo(): number | null {
    if (this.#home.view === null) return null
    return this.#home.leads ? 0 : this.#home.now - this.#heardAt
  }

  /** A leader that was just found dead is heard no more, whatever of its beats is still on the way. */
  get hearsLeader(): boolean {
    const { leader, leads, now, config } = this.#home
    if (leader === null || leads) return leads
    return !this.#home.isSkipped(leader) && now - this.#heardAt <= 2 * config.timing.heartbeatTicks
  }

  /** Whoever is new as a leader is given time. */
  begin(): void {
    this.renew()
  }

  /** Its leader lives, as itself or another says. */
  renew(): void {
    this.#heardAt = this.#home.now
    this.#askedAt = null
  }

  wasLate(ticks: number): void {
    this.#heardAt = Math.min(this.#home.now, this.#heardAt + ticks)
    if (this.#askedAt !== null) this.#askedAt = Math.min(this.#home.now, this.#askedAt + ticks)
  }

  tick(): void {
    const { state, leader, leads, now, config } = this.#home
    if (leader === null || leads || (state !== 'member' && state !== 'leaving') || this.#home.isGuest) return
    if (this.#askedAt !== null) {
      if (now - this.#askedAt < config.timing.probeTicks) return
      this.#askedAt = null
      this.#heardAt = now
      return this.#silent()
    }
    if (now - this.#heardAt < this.#watching.patience) return
    // Beats are lost on the way as well: whoever is at fault there is for those who watch it to find.
    this.#askedAt = now
    this.#watching.ping(leader)
  }

  /** True if the leader was heard by it. */
  beat(from: PeerId, beat: Beat): boolean {
    const { view, leads, out } = this.#home
    if (view === null || this.#home.isGuest) return false
    const isMine = isSameReign(beat.ring, view)
    const order = compareStamps(beat.ring, view)
    if (order > 0) this.#watching.ping(from)
    else if (order < 0) out.send(from, { kind: 'ring', view })
    if (!isMine || leads || this.#isOld(beat)) return false
    this.#last = beat
    this.renew()
    this.pass(beat)
    return true
  }

  pass(beat: Beat): void {
    const { nextOwn, out } = this.#home
    if (nextOwn !== null) out.send(nextOwn, beat)
    this.#texts.beatPassed(beat)
  }

  /** The leader itself, and as the leader that it was: one that has forgotten its ring does not lead it. */
  word(from: PeerId, ring: RingStamp | null): void {
    const { view } = this.#home
    if (view === null || from !== view.leader || ring === null || !isSameReign(ring, view)) return
    this.renew()
  }

  /** A beat whose leader is dead would go round for ever. */
  #isOld(beat: Beat): boolean {
    return this.#last !== null && isSameReign(this.#last.ring, beat.ring) && beat.number <= this.#last.number
  }
}
