import type { PeerId } from '../messages.ts'
import type { Place } from './order.ts'

/**
 * One peer at a time is asked to go on giving; others that have more as well are remembered and asked afterwards. If all
 * went on at once, each would give the same.
 */
export class CatchUp {
  readonly #offersMax: number
  readonly #offers = new Set<PeerId>()
  #from: PeerId | null = null
  #base: Place | null = null
  #records = 0
  #silentTicks = 0

  constructor(offersMax: number) {
    this.#offersMax = offersMax
  }

  get isRunning(): boolean {
    return this.#from !== null
  }

  /** What was shown when it was asked for: what is given stands late only if it stands before that. */
  get base(): Place | null {
    return this.#base
  }

  asking(shownUpTo: Place | null): void {
    if (!this.isRunning) this.#base = shownUpTo
  }

  /** A peer gave so many that were new. */
  given(peer: PeerId, fresh: number, hasMore: boolean): 'go-on' | 'ended' | 'beside' {
    this.#records += fresh
    if (this.#from !== null && this.#from !== peer) {
      if (hasMore && this.#offers.size < this.#offersMax) this.#offers.add(peer)
      return 'beside'
    }
    this.#silentTicks = 0
    // Whoever gives nothing new would give the same again.
    if (!hasMore || fresh === 0) return 'ended'
    this.#from = peer
    return 'go-on'
  }

  /** How many records it brought, and who had more to give. */
  end(): { readonly records: number; readonly offers: readonly PeerId[] } {
    const ended = { records: this.#records, offers: [...this.#offers] }
    this.#from = null
    this.#records = 0
    this.#offers.clear()
    return ended
  }

  /** True if whoever was asked has been silent for so long. */
  tick(patienceTicks: number): boolean {
    if (this.#from === null) return false
    this.#silentTicks += 1
    return this.#silentTicks >= patienceTicks
  }
}
