import type { Outbox } from './outbox.ts'

/** Documents that are looked at in one tick. */
const lookedAtOnceMax = 1_000

/** Moves documents on whose place in the log the witnesses have signed for. */
export class CoSigner {
  readonly #outbox: Outbox
  #after: number | null = null
  /** For which nothing is left to be done. */
  #done = ''

  constructor(outbox: Outbox) {
    this.#outbox = outbox
  }

  /** true: something was moved. */
  tick(witnessedSize: number): boolean {
    const inLog = this.#outbox.counts['in-log']
    const what = `${witnessedSize} ${inLog}`
    if (inLog === 0 || what === this.#done) return false
    const { changed, next } = this.#outbox.coSign({ size: witnessedSize, after: this.#after, limit: lookedAtOnceMax })
    this.#after = next
    if (next === null && changed === 0) this.#done = what
    return changed > 0
  }
}
