import type { NotaryRecord } from '#cores/notary/messages'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { plainSha256 } from '#kit/sha256'

/** What an observer computes by itself, as the definitions say it, and not as the notary does. */

/** The block as JSON. All that is registered in a run is ASCII, which JSON writes alike everywhere. */
export function ownBlockHash({ index, document, sha256, title, atMs, previousHash }: NotaryRecord): string {
  const data = JSON.stringify(document.kind === 'text' ? document.text : `sha256:${toHex(sha256)} ${title}`)
  const timestamp = index === 0 ? '2022-12-31T21:00:00' : timeOf(atMs)
  const json = `{"data": ${data}, "index": ${index}, "previous_hash": "${previousHash}", "timestamp": "${timestamp}"}`
  return toHex(plainSha256(encodeText(json)))
}

export function textHash(text: string): string {
  return toHex(plainSha256(encodeText(text)))
}

/** Counts the days off, year by year and month by month. */
function timeOf(atMs: number): string {
  const seconds = Math.floor(atMs / 1_000)
  let days = Math.floor(seconds / 86_400)
  let year = 1970
  for (; days >= (isLeap(year) ? 366 : 365); year += 1) days -= isLeap(year) ? 366 : 365
  const months = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  let month = 0
  for (; days >= (months[month] ?? 31); month += 1) days -= months[month] ?? 31
  const [hour, minute] = [Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60]
  const time = [hour, minute, seconds % 60].map((part) => padded(part, 2)).join(':')
  return `${year}-${padded(month + 1, 2)}-${padded(days + 1, 2)}T${time}.${padded(atMs % 1_000, 3)}000`
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}

/** MTH, PATH and PROOF of RFC 6962, over a list of leaves that only grows. Subtrees are computed once. */
export class OwnTree {
  readonly #leaves: Uint8Array[] = []
  readonly #known = new Map<string, Uint8Array>()

  get size(): number {
    return this.#leaves.length
  }

  add(leaf: Uint8Array): void {
    this.#leaves.push(plainSha256(Uint8Array.of(0, ...leaf)))
  }

  root(size: number): Uint8Array {
    return size === 0 ? plainSha256(new Uint8Array(0)) : this.#hash(0, size)
  }

  path(index: number, size: number): readonly Uint8Array[] {
    return this.#path(index, 0, size)
  }

  proof(from: number, to: number): readonly Uint8Array[] {
    return from === 0 || from === to ? [] : this.#proof({ from, isWhole: true }, 0, to)
  }

  #path(index: number, begin: number, end: number): readonly Uint8Array[] {
    if (end - begin === 1) return []
    const middle = begin + splitOf(end - begin)
    if (index < middle) return [...this.#path(index, begin, middle), this.#hash(middle, end)]
    return [...this.#path(index, middle, end), this.#hash(begin, middle)]
  }

  /** SUBPROOF: `isWhole` while what was the smaller tree is a whole subtree of what is looked at. */
  #proof(
    what: { readonly from: number; readonly isWhole: boolean },
    begin: number,
    end: number,
  ): readonly Uint8Array[] {
    const { from, isWhole } = what
    if (from === end) return isWhole ? [] : [this.#hash(begin, end)]
    const middle = begin + splitOf(end - begin)
    if (from <= middle) return [...this.#proof(what, begin, middle), this.#hash(middle, end)]
    return [...this.#proof({ from, isWhole: false }, middle, end), this.#hash(begin, middle)]
  }

  #hash(begin: number, end: number): Uint8Array {
    const single = end - begin === 1 ? this.#leaves[begin] : undefined
    if (single !== undefined) return single
    const name = `${begin} ${end}`
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const middle = begin + splitOf(end - begin)
    const hash = plainSha256(Uint8Array.of(1, ...this.#hash(begin, middle), ...this.#hash(middle, end)))
    this.#known.set(name, hash)
    return hash
  }
}

function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}
