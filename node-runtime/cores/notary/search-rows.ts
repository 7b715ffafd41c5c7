import { ByteWriter, decodeText, encodeText } from '#kit/bytes'
import type { StateTx } from '#kit/state-machine'
import { folded } from './fold.ts'
import { searchedIn } from './record-codec.ts'
import { perSearchRow, rowKey, spaces } from './rows.ts'
import { gramsIn, gramsOf, hasAll } from './search-grams.ts'
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
    const words = searchRowOf(stored, from, from + perSearchRow)
    state.put(spaces.search, rowKey(row), words)
    state.put(spaces.grams, rowKey(row), gramsOf(words.subarray(perSearchRow * endBytes)))
  }
}

export function searchRowOf(stored: StoredRecords, from: number, to: number): Uint8Array {
  const count = to - from
  const ends = new ByteWriter(count * endBytes)
  const words = new ByteWriter(count * wordsBytes)
  for (let index = from; index < to; index += 1) {
    writeWords(words, stored.bytes(index))
    ends.uint32(words.length)
  }
  return new ByteWriter(ends.length + words.length).rest(ends.written()).rest(words.written()).done()
}

/** A record that cannot be read is not found. */
function writeWords(writer: ByteWriter, record: Uint8Array | null): void {
  const searched = record === null ? null : searchedIn(record)
  if (searched === null) return
  const { title, registrant, text } = searched
  writeFolded(writer, title, title.length)
  writeFolded(writer, registrant, registrant.length)
  if (text.length > 0) writeFolded(writer, text, textCharsSearched)
}

/** The first so many characters. Without making a text of them where they are ASCII, as most are. */
function writeFolded(writer: ByteWriter, bytes: Uint8Array, chars: number): void {
  const end = Math.min(bytes.length, chars)
  for (let at = 0; at < end; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) continue
    writer.rest(encodeText(folded((decodeText(bytes) ?? '').slice(0, chars)))).byte(0)
    return
  }
  for (let at = 0; at < end; at += 1) writer.byte(foldedByte[bytes[at] ?? 0] ?? 0)
  writer.byte(0)
}

/** Of ASCII, which folds letter by letter. */
const foldedByte = Uint8Array.from({ length: 0x80 }, (_, byte) => folded(String.fromCharCode(byte)).charCodeAt(0))
/** About what one record takes. */
const wordsBytes = 48

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
  readonly #grams: readonly number[]

  /** Not for nothing: an empty text is everywhere. */
  constructor(text: string) {
    const bytes = encodeText(folded(text))
    this.#bytes = bytes
    this.#grams = gramsIn(bytes)
    this.#steps = new Uint8Array(256).fill(Math.min(bytes.length, 255))
    for (let at = Math.min(bytes.length, 255) - 1; at > 0; at -= 1) this.#steps[bytes[at] ?? 0] = at
  }

  get isEmpty(): boolean {
    return this.#bytes.length === 0
  }

  mayStandIn(grams: Uint8Array): boolean {
    return hasAll(grams, this.#grams)
  }

  /** Where it begins the last time before `end`; null: nowhere. */
  lastIn(words: Uint8Array, end: number): number | null {
    const bytes = this.#bytes
    const steps = this.#steps
    const first = bytes[0]
    const last = Math.min(end, words.length) - bytes.length
    // A single byte would be looked for at every place; the platform does that six times as fast.
    if (bytes.length === 1) return last < 0 ? null : placeOrNull(words.lastIndexOf(first ?? 0, last))
    for (let at = last; at >= 0; ) {
      const byte = words[at] ?? 0
      if (byte === first && isAt(words, at, bytes)) return at
      at -= steps[byte] ?? 1
    }
    return null
  }
}

function placeOrNull(at: number): number | null {
  return at === -1 ? null : at
}

function isAt(words: Uint8Array, at: number, bytes: Uint8Array): boolean {
  for (let offset = bytes.length - 1; offset > 0; offset -= 1) if (words[at + offset] !== bytes[offset]) return false
  return true
}
