import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteReader, ByteWriter, decodeText, encodeText } from './bytes.ts'
import { toHex } from './hex.ts'

describe('bytes', () => {
  it('gives back what was written, in order', () => {
    const written = new ByteWriter(1)
      .byte(7)
      .uint32(2 ** 32 - 1)
      .number(2 ** 53 - 1)
      .text('pão de mel')
      .bytes(new Uint8Array([1, 2]))
    const reader = new ByteReader(written.rest(new Uint8Array([9])).done())
    expect(reader.byte()).toBe(7)
    expect(reader.uint32()).toBe(2 ** 32 - 1)
    expect(reader.count()).toBe(2 ** 53 - 1)
    expect(reader.text()).toBe('pão de mel')
    expect([...reader.bytes()]).toEqual([1, 2])
    expect(reader.isDone).toBe(false)
    expect([...reader.rest()]).toEqual([9])
    expect(reader.isDone).toBe(true)
  })

  it('writes hex as letters, wherever it stands', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const written = new ByteWriter(1).ascii('<').hex(bytes).hex(new Uint8Array(0)).ascii('>').done()
    expect(decodeText(written)).toBe(`<${toHex(bytes)}>`)
  })

  it('leaves each record alone, however many are written at the same time and whatever their lengths', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 40 })
    fc.assert(
      fc.property(lengths, (wanted) => {
        const writers = wanted.map((length) => new ByteWriter(length % 300))
        // In turns, so that they grow past each other.
        for (let at = 0; at < Math.max(0, ...wanted); at += 100) {
          for (const [place, writer] of writers.entries()) {
            writer.rest(new Uint8Array(Math.min(100, Math.max(0, (wanted[place] ?? 0) - at))).fill(place + 1))
          }
        }
        const records = writers.map((writer) => writer.done())
        expect(records.map(({ length }) => length)).toEqual(wanted)
        expect(records.every((record, place) => record.every((byte) => byte === place + 1))).toBe(true)
      }),
    )
  })

  it('is unsound for ever once it was read past its end', () => {
    const reader = new ByteReader(new Uint8Array([5, 0, 0, 0, 1]))
    expect(reader.bytes()).toHaveLength(0)
    expect(reader.byte()).toBe(0)
    expect(reader.isSound).toBe(false)
  })

  it.each([-1, 0.5, Number.NaN, 2 ** 60])('takes %d for no count', (value) => {
    const reader = new ByteReader(new ByteWriter().number(value).done())
    expect(reader.count()).toBe(0)
    expect(reader.isSound).toBe(false)
  })

  it('writes and reads text as the platform does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([...encodeText(text)]).toEqual([...new TextEncoder().encode(text)])
        expect(decodeText(encodeText(text))).toBe(platform(new TextEncoder().encode(text)))
      }),
    )
  })

  it('refuses as text what the platform refuses', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 8 }), (bytes) => {
        expect(decodeText(bytes)).toBe(platform(bytes))
      }),
      { numRuns: 5_000 },
    )
  })
})

function platform(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
