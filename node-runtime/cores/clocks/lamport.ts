import { assert } from '#kit/assert'

/** How far one message may lift a clock: more than any lab sends, far below what a number can count. */
export const lamportLeapMax = 2 ** 40
export const lamportMax = 2 ** 52

export function isStamp(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < lamportMax
}

/** Orders what happened at several nodes without a common time. SPEC.md has the rules. */
export class LamportClock {
  #value = 0

  get value(): number {
    return this.#value
  }

  /** The stamp for a message that is about to be sent. */
  beforeSend(): number {
    this.#countFrom(this.#value)
    return this.#value
  }

  /** Whether somebody who is no node of the lab is believed. */
  accepts(stamp: unknown): stamp is number {
    return isStamp(stamp) && stamp - this.#value <= lamportLeapMax
  }

  onReceive(stamp: number): void {
    assert(isStamp(stamp), `stamp that was not checked: ${stamp}`)
    this.#countFrom(Math.max(this.#value, Math.min(stamp, this.#value + lamportLeapMax)))
  }

  /** LC6 */
  #countFrom(value: number): void {
    this.#value = Math.min(value + 1, lamportMax - 1)
  }
}
