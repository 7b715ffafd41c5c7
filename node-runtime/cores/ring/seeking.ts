import type { LifeId, PeerId, RingStamp, RingView } from './messages.ts'
import type { Standing } from './standing.ts'
import { compareStamps } from './view.ts'

/** How a peer without a ring comes into one. SPEC.md, SK. */
export class Seeking {
  readonly #home: Standing
  readonly #leadAlone: () => void
  #ticks = 0
  #asked: RingStamp | null = null

  constructor(home: Standing, leadAlone: () => void) {
    this.#home = home
    this.#leadAlone = leadAlone
  }

  /** Of a leader whose ring it knows it asks at once. */
  begin(because: RingStamp | null): void {
    this.#ticks = 0
    this.#asked = null
    this.#home.seek(null, because)
    if (because !== null && because.leader !== this.#home.config.id) this.#ask(because)
  }

  tick(): void {
    const { state, config, out } = this.#home
    if (state !== 'seeking' && state !== 'joining') return
    const { seekEveryTicks, seekTicks } = config.timing
    if (this.#ticks >= seekTicks) {
      if (this.#asked === null) return this.#leadAlone()
      // Whom it asked may be dead, and its ring led by another: it looks anew, from the beginning.
      this.begin(null)
    }
    if (this.#ticks % seekEveryTicks === 0) {
      if (this.#asked === null) out.shout({ kind: 'seek', id: config.id, life: config.life })
      else if (this.#ticks > 0) this.#join(this.#asked.leader)
    }
    this.#ticks += 1
  }

  /** A leader says that it is there. */
  beacon(stamp: RingStamp, life: LifeId): void {
    const { state, config } = this.#home
    if (state !== 'seeking' && state !== 'joining') return
    if (stamp.leader === config.id || life === config.life) return
    if (this.#asked === null || compareStamps(stamp, this.#asked) > 0) this.#ask(stamp)
  }

  /** Whoever does not lead shows its ring to one who asks it to be taken in. */
  pointed(view: RingView): void {
    if (view.leader === this.#home.config.id) return
    if (this.#asked === null || compareStamps(view, this.#asked) > 0) this.#ask(view)
  }

  #ask({ term, leader, life, version }: RingStamp): void {
    const isAnother = this.#asked?.leader !== leader
    this.#asked = { term, leader, life, version }
    if (!isAnother) return
    this.#ticks = 1
    this.#home.seek(leader, null)
    this.#join(leader)
  }

  #join(leader: PeerId): void {
    const { out, config, latest } = this.#home
    out.send(leader, { kind: 'join', name: config.name, latest })
  }
}
