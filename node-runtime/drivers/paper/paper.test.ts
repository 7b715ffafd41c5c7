import { deflateSync } from 'node:zlib'
import jsQR from 'jsqr'
import { PDFDocument } from 'pdf-lib'
import { describe, expect, it } from 'vitest'
import { pdfLimits } from '#kit/pdf-streams'
import { Random } from '#kit/random'
import type { Result } from '#kit/result'
import { type CertificateOrder, paperLimits } from '#ports/paper'
import { openPaper } from './index.ts'
import { pictureOf } from './picture.ts'
import { order, receiptOf } from './testing/orders.ts'

const paper = openPaper()

function printed(what: CertificateOrder): Promise<Result<Uint8Array>> {
  return new Promise((done) => paper.certificate(what, done))
}

async function pdfOf(what: CertificateOrder): Promise<Uint8Array> {
  const result = await printed(what)
  if (!result.ok) throw new Error(result.failure.message)
  return result.value
}

describe('a certificate', () => {
  it('is the same bytes for the same order', async () => {
    expect(Buffer.compare(await pdfOf(order()), await pdfOf(order()))).toBe(0)
    expect(Buffer.compare(await pdfOf(order()), await pdfOf(order({ index: 5 })))).not.toBe(0)
  })

  it('carries the receipt inside', async () => {
    const what = order({}, { language: 'pt-BR' })
    expect(paper.receiptInside(await pdfOf(what))).toBe(what.receipt)
  })

  it('is dated by its record, never by the printing', async () => {
    const read = await PDFDocument.load(await pdfOf(order()), { updateMetadata: false })
    expect(read.getCreationDate()?.toISOString()).toBe('2026-11-21T01:38:40.000Z')
  })

  it('is refused when no picture can hold the receipt', async () => {
    const fits = receiptOf(paperLimits.receiptBytesMax)
    expect(Buffer.byteLength(fits)).toBe(paperLimits.receiptBytesMax)
    expect((await printed(order({}, { receipt: fits }))).ok).toBe(true)
    const failed = await printed(order({}, { receipt: `${fits}\n` }))
    expect(failed.ok ? null : failed.failure.code).toBe('too-large')
  })

  it.each([
    ['letters that no font here has', { title: 'Σύμβαση 契約書 🐝', registrant: '李', leader: 'Ω' }],
    ['letters that draw nothing or turn others around', { title: 'a\u0000b\nc\u202ed\u{e000}\ud800' }],
    ['nothing', { title: '', registrant: '', leader: '', origin: '', sha256: '', logFingerprint: '', witnesses: [] }],
    ['words that no line can hold', { title: 'x'.repeat(400), origin: 'y'.repeat(200), registrant: 'z'.repeat(200) }],
    ['a time that no calendar has', { atMs: Number.MAX_SAFE_INTEGER, errorMs: null }],
    ['numbers without end', { index: Number.MAX_SAFE_INTEGER, size: Number.MAX_SAFE_INTEGER, term: 1e15 }],
  ])('can be made with %s', async (_, change) => {
    const what = order(change)
    expect(paper.receiptInside(await pdfOf(what))).toBe(what.receipt)
  })

  it('goes on on a second page when there are many witnesses', async () => {
    const witnesses = Array.from({ length: 16 }, (_, at) => ({ name: `w${at}`, fingerprint: 'ab'.repeat(32) }))
    const read = await PDFDocument.load(await pdfOf(order({ witnesses })))
    expect(read.getPageCount()).toBe(2)
  })
})

describe('the picture', () => {
  it.each([40, 1_700, paperLimits.receiptBytesMax])('of %i bytes is read by another reader', (bytes) => {
    const text = receiptOf(Math.max(bytes, 90))
    const { modules, rows } = pictureOf(Buffer.from(text))
    const [scale, quiet] = [4, 4]
    const side = (modules + 2 * quiet) * scale
    const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
    for (let at = 0; at < side * side; at += 1) {
      const [x, y] = [Math.floor((at % side) / scale) - quiet, Math.floor(at / side / scale) - quiet]
      if (rows[y]?.[x]) pixels.fill(0, at * 4, at * 4 + 3)
    }
    expect(Buffer.from(jsQR(pixels, side, side)?.binaryData ?? []).toString()).toBe(text)
  })
})

describe('the receipt inside', () => {
  it('is none in what has none', async () => {
    const empty = await (await PDFDocument.create()).save()
    expect(paper.receiptInside(empty)).toBe(null)
    expect(paper.receiptInside(new Uint8Array(0))).toBe(null)
  })

  it('is found after other programs have written all around it, packed or not', async () => {
    const what = order()
    for (const useObjectStreams of [true, false]) {
      const read = await PDFDocument.load(await pdfOf(what))
      read.addPage()
      expect(paper.receiptInside(await read.save({ useObjectStreams }))).toBe(what.receipt)
    }
  })

  it('is the right one or none, whatever becomes of the bytes', async () => {
    const what = order()
    const pdf = await pdfOf(what)
    const random = new Random('damaged certificates')
    for (let round = 0; round < 200; round += 1) {
      const bytes = pdf.slice(0, 1 + random.below(pdf.length))
      for (let change = 0; change < 50; change += 1) bytes[random.below(bytes.length)] = random.below(256)
      expect([null, what.receipt]).toContain(paper.receiptInside(bytes))
    }
  })

  it('is not unpacked past its limit', () => {
    const bomb = deflateSync(`c2sp.org/tlog-proof@v1\n${'A'.repeat(pdfLimits.contentBytesMax)}`)
    expect(paper.receiptInside(Buffer.concat([Buffer.from('stream\n'), bomb, Buffer.from('\nendstream')]))).toBe(null)
  })
})
