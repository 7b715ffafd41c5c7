import { encodeText } from '#kit/bytes'
import type { Fields, Value } from './values.ts'

/** Everything in its shortest form, and text as text. */
export function writeMessagePack(value: Value): Uint8Array {
  const writer = new MessagePackWriter()
  writer.value(value)
  return writer.done()
}

class MessagePackWriter {
  #bytes = new Uint8Array(256)
  #view = new DataView(this.#bytes.buffer)
  #length = 0

  value(value: Value): void {
    if (value === null) this.#head(0xc0)
    else if (typeof value === 'boolean') this.#head(value ? 0xc3 : 0xc2)
    else if (typeof value === 'number') this.#number(value)
    else if (typeof value === 'string') this.#text(encodeText(value))
    else if (value instanceof Uint8Array) this.#sized(value.length, rawHeads).#rest(value)
    else if (Array.isArray(value)) this.#list(value)
    // What is no list and none of the others is a map: `isArray` does not narrow a readonly one away.
    else this.#map(value as Fields)
  }

  /** What was written. The writer is not used afterwards. */
  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #number(value: number): void {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) this.#head(0xcb).#float(value)
    else if (value >= 0) this.#positive(value)
    else this.#negative(value)
  }

  #positive(value: number): void {
    if (value < 0x80) this.#head(value)
    else if (value < 2 ** 8) this.#head(0xcc).#whole(1, value)
    else if (value < 2 ** 16) this.#head(0xcd).#whole(2, value)
    else if (value < 2 ** 32) this.#head(0xce).#whole(4, value)
    else this.#head(0xcf).#long(value)
  }

  #negative(value: number): void {
    if (value >= -0x20) this.#head(value)
    else if (value >= -(2 ** 7)) this.#head(0xd0).#whole(1, value)
    else if (value >= -(2 ** 15)) this.#head(0xd1).#whole(2, value)
    else if (value >= -(2 ** 31)) this.#head(0xd2).#whole(4, value)
    else this.#head(0xd3).#long(value)
  }

  #text(bytes: Uint8Array): void {
    if (bytes.length < 32) this.#head(0xa0 + bytes.length).#rest(bytes)
    else this.#sized(bytes.length, textHeads).#rest(bytes)
  }

  #list(values: readonly Value[]): void {
    if (values.length < 16) this.#head(0x90 + values.length)
    else this.#sized(values.length, listHeads)
    for (const value of values) this.value(value)
  }

  #map(values: Fields): void {
    if (values.size < 16) this.#head(0x80 + values.size)
    else this.#sized(values.size, mapHeads)
    for (const [key, value] of values) {
      this.#text(encodeText(key))
      this.value(value)
    }
  }

  /** The head by how many bytes the length takes: none is null. */
  #sized(length: number, [one, two, four]: readonly [number | null, number, number]): this {
    if (length < 2 ** 8 && one !== null) return this.#head(one).#whole(1, length)
    return length < 2 ** 16 ? this.#head(two).#whole(2, length) : this.#head(four).#whole(4, length)
  }

  #head(byte: number): this {
    return this.#whole(1, byte)
  }

  /** What is below zero wraps around, as the format has it. */
  #whole(bytes: 1 | 2 | 4, value: number): this {
    const at = this.#grow(bytes)
    if (bytes === 1) this.#view.setUint8(at, value)
    else if (bytes === 2) this.#view.setUint16(at, value)
    else this.#view.setUint32(at, value)
    return this
  }

  #long(value: number): void {
    this.#whole(4, Math.floor(value / 2 ** 32)).#whole(4, value)
  }

  #float(value: number): void {
    // Room first: making it may put another view in the place of this one.
    const at = this.#grow(8)
    this.#view.setFloat64(at, value)
  }

  #rest(bytes: Uint8Array): void {
    const at = this.#grow(bytes.length)
    this.#bytes.set(bytes, at)
  }

  /** Where the new bytes begin. */
  #grow(by: number): number {
    const at = this.#length
    this.#length += by
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2))
      larger.set(this.#bytes)
      this.#bytes = larger
      this.#view = new DataView(larger.buffer)
    }
    return at
  }
}

const textHeads = [0xd9, 0xda, 0xdb] as const
const rawHeads = [0xc4, 0xc5, 0xc6] as const
const listHeads = [null, 0xdc, 0xdd] as const
const mapHeads = [null, 0xde, 0xdf] as const
