import * as other from '@msgpack/msgpack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex } from '#kit/hex'
import { canonicalJson, codecOf, decode, encode, toJson } from './codec.ts'
import { readLimits } from './messagepack-reader.ts'
import { anyMap, valueFrom } from './testing/values.ts'
import { textOf } from './values.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (hex: string) => decode('messagepack', fromHex(hex.replaceAll(' ', '')) ?? new Uint8Array())

describe('codecs', () => {
  it('DC1 are told by the first byte', () => {
    expect(codecOf(bytes('{}'))).toBe('json')
    expect(codecOf(bytes('\ufeff {}'))).toBe('json')
    expect(codecOf(bytes(' \n{}'))).toBe('json')
    expect(codecOf(bytes('login'))).toBe('json')
    for (const first of [0x80, 0x8f, 0xde, 0xdf, 0x90, 0xc0, 0xff]) {
      expect(codecOf(Uint8Array.of(first))).toBe('messagepack')
    }
    for (const first of [0x00, 0x01, 0x1f]) expect(codecOf(Uint8Array.of(first))).toBeNull()
    expect(codecOf(new Uint8Array())).toBeNull()
  })

  it('DC2 give back what was written', () => {
    fc.assert(
      fc.property(anyMap, (map) => {
        expect(decode('messagepack', encode('messagepack', map))).toEqual({ value: map })
        const again = decode('json', encode('json', map))
        // In order of keys: JSON.parse moves those that look like numbers to the front.
        expect(canonicalJson(again?.value ?? null)).toBe(canonicalJson(map))
      }),
    )
  })

  it('DC2 agree with another reader and writer of MessagePack', () => {
    fc.assert(
      fc.property(anyMap, (map) => {
        const plain = JSON.parse(JSON.stringify(toPlain(map)))
        const ours = decode('messagepack', other.encode(plain))
        expect(ours?.value).toEqual(valueFrom(plain))
        expect(JSON.stringify(other.decode(encode('messagepack', valueFrom(plain))))).toBe(JSON.stringify(plain))
      }),
    )
  })

  it('DC2 writes whole numbers at the edge of every width', () => {
    const edges = [5, 7, 8, 15, 16, 31, 32, 52].map((bits) => 2 ** bits)
    const numbers = edges.flatMap((edge) => [edge - 1, edge, edge + 1].flatMap((each) => [each, -each]))
    for (const number of [0, ...numbers, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
      expect(decode('messagepack', encode('messagepack', number))).toEqual({ value: number })
      expect(other.decode(encode('messagepack', number))).toBe(number)
    }
  })

  it('DC2 writes everything where its room ends and grows', () => {
    const values = [
      -1,
      -100,
      -1_000,
      -100_000,
      -(2 ** 40),
      200,
      2_000,
      100_000,
      2 ** 40,
      0.5,
      true,
      [1],
      'çç',
      'x'.repeat(40),
    ]
    for (let length = 220; length < 256; length += 1) {
      for (const value of values) {
        const list = ['x'.repeat(length), value]
        expect(decode('messagepack', encode('messagepack', list))).toEqual({ value: list })
      }
    }
  })

  it('DC3 reads every width there is', () => {
    expect(read('cc ff')?.value).toBe(255)
    expect(read('cd 01 00')?.value).toBe(256)
    expect(read('ce 80 00 00 00')?.value).toBe(2 ** 31)
    expect(read('cf 00 1f ff ff ff ff ff ff')?.value).toBe(Number.MAX_SAFE_INTEGER)
    expect(read('cf ff ff ff ff ff ff ff ff')?.value).toBe(2 ** 64)
    expect(read('d0 80')?.value).toBe(-128)
    expect(read('d1 80 00')?.value).toBe(-32768)
    expect(read('d2 80 00 00 00')?.value).toBe(-(2 ** 31))
    expect(read('d3 ff ff ff ff ff ff ff ff')?.value).toBe(-1)
    expect(read('ca 3f 80 00 00')?.value).toBe(1)
    expect(read('e0')?.value).toBe(-32)
    expect(read('da 00 01 61')?.value).toBe('a')
    expect(read('db 00 00 00 01 61')?.value).toBe('a')
    expect(read('dc 00 01 c3')?.value).toEqual([true])
    expect(read('dd 00 00 00 01 c2')?.value).toEqual([false])
    expect(read('df 00 00 00 01 a1 61 01')?.value).toEqual(new Map([['a', 1]]))
  })

  it('DC3 takes bytes for text, and other times for seconds', () => {
    expect(textOf(read('c4 03 61 6e 61')?.value)).toBe('ana')
    expect(textOf(read('c4 01 ff')?.value)).toBeNull()
    expect(read('d6 ff 6a ff ff ff')?.value).toBe(0x6affffff)
    expect(read('d7 ff 77 35 94 00 6a ff ff ff')?.value).toBe(0x6affffff + 0.5)
    expect(read('c7 0c ff 1d cd 65 00 00 00 00 00 6a ff ff ff')?.value).toBe(0x6affffff + 0.5)
    expect(read('d4 05 61')?.value).toBeNull()
    expect(read('82 c0 01 01 02')?.value).toEqual(new Map([['1', 2]]))
  })

  it('DC4 does not take for text what is none', () => {
    expect(textOf(read('a2 ff fe')?.value)).toBeNull()
    expect(textOf(decode('json', bytes('"\\ud800"'))?.value)).toBeNull()
    expect(decode('json', Uint8Array.of(0x22, 0xff, 0x22))).toBeNull()
  })

  it.each(['', 'c1', '81', '81 a1', 'a5 61', '92 01', 'dd ff ff ff ff', 'db ff ff ff ff', '01 02', 'cf 00', 'c7 ff'])(
    'DC4 is no MessagePack: %s',
    (hex) => expect(read(hex)).toBeNull(),
  )

  it('DC5 of a key that comes twice takes the last, and no key means anything', () => {
    expect(decode('json', bytes('{"a":1,"a":2}'))?.value).toEqual(new Map([['a', 2]]))
    expect(read('82 a1 61 01 a1 61 02')?.value).toEqual(new Map([['a', 2]]))
    const map = decode('json', bytes('{"__proto__":{"x":1},"constructor":1}'))?.value
    expect(toJson(map ?? null)).toBe('{"__proto__":{"x":1},"constructor":1}')
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false)
  })

  it('DC6 ends at what is too deep or too many, whatever is claimed', () => {
    const { depthMax, containersMax } = readLimits
    const deep = (depth: number) => decode('json', bytes('['.repeat(depth) + ']'.repeat(depth)))
    expect(deep(depthMax)).not.toBeNull()
    expect(deep(depthMax + 1)).toBeNull()
    expect(deep(100_000)).toBeNull()
    const nested = (depth: number) => decode('messagepack', Uint8Array.of(...Array(depth).fill(0x91), 0xc0))
    expect(nested(depthMax)).not.toBeNull()
    expect(nested(depthMax + 1)).toBeNull()
    const many = (count: number) =>
      encode(
        'messagepack',
        Array.from({ length: count }, () => new Map()),
      )
    expect(decode('messagepack', many(containersMax - 1))).not.toBeNull()
    expect(decode('messagepack', many(containersMax))).toBeNull()
    const claims = new Uint8Array(300_000).map((_, at) => [0xdc, 0xff, 0xff][at % 3] ?? 0)
    expect(decode('messagepack', claims)).toBeNull()
  })

  it('DC7 writes a map in one way, whatever order and codec it came in', () => {
    const ours = { b: [1, { d: 'ç', c: null }], a: 1.5 }
    const text = '{"a":1.5,"b":[1,{"c":null,"d":"ç"}]}'
    expect(canonicalJson(valueFrom(ours))).toBe(text)
    expect(canonicalJson(decode('messagepack', other.encode(ours))?.value ?? null)).toBe(text)
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (any) => {
        decode('messagepack', any)
        decode('json', any)
      }),
      { numRuns: 3_000 },
    )
  })
})

/** As an object; `__proto__`, which the other library refuses, is left out. */
function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlain)
  if (!(value instanceof Map)) return value
  const entries = [...value].filter(([key]) => key !== '__proto__').map(([key, part]) => [key, toPlain(part)])
  return Object.fromEntries(entries)
}
