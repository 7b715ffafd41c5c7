import type { Outbox } from './outbox.ts'

/** Documents that are looked at in one tick. */
const lookedAtOnceMax = 1_000

/** Moves documents on whose place in the log the witnesses have signed for. */
export class CoSigner {
  readonly #outbox: Outbox
  #after: number | null = null
  /** How things stood when the present pass over all of them began. */
  #pass = ''
  /** How they stood when a whole pass had moved nothing. */
  #done = ''
  #hasMoved = false

  constructor(outbox: Outbox) {
    this.#outbox = outbox
  }

  /** true: something was moved. */
  tick(witnessedSize: number): boolean {
    const inLog = this.#outbox.counts['in-log']
    const what = `${witnessedSize} ${inLog}`
    if (inLog === 0 || what === this.#done) return false
    if (this.#after === null) {
      this.#pass = what
      this.#hasMoved = false
    }
    const { changed, next } = this.#outbox.coSign({ size: witnessedSize, after: this.#after, limit: lookedAtOnceMax })
    this.#after = next
    if (changed > 0) this.#hasMoved = true
    // What changed in the middle of a pass may concern those that it had passed already.
    if (next === null && !this.#hasMoved && what === this.#pass) this.#done = what
    return changed > 0
  }
}
