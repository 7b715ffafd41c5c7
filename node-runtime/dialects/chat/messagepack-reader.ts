import { utf8, type Value } from './values.ts'

/** Programs of the protocol send two levels; what is deeper, or has more maps and lists, is no message of anybody's. */
export const readLimits = { depthMax: 16, containersMax: 4_096 } as const

/** null: no MessagePack, cut short, with something left over, or past a limit. */
export function readMessagePack(bytes: Uint8Array): { readonly value: Value } | null {
  const reader = new MessagePackReader(bytes)
  const value = reader.value(0)
  return reader.isDone ? { value } : null
}

/**
 * Reading past the end, or what is none, gives null values and makes the whole reader unsound. Nothing is made larger
 * than the bytes that are really there: a list's length is what somebody claims.
 */
class MessagePackReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0
  #containers = 0
  #isSound = true

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get isDone(): boolean {
    return this.#isSound && this.#at === this.#bytes.length
  }

  value(depth: number): Value {
    const head = this.#uint(1)
    if (head < 0x80) return head
    if (head < 0x90) return this.#map(head - 0x80, depth)
    if (head < 0xa0) return this.#list(head - 0x90, depth)
    if (head < 0xc0) return this.#text(head - 0xa0)
    return head < 0xe0 ? this.#long(head, depth) : head - 0x100
  }

  #long(head: number, depth: number): Value {
    if (head >= 0xcc && head <= 0xd3) return this.#integer(head)
    if (head >= 0xd4 && head <= 0xd8) return this.#extension(2 ** (head - 0xd4))
    switch (head) {
      case 0xc0:
        return null
      case 0xc2:
        return false
      case 0xc3:
        return true
      case 0xca:
        return this.#take(4) ? this.#view.getFloat32(this.#at - 4) : 0
      case 0xcb:
        return this.#take(8) ? this.#view.getFloat64(this.#at - 8) : 0
      default:
        return this.#counted(head, depth)
    }
  }

  /** Everything whose length stands behind its head. */
  #counted(head: number, depth: number): Value {
    if (head >= 0xc4 && head <= 0xc6) return this.#raw(this.#uint(2 ** (head - 0xc4)))
    if (head >= 0xc7 && head <= 0xc9) return this.#extension(this.#uint(2 ** (head - 0xc7)))
    if (head >= 0xd9 && head <= 0xdb) return this.#text(this.#uint(2 ** (head - 0xd9)))
    if (head === 0xdc || head === 0xdd) return this.#list(this.#uint(head === 0xdc ? 2 : 4), depth)
    if (head === 0xde || head === 0xdf) return this.#map(this.#uint(head === 0xde ? 2 : 4), depth)
    return this.#unsound()
  }

  /** Beyond what a double can count, the nearest that it can say. */
  #integer(head: number): number {
    const isSigned = head >= 0xd0
    const length = 2 ** (head - (isSigned ? 0xd0 : 0xcc))
    if (!this.#take(length)) return 0
    const at = this.#at - length
    if (length === 1) return isSigned ? this.#view.getInt8(at) : this.#view.getUint8(at)
    if (length === 2) return isSigned ? this.#view.getInt16(at) : this.#view.getUint16(at)
    if (length === 4) return isSigned ? this.#view.getInt32(at) : this.#view.getUint32(at)
    return Number(isSigned ? this.#view.getBigInt64(at) : this.#view.getBigUint64(at))
  }

  #text(length: number): string | Uint8Array {
    const raw = this.#raw(length)
    return utf8(raw) ?? raw
  }

  #raw(length: number): Uint8Array {
    return this.#take(length) ? this.#bytes.subarray(this.#at - length, this.#at) : nothing
  }

  /** A time is seconds since 1970; every other extension says nothing to us. */
  #extension(length: number): Value {
    const type = this.#uint(1)
    const from = this.#at
    if (!this.#take(length) || type !== timeType) return null
    if (length === 4) return this.#view.getUint32(from)
    if (length === 8) {
      const both = this.#view.getBigUint64(from)
      return Number(both & secondsMask) + Number(both >> 34n) / 1e9
    }
    return length === 12 ? Number(this.#view.getBigInt64(from + 4)) + this.#view.getUint32(from) / 1e9 : null
  }

  #list(length: number, depth: number): readonly Value[] {
    const values: Value[] = []
    if (!this.#enter(depth)) return values
    for (let index = 0; index < length && this.#isSound; index += 1) values.push(this.value(depth + 1))
    return values
  }

  /** Of a key that comes twice the last counts, as in JSON. A key that is neither text nor number is passed over. */
  #map(length: number, depth: number): Value {
    const values = new Map<string, Value>()
    if (!this.#enter(depth)) return values
    for (let index = 0; index < length && this.#isSound; index += 1) {
      const key = this.value(depth + 1)
      const value = this.value(depth + 1)
      const text = key instanceof Uint8Array ? utf8(key) : key
      if (typeof text === 'string' || typeof text === 'number') values.set(String(text), value)
    }
    return values
  }

  #enter(depth: number): boolean {
    this.#containers += 1
    if (depth >= readLimits.depthMax || this.#containers > readLimits.containersMax) this.#unsound()
    return this.#isSound
  }

  #uint(length: number): number {
    if (!this.#take(length)) return 0
    let value = 0
    for (let at = this.#at - length; at < this.#at; at += 1) value = value * 256 + (this.#bytes[at] ?? 0)
    return value
  }

  #take(length: number): boolean {
    if (this.#isSound && length <= this.#bytes.length - this.#at) this.#at += length
    else this.#unsound()
    return this.#isSound
  }

  #unsound(): null {
    this.#isSound = false
    return null
  }
}

const nothing = new Uint8Array(0)
/** -1, as it stands in its byte. */
const timeType = 0xff
const secondsMask = (1n << 34n) - 1n
