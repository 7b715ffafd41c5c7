import { unitOf } from './hex.ts'

/** Puts a binary record together. Numbers are little-endian; whole numbers up to 2^53 go as doubles. */
export class ByteWriter {
  #bytes: Uint8Array
  #length = 0

  constructor(expectedBytes = 64) {
    this.#bytes = freshBytes(expectedBytes)
  }

  byte(value: number): this {
    this.#grow(1)
    this.#bytes[this.#length - 1] = value
    return this
  }

  uint32(value: number): this {
    numberView.setUint32(0, value, true)
    return this.#lend(4)
  }

  number(value: number): this {
    numberView.setFloat64(0, value, true)
    return this.#lend(8)
  }

  /** With its length before it. */
  bytes(value: Uint8Array): this {
    return this.uint32(value.length).rest(value)
  }

  /** UTF-8 with its length before it. */
  text(value: string): this {
    const from = this.#length + 4
    this.uint32(value.length).#grow(value.length)
    const written = writeAscii(value, this.#bytes, from)
    return written === value.length ? this : this.#anyText(value, from)
  }

  /** Without a length: only as the last thing of a record. */
  rest(value: Uint8Array): this {
    this.#grow(value.length)
    this.#bytes.set(value, this.#length - value.length)
    return this
  }

  /** Letters of ASCII, as they are. */
  ascii(text: string): this {
    const from = this.#length
    this.#grow(text.length)
    for (let index = 0; index < text.length; index += 1) this.#bytes[from + index] = text.charCodeAt(index)
    return this
  }

  /** Two letters of lower-case hex for each byte. */
  hex(value: Uint8Array): this {
    let at = this.#length
    this.#grow(value.length * 2)
    for (let index = 0; index < value.length; index += 1) {
      const byte = value[index] ?? 0
      this.#bytes[at] = unitOf[byte >>> 4] ?? 0
      this.#bytes[at + 1] = unitOf[byte & 15] ?? 0
      at += 2
    }
    return this
  }

  get length(): number {
    return this.#length
  }

  /** What was written so far, from a place on. Shares the memory, and holds until the next thing is written. */
  written(from = 0): Uint8Array {
    return this.#bytes.subarray(from, this.#length)
  }

  /** Forgets what was written and keeps the memory: a new one for each record costs more than to fill it. */
  clear(): this {
    this.#length = 0
    return this
  }

  /** What was written. The writer is not used afterwards. */
  done(): Uint8Array {
    if (this.#length === this.#bytes.length) return this.#bytes
    return this.#length <= smallBytes ? this.#bytes.slice(0, this.#length) : this.#bytes.subarray(0, this.#length)
  }

  /** Where more than ASCII stands. */
  #anyText(value: string, from: number): this {
    this.#grow((utf8BytesPerUnit - 1) * value.length)
    const length = writeUtf8(value, this.#bytes, from)
    this.#length = from - 4
    this.uint32(length).#length += length
    return this
  }

  /** A view on each record's own buffer would take the small ones out of the engine's heap, which costs more than this. */
  #lend(length: number): this {
    this.#grow(length)
    const from = this.#length - length
    for (let index = 0; index < length; index += 1) this.#bytes[from + index] = numberBytes[index] ?? 0
    return this
  }

  #grow(by: number): void {
    this.#length += by
    if (this.#length <= this.#bytes.length) return
    const larger = freshBytes(Math.max(this.#length, this.#bytes.length * 2))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

/**
 * Takes a record apart that may come from anywhere. Reading past the end gives zeros and empty values and makes the
 * whole reader unsound: whoever reads asks `isSound` or `isDone` once, at the end, before believing any of it.
 */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0
  #isSound = true

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get isSound(): boolean {
    return this.#isSound
  }

  /** Sound, and nothing is left over. */
  get isDone(): boolean {
    return this.#isSound && this.#at === this.#bytes.length
  }

  byte(): number {
    return this.#take(1) ? (this.#bytes[this.#at - 1] ?? 0) : 0
  }

  uint32(): number {
    return this.#take(4) ? this.#borrow(4).getUint32(0, true) : 0
  }

  number(): number {
    return this.#take(8) ? this.#borrow(8).getFloat64(0, true) : 0
  }

  /** A whole number that can be counted with; anything else makes the record unsound. */
  count(): number {
    const value = this.number()
    if (Number.isSafeInteger(value) && value >= 0) return value
    this.#isSound = false
    return 0
  }

  boolean(): boolean {
    const value = this.byte()
    if (value > 1) this.#isSound = false
    return value === 1
  }

  /** Shares the memory of what is read. */
  bytes(): Uint8Array {
    const length = this.uint32()
    return this.#take(length) ? this.#bytes.subarray(this.#at - length, this.#at) : nothing
  }

  /** Leaves out as many bytes as stand before it as its length. */
  skip(): this {
    this.#take(this.uint32())
    return this
  }

  text(): string {
    const text = decodeText(this.bytes())
    if (text === null) this.#isSound = false
    return text ?? ''
  }

  rest(): Uint8Array {
    const from = this.#at
    this.#at = this.#bytes.length
    return this.#bytes.subarray(from)
  }

  /** The bytes that were taken last, where a number can be read from them: a view for each record costs more than this. */
  #borrow(length: number): DataView {
    const from = this.#at - length
    for (let index = 0; index < length; index += 1) numberBytes[index] = this.#bytes[from + index] ?? 0
    return numberView
  }

  #take(length: number): boolean {
    if (this.#isSound && this.#at + length <= this.#bytes.length) this.#at += length
    else this.#isSound = false
    return this.#isSound
  }
}

const nothing = new Uint8Array(0)
/** Up to here the engine keeps bytes in its own heap, unless somebody makes a view of them. */
const smallBytes = 64
/** A larger record has memory of its own: it is worth asking the system for, and would waste the end of a block. */
const cutBytesMax = 1_024
const blockBytes = 16 * 1_024

/** Parts of memory, one after the other. Every part is given out once, and is zero. */
export class ByteBlocks {
  readonly #blockBytes: number
  #block = new Uint8Array(0)
  #used = 0

  constructor(blockBytes: number) {
    this.#blockBytes = blockBytes
  }

  /** No more than a block. */
  cut(bytes: number): Uint8Array {
    if (this.#used + bytes > this.#block.length) {
      this.#block = new Uint8Array(this.#blockBytes)
      this.#used = 0
    }
    this.#used += bytes
    return this.#block.subarray(this.#used - bytes, this.#used)
  }
}

const blocks = new ByteBlocks(blockBytes)

/**
 * Memory for one record. Those that are neither small nor large are cut from one block after the other: what is asked of
 * the system and given back for each of them costs more than to fill it. Who keeps a record keeps its block, so what is
 * kept for long is copied (`ownBytes`).
 */
export function freshBytes(bytes: number): Uint8Array {
  if (bytes <= smallBytes || bytes > cutBytesMax) return new Uint8Array(bytes)
  return blocks.cut(bytes)
}

const numberBytes = new Uint8Array(8)
const numberView = new DataView(numberBytes.buffer)

/** UTF-8. The pure rooms have no TextEncoder. A lone surrogate becomes the replacement sign, as there. */
export function encodeText(text: string): Uint8Array {
  const ascii = freshBytes(text.length)
  if (writeAscii(text, ascii, 0) === text.length) return ascii
  const bytes = new Uint8Array(utf8BytesPerUnit * text.length)
  return bytes.slice(0, writeUtf8(text, bytes, 0))
}

/** No unit of a text takes more. */
const utf8BytesPerUnit = 3

/** As far as it is ASCII; returns how far that is. */
function writeAscii(text: string, to: Uint8Array, from: number): number {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit >= 0x80) return index
    to[from + index] = unit
  }
  return text.length
}

/** Returns how many bytes it took. */
function writeUtf8(text: string, to: Uint8Array, from: number): number {
  let at = from
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) {
      to[at++] = unit
    } else if (unit < 0x800) {
      to[at++] = 0xc0 | (unit >> 6)
      to[at++] = 0x80 | (unit & 0x3f)
    } else {
      const whole = text.codePointAt(index) ?? 0
      const code = whole >= 0xd800 && whole <= 0xdfff ? 0xfffd : whole
      if (code < 0x10000) {
        to[at++] = 0xe0 | (code >> 12)
      } else {
        to[at++] = 0xf0 | (code >> 18)
        to[at++] = 0x80 | ((code >> 12) & 0x3f)
        index += 1
      }
      to[at++] = 0x80 | ((code >> 6) & 0x3f)
      to[at++] = 0x80 | (code & 0x3f)
    }
  }
  return at - from
}

/** null: no UTF-8. */
export function decodeText(bytes: Uint8Array): string | null {
  let text = ''
  let count = 0
  for (let index = 0; index < bytes.length; ) {
    const first = bytes[index] ?? 0
    if (first < 0x80) {
      units[count++] = first
      index += 1
    } else {
      const length =
        first >= 0xc2 && first < 0xe0 ? 2 : (first & 0xf0) === 0xe0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0
      const point = length === 0 ? null : pointAt(bytes, index, length)
      if (point === null) return null
      index += length
      if (point >= 0x10000) {
        units[count++] = 0xd7c0 + (point >> 10)
        units[count++] = 0xdc00 | (point & 0x3ff)
      } else {
        units[count++] = point
      }
    }
    if (count >= unitsAtOnce) {
      text += textOf(count)
      count = 0
    }
  }
  return text + textOf(count)
}

/** null: none, or one that is written in more bytes than it needs. */
function pointAt(bytes: Uint8Array, index: number, length: number): number | null {
  if (index + length > bytes.length) return null
  let point = (bytes[index] ?? 0) & (0x7f >> length)
  for (let next = 1; next < length; next += 1) {
    const byte = bytes[index + next] ?? 0
    if ((byte & 0xc0) !== 0x80) return null
    point = (point << 6) | (byte & 0x3f)
  }
  const isPoint = point >= (shortestOf[length - 1] ?? 0) && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
  return isPoint ? point : null
}

/** Smaller numbers written with so many bytes are no UTF-8. */
const shortestOf = [0, 0x80, 0x800, 0x10000] as const

/** As many arguments as any engine takes, less what one sign may need. */
const unitsAtOnce = 4_096
const units: number[] = new Array(unitsAtOnce + 2).fill(0)
/** Lists to hand short texts over in, one of each length: a new one for each text would cost eight bytes a letter. */
const lists: number[][] = []
const listedMax = 512

/** In one piece: what is put together letter by letter is put together again whenever it is read. */
function textOf(count: number): string {
  const list = count <= listedMax ? listOf(count) : units.slice(0, count)
  if (count <= listedMax) for (let index = 0; index < count; index += 1) list[index] = units[index] ?? 0
  // Handed over as a plain list: the engine makes one of anything else, and takes half as long again.
  const text: string = Reflect.apply(String.fromCharCode, null, list)
  return text
}

function listOf(count: number): number[] {
  const known = lists[count]
  if (known !== undefined) return known
  const list: number[] = new Array(count).fill(0)
  lists[count] = list
  return list
}
