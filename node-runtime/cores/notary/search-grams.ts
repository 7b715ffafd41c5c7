/*
 * grams row: 65,536 bits. Each piece of three or four bytes that stands in the words of a search row has two of them, by a
 * sum; some share theirs. What is sought has pieces too, and where one of them lacks a bit there is nothing to be found.
 */

export const gramsBytes = 8 * 1024

/** Of the words of one row, which are zero-ended: no piece goes from one into the next. */
export function gramsOf(words: Uint8Array): Uint8Array {
  const grams = new Uint8Array(gramsBytes)
  let window = 0
  let run = 0
  for (let at = 0; at < words.length; at += 1) {
    const byte = words[at] ?? 0
    run = byte === 0 ? 0 : run + 1
    window = (window >>> 8) | (byte << 24)
    if (run >= 3) add(grams, mixed(window >>> 8))
    if (run >= 4) add(grams, mixed(window))
  }
  return grams
}

/** The sums of the pieces that a row has if this stands in it. Of fewer than three bytes, none. */
export function gramsIn(sought: Uint8Array): readonly number[] {
  const sums: number[] = []
  let window = 0
  for (const [at, byte] of sought.entries()) {
    window = (window >>> 8) | (byte << 24)
    if (at >= 2) sums.push(mixed(window >>> 8))
    if (at >= 3) sums.push(mixed(window))
  }
  return sums
}

export function hasAll(grams: Uint8Array, sums: readonly number[]): boolean {
  return sums.every((sum) => has(grams, sum >>> 16) && has(grams, sum & 0xffff))
}

function add(grams: Uint8Array, sum: number): void {
  const one = sum >>> 16
  const other = sum & 0xffff
  grams[one >>> 3] = (grams[one >>> 3] ?? 0) | (1 << (one & 7))
  grams[other >>> 3] = (grams[other >>> 3] ?? 0) | (1 << (other & 7))
}

function has(grams: Uint8Array, bit: number): boolean {
  return ((grams[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0
}

/** Letters are alike in most of their bits; afterwards each of 32 bits depends on all of them. */
function mixed(piece: number): number {
  const half = Math.imul(piece ^ (piece >>> 16), 0x85ebca6b)
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2ae35)
  return whole ^ (whole >>> 16)
}
