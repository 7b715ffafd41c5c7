/** A finger that is no match yet: whoever asks looks whether the record is the one that is meant. */
export type IsMeant = (index: number) => boolean

/**
 * The first four bytes of hashes, and the index of the record that each belongs to, in memory. Open addressing in one
 * block of numbers: a million take 16 MB, and finding one costs less than reading a row.
 */
export class FingerTable {
  /** Pairs of a finger and an index plus one; zero where nothing stands. A power of two, at most half full. */
  #pairs = new Uint32Array(2 * slotsMin)
  #count = 0

  get count(): number {
    return this.#count
  }

  add(finger: number, index: number): void {
    if ((this.#count + 1) * 4 > this.#pairs.length) this.#grow()
    place(this.#pairs, finger, index + 1)
    this.#count += 1
  }

  /** null: no record is the one that is meant. */
  find(finger: number, isMeant: IsMeant): number | null {
    const pairs = this.#pairs
    const slotMask = pairs.length / 2 - 1
    for (let slot = finger & slotMask; ; slot = (slot + 1) & slotMask) {
      const found = pairs[2 * slot + 1] ?? 0
      if (found === 0) return null
      if (pairs[2 * slot] === finger && isMeant(found - 1)) return found - 1
    }
  }

  #grow(): void {
    const larger = new Uint32Array(this.#pairs.length * 2)
    for (let at = 0; at < this.#pairs.length; at += 2) {
      const found = this.#pairs[at + 1] ?? 0
      if (found !== 0) place(larger, this.#pairs[at] ?? 0, found)
    }
    this.#pairs = larger
  }
}

const slotsMin = 1_024

function place(pairs: Uint32Array, finger: number, value: number): void {
  const slotMask = pairs.length / 2 - 1
  let slot = finger & slotMask
  while (pairs[2 * slot + 1] !== 0) slot = (slot + 1) & slotMask
  pairs[2 * slot] = finger
  pairs[2 * slot + 1] = value
}
