import { deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { encodeText } from './bytes.ts'
import { pdfLimits, pdfStreams, textAmong, textInPdf } from './pdf-streams.ts'
import { Random } from './random.ts'

const text = 'wanted/v1\nline\n'

function pdf(...streams: readonly (string | Uint8Array)[]): Uint8Array {
  const parts = streams.map((content) => Buffer.from(content))
  return Buffer.concat([
    Buffer.from('%PDF-1.7\n1 0 obj (a stream of words) endobj\n'),
    ...parts.flatMap((part) => [Buffer.from('2 0 obj <</Length 1>>\nstream\r\n'), part, Buffer.from('endstream\n')]),
    Buffer.from('%%EOF'),
  ])
}

describe('the streams of a PDF', () => {
  it('are found in order, with what says whether they are deflated', () => {
    const found = pdfStreams(pdf('one', deflateSync('two'), 'three'))
    expect(found.map(({ isDeflated }) => isDeflated)).toEqual([false, true, false])
    expect(Buffer.from(found[2]!.bytes).toString()).toBe('three')
  })

  it('are not looked for behind the last one that may be looked at', () => {
    expect(pdfStreams(pdf(...Array(pdfLimits.streamsMax + 5).fill('x')))).toHaveLength(pdfLimits.streamsMax)
  })

  it('leave out what is too long to be wanted', () => {
    expect(pdfStreams(pdf('x'.repeat(pdfLimits.contentBytesMax + 1), 'y'))).toHaveLength(1)
  })

  it('are none in bytes that have no end or no beginning', () => {
    for (const bytes of ['', 'stream', 'stream\n', 'stream\nx', 'endstream', 'endstream\nstream\n']) {
      expect(pdfStreams(encodeText(bytes))).toEqual([])
    }
  })

  it('are looked for in any bytes without an error', () => {
    const random = new Random('pdf garbage')
    for (let round = 0; round < 200; round += 1) {
      const bytes = pdf(deflateSync(text), text, 'more')
      for (let change = 0; change < 20; change += 1) bytes[random.below(bytes.length)] = random.below(256)
      expect(() => pdfStreams(bytes.subarray(random.below(40)))).not.toThrow()
    }
  })
})

describe('the one text inside a PDF', () => {
  const inside = (...streams: readonly (string | Uint8Array)[]) =>
    textInPdf(pdf(...streams), 'wanted/v1', (bytes) => inflateSync(bytes, { maxOutputLength: 1_000 }))

  it('stands there as it is, or deflated', () => {
    expect(inside('other', text)).toBe(text)
    expect(inside('other', deflateSync(text), deflateSync('other'))).toBe(text)
    expect(inside('other')).toBe(null)
  })

  it('is found beside streams that cannot be inflated, or not within the limit', () => {
    const damaged = deflateSync('x'.repeat(50)).subarray(0, 8)
    expect(inside(damaged, deflateSync('x'.repeat(1_001)), deflateSync(text))).toBe(text)
    expect(inside(deflateSync(`${text}${'x'.repeat(1_001)}`))).toBe(null)
  })
})

describe('the one text among contents', () => {
  const among = (...contents: readonly string[]) => textAmong(contents.map(encodeText), 'wanted/v1')

  it('is the one that begins with the line', () => {
    expect(among('other', text, 'wanted/v10\n', ' wanted/v1\n')).toBe(text)
    expect(among('other')).toBe(null)
  })

  it('may stand there twice, but not in two ways', () => {
    expect(among(text, text)).toBe(text)
    expect(among(text, 'wanted/v1\nelse\n')).toBe(null)
  })

  it('ends in one line end, whatever a writer of PDFs put behind it', () => {
    expect(among(`${text}\r\n`)).toBe(text)
    expect(among(text.trimEnd())).toBe(text)
  })

  it('is none when it is no text', () => {
    expect(textAmong([Uint8Array.of(...encodeText('wanted/v1\n'), 0xff)], 'wanted/v1')).toBe(null)
  })
})
