import { assert } from '#kit/assert'

/** How far one message may lift a clock: more than any lab sends, far below what a number can count. */
export const lamportLeapMax = 2 ** 40
export const lamportMax = 2 ** 52

/** Orders what happened at several nodes without a common time. SPEC.md has the rules. */
export class LamportClock {
  #value = 0

  get value(): number {
    return this.#value
  }

  /** The stamp for a message that is about to be sent. */
  beforeSend(): number {
    assert(this.#value < lamportMax, 'the Lamport clock has come to its end')
    this.#value += 1
    return this.#value
  }

  /** Whether a stamp from outside may be taken in. A message with another one is dropped as malformed. */
  accepts(stamp: unknown): stamp is number {
    return (
      typeof stamp === 'number' &&
      Number.isInteger(stamp) &&
      stamp >= 0 &&
      stamp < lamportMax &&
      stamp - this.#value <= lamportLeapMax
    )
  }

  onReceive(stamp: number): void {
    assert(this.accepts(stamp), `stamp that was not checked: ${stamp}`)
    this.#value = Math.max(this.#value, stamp) + 1
  }
}
