import type { DeedId } from './messages.ts'

/**
 * Which deed may stand where, in memory: a hash of its id, and its place in the order of deeds. Open addressing in one
 * block of numbers: a million take 16 MB. A hit is a guess, which the row decides.
 */
export class DeedTable {
  /** Pairs of a hash and a place plus one; zero where nothing stands. A power of two, at most half full. */
  #pairs = new Uint32Array(2 * slotsMin)
  #count = 0

  get count(): number {
    return this.#count
  }

  add(hash: number, place: number): void {
    if ((this.#count + 1) * 4 > this.#pairs.length) this.#grow()
    put(this.#pairs, hash, place + 1)
    this.#count += 1
  }

  /** null: no deed is the one that is meant. */
  find(hash: number, isMeant: (place: number) => boolean): number | null {
    const pairs = this.#pairs
    const slotMask = pairs.length / 2 - 1
    for (let slot = hash & slotMask; ; slot = (slot + 1) & slotMask) {
      const found = pairs[2 * slot + 1] ?? 0
      if (found === 0) return null
      if (pairs[2 * slot] === hash && isMeant(found - 1)) return found - 1
    }
  }

  #grow(): void {
    const larger = new Uint32Array(this.#pairs.length * 2)
    for (let at = 0; at < this.#pairs.length; at += 2) {
      const found = this.#pairs[at + 1] ?? 0
      if (found !== 0) put(larger, this.#pairs[at] ?? 0, found)
    }
    this.#pairs = larger
  }
}

/** With a secret in it: who asks chooses the id, and must not be able to fill one heap. */
export function hashOfDeed(id: DeedId, seed: number): number {
  let hash = seed ^ 0x9e3779b9
  for (let at = 0; at < id.length; at += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x85ebca6b)
    hash ^= hash >>> 15
  }
  hash = Math.imul(hash ^ seed, 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const slotsMin = 1_024

function put(pairs: Uint32Array, hash: number, value: number): void {
  const slotMask = pairs.length / 2 - 1
  let slot = hash & slotMask
  while (pairs[2 * slot + 1] !== 0) slot = (slot + 1) & slotMask
  pairs[2 * slot] = hash
  pairs[2 * slot + 1] = value
}
