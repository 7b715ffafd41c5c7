import { ByteWriter, encodeText } from '#kit/bytes'
import type { StateTx } from '#kit/state-machine'
import { folded } from './fold.ts'
import type { NotaryRecord } from './messages.ts'
import { perSearchRow, rowKey, spaces } from './rows.ts'
import { StoredRecords } from './stored-records.ts'

/*
 * search row: where the words of each record end (4 bytes each), then the words of all of them: title, registrant and
 * the beginning of a text, folded, each with a zero after it.
 */

/** A text without a title is found by how it begins. */
const textCharsSearched = 120

/** Once a row's records are complete it is written, and never again. The last ones are searched where they stand. */
export function sealSearchRows(state: StateTx, sizeBefore: number, size: number): void {
  const stored = new StoredRecords(state)
  for (let row = Math.floor(sizeBefore / perSearchRow); (row + 1) * perSearchRow <= size; row += 1) {
    const from = row * perSearchRow
    state.put(spaces.search, rowKey(row), searchRowOf(stored, from, from + perSearchRow))
  }
}

export function searchRowOf(stored: StoredRecords, from: number, to: number): Uint8Array {
  const words: Uint8Array[] = []
  for (let index = from; index < to; index += 1) words.push(encodeText(wordsOf(stored.record(index) ?? null)))
  const ends = new ByteWriter((to - from) * endBytes)
  let end = 0
  for (const { length } of words) {
    end += length
    ends.uint32(end)
  }
  const row = new ByteWriter((to - from) * endBytes + end).rest(ends.done())
  for (const one of words) row.rest(one)
  return row.done()
}

/** A record that cannot be read is not found. */
function wordsOf(record: NotaryRecord | null): string {
  if (record === null) return ''
  const { document, title, registrant } = record
  const begin = document.kind === 'text' ? document.text.slice(0, textCharsSearched) : ''
  const words = `${folded(title)}\0${folded(registrant)}\0`
  return begin === '' ? words : `${words}${folded(begin)}\0`
}

const endBytes = 4

/** The words of some records, looked through from the newest on. */
export class SearchRow {
  readonly #ends: DataView
  readonly #words: Uint8Array

  constructor(row: Uint8Array, count: number) {
    const split = Math.min(count * endBytes, row.length)
    this.#ends = new DataView(row.buffer, row.byteOffset, split)
    this.#words = row.subarray(split)
  }

  /** The newest before the given place that has the needle; null: none has. */
  last(needle: Needle, before: number): number | null {
    const at = needle.lastIn(this.#words, this.#end(before - 1))
    return at === null ? null : this.#placeOf(at)
  }

  #end(place: number): number {
    const at = place * endBytes
    return place < 0 || at + endBytes > this.#ends.byteLength ? 0 : this.#ends.getUint32(at, true)
  }

  /** The first whose words end after this byte. */
  #placeOf(at: number): number {
    let [low, high] = [0, this.#ends.byteLength / endBytes]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.#end(middle) <= at) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** What is sought, folded. Horspool's way of looking for it, from the end. */
export class Needle {
  readonly #bytes: Uint8Array
  /** By the byte that begins a window: how far the next window begins before it. */
  readonly #steps: Uint8Array

  /** Not for nothing: an empty text is everywhere. */
  constructor(text: string) {
    const bytes = encodeText(folded(text))
    this.#bytes = bytes
    this.#steps = new Uint8Array(256).fill(Math.min(bytes.length, 255))
    for (let at = Math.min(bytes.length, 255) - 1; at > 0; at -= 1) this.#steps[bytes[at] ?? 0] = at
  }

  get isEmpty(): boolean {
    return this.#bytes.length === 0
  }

  /** Where it begins the last time before `end`; null: nowhere. */
  lastIn(words: Uint8Array, end: number): number | null {
    const bytes = this.#bytes
    const steps = this.#steps
    const first = bytes[0]
    for (let at = Math.min(end, words.length) - bytes.length; at >= 0; ) {
      const byte = words[at] ?? 0
      if (byte === first && isAt(words, at, bytes)) return at
      at -= steps[byte] ?? 1
    }
    return null
  }
}

function isAt(words: Uint8Array, at: number, bytes: Uint8Array): boolean {
  for (let offset = bytes.length - 1; offset > 0; offset -= 1) if (words[at + offset] !== bytes[offset]) return false
  return true
}
