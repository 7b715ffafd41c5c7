import type { Random } from '#kit/random'
import type { NotaryService } from '#roles/notary/service'
import type { NodeHands } from '../../subject.ts'
import type { NotaryWords } from './words.ts'

const sizesKept = 8
/** A policy that was right once is asked for again at one of so many ticks, for as long as the run lasts. */
const askedOneOf = 48

/** Somebody who keeps checkpoints of a peer, and asks it again and again for the policies that judge them. */
export class Pinned {
  readonly #hands: NodeHands<NotaryWords>
  /** Of its own, so that looking changes nothing of what else happens in a run. */
  readonly #random: Random
  readonly #sizes: number[] = []
  #note = ''

  constructor(hands: NodeHands<NotaryWords>) {
    this.#hands = hands
    this.#random = hands.random.fork('pinned')
  }

  tick(service: NotaryService): void {
    const { witnessed } = service
    if (witnessed !== null && witnessed.note !== this.#note) {
      const { size, note } = witnessed
      this.#note = note
      this.#hands.note({ kind: 'witnessed', size, note })
      this.#sizes.push(size)
      if (this.#sizes.length > sizesKept) this.#sizes.shift()
      this.#askFor(service, size)
    }
    if (this.#sizes.length > 0 && this.#random.chance(1, askedOneOf)) {
      this.#askFor(service, this.#random.pick(this.#sizes))
    }
  }

  /** A peer that has begun anew has still to come as far. */
  #askFor(service: NotaryService, wanted: number): void {
    service.ask({ kind: 'status' }, 'stale', (status) => {
      if (!status.ok || status.value.size < wanted || status.value.logKey === null) return
      const { logKey } = status.value
      service.ask({ kind: 'witnesses', size: wanted }, 'stale', (list) => {
        if (list.ok) this.#hands.note({ kind: 'policy', size: wanted, logKey, ...list.value })
      })
    })
  }
}
