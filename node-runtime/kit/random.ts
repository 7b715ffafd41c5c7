import { assert } from './assert.ts'

/**
 * A seeded stream of whole numbers (xoshiro128**, 128 bits of state). No floats, so that every machine draws the same.
 * `fork` makes a stream that depends only on this stream's seed and the label: taking one part of a world away leaves
 * the luck of every other part as it was.
 */
export class Random {
  readonly #seed: string
  #a: number
  #b: number
  #c: number
  #d: number

  constructor(seed: string) {
    this.#seed = seed
    const mix = mixer(seed)
    this.#a = mix()
    this.#b = mix()
    this.#c = mix()
    this.#d = mix()
    if ((this.#a | this.#b | this.#c | this.#d) === 0) this.#a = 1 // the generator never leaves the all-zero state
  }

  fork(label: string): Random {
    return new Random(`${this.#seed}/${label}`)
  }

  /** A whole number from 0 to limit - 1, each equally likely. */
  below(limit: number): number {
    assert(Number.isInteger(limit) && limit > 0 && limit <= 0x1_0000_0000, `limit of a draw: ${limit}`)
    // Draws at or above the last whole multiple of the limit would favour small numbers; they are drawn again.
    const fair = 0x1_0000_0000 - (0x1_0000_0000 % limit)
    let draw = this.#next()
    while (draw >= fair) draw = this.#next()
    return draw % limit
  }

  /** True in `wins` of `of` cases. */
  chance(wins: number, of: number): boolean {
    return this.below(of) < wins
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)]
    assert(item !== undefined, 'nothing to pick from')
    return item
  }

  #next(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = rotateLeft(this.#d, 11)
    return result
  }
}

function rotateLeft(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by))
}

/** Turns a text into as many well-spread 32-bit words as are asked for (FNV-1a in, splitmix-like words out). */
function mixer(text: string): () => number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  let second = 0x9e3779b9
  for (let index = text.length - 1; index >= 0; index -= 1)
    second = Math.imul(second ^ text.charCodeAt(index), 0x85ebca6b)
  return () => {
    hash = (hash + 0x6d2b79f5) | 0
    second = (second + 0x9e3779b9) | 0
    let word = Math.imul(hash ^ (hash >>> 15), hash | 1) ^ second
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    return (word ^ (word >>> 14)) >>> 0
  }
}
