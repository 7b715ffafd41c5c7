/** Puts a binary record together. Numbers are little-endian; whole numbers up to 2^53 go as doubles. */
export class ByteWriter {
  #bytes: Uint8Array
  #length = 0

  constructor(expectedBytes = 64) {
    this.#bytes = new Uint8Array(expectedBytes)
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
    // Most texts are ASCII, and go where they belong without becoming bytes of their own first.
    const from = this.#length + 4
    this.uint32(value.length).#grow(value.length)
    for (let index = 0; index < value.length; index += 1) {
      const unit = value.charCodeAt(index)
      if (unit >= 0x80) {
        this.#length = from - 4
        return this.bytes(encodeText(value))
      }
      this.#bytes[from + index] = unit
    }
    return this
  }

  /** Without a length: only as the last thing of a record. */
  rest(value: Uint8Array): this {
    this.#grow(value.length)
    this.#bytes.set(value, this.#length - value.length)
    return this
  }

  /** What was written. The writer is not used afterwards. */
  done(): Uint8Array {
    if (this.#length === this.#bytes.length) return this.#bytes
    return this.#length <= smallBytes ? this.#bytes.slice(0, this.#length) : this.#bytes.subarray(0, this.#length)
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
    const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2))
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
const numberBytes = new Uint8Array(8)
const numberView = new DataView(numberBytes.buffer)

/** UTF-8. The pure rooms have no TextEncoder. A lone surrogate becomes the replacement sign, as there. */
export function encodeText(text: string): Uint8Array {
  const ascii = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit >= 0x80) return encodeAnyText(text)
    ascii[index] = unit
  }
  return ascii
}

function encodeAnyText(text: string): Uint8Array {
  const bytes: number[] = []
  for (const letter of text) {
    const point = letter.codePointAt(0) ?? 0
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f))
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
    else
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
  }
  return Uint8Array.from(bytes)
}

/** null: no UTF-8. */
export function decodeText(bytes: Uint8Array): string | null {
  if (bytes.length > asciiPieceBytes || !isAscii(bytes)) return decodeAnyText(bytes)
  // In one piece: what is put together letter by letter is put together again whenever it is read.
  const text: string = Reflect.apply(String.fromCharCode, null, bytes)
  return text
}

/** As many arguments as any engine takes. */
const asciiPieceBytes = 4_096

function isAscii(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index += 1) if ((bytes[index] ?? 0) >= 0x80) return false
  return true
}

function decodeAnyText(bytes: Uint8Array): string | null {
  let text = ''
  for (let index = 0; index < bytes.length; ) {
    const first = bytes[index] ?? 0
    const length =
      first < 0x80
        ? 1
        : first >= 0xc2 && first < 0xe0
          ? 2
          : (first & 0xf0) === 0xe0
            ? 3
            : first >= 0xf0 && first < 0xf5
              ? 4
              : 0
    if (length === 0 || index + length > bytes.length) return null
    let point = length === 1 ? first : first & (0x7f >> length)
    for (let next = 1; next < length; next += 1) {
      const byte = bytes[index + next] ?? 0
      if ((byte & 0xc0) !== 0x80) return null
      point = (point << 6) | (byte & 0x3f)
    }
    if (point < (shortestOf[length - 1] ?? 0) || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return null
    text += String.fromCodePoint(point)
    index += length
  }
  return text
}

/** Smaller numbers written with so many bytes are no UTF-8. */
const shortestOf = [0, 0x80, 0x800, 0x10000] as const
