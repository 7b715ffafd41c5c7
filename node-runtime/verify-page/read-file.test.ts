import { describe, expect, it } from 'vitest'
import { receiptFirstLine } from '#cores/notary/receipt/receipt'
import { openPaper } from '#drivers/paper/index'
import { order } from '#drivers/paper/testing/orders'
import { Random } from '#kit/random'
import { hashFile } from './hash-file.ts'
import { fileLimits, receiptInside, recognise } from './read-file.ts'

const paper = openPaper()
const what = order()

function certificate(): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    paper.certificate(what, (made) => (made.ok ? resolve(Uint8Array.from(made.value)) : reject(made.failure.message)))
  })
}

describe('a file says by itself what it is', () => {
  it.each([
    ['receipt', `${receiptFirstLine}\nindex 1\n`],
    ['text', 'log a+b+c\n'],
    ['other', Uint8Array.of(0xff, 0xfe, 0)],
    ['other', 'x'.repeat(fileLimits.textBytesMax + 1)],
    ['other', '%PDF-1.7\nno receipt in it\n'],
    ['text', ''],
  ] as const)('%s', async (kind, content) => {
    expect((await recognise(new Blob([content]))).kind).toBe(kind)
  })

  it('and a certificate is the receipt in it', async () => {
    expect(await recognise(new Blob([await certificate()]))).toEqual({ kind: 'receipt', text: what.receipt })
  })

  it('as a node reads it, also when it is damaged', async () => {
    const pdf = await certificate()
    const random = new Random('damaged certificates')
    for (let round = 0; round < 50; round += 1) {
      const bytes = pdf.slice(0, 1 + random.below(pdf.length))
      for (let change = 0; change < 20; change += 1) bytes[random.below(bytes.length)] = random.below(256)
      expect([null, what.receipt]).toContain(await receiptInside(bytes))
    }
  })
})

it('hashes a file piece by piece, and stops when nobody wants it', async () => {
  const file = new Blob(['a'.repeat(3_000_000)])
  const shares: number[] = []
  const whole = await hashFile(file, { onShare: (share) => shares.push(share), isWanted: () => true })
  const expected = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
  expect(whole).toEqual(expected)
  expect(shares).toHaveLength(3)
  expect(shares.at(-1)).toBe(1)
  expect(await hashFile(file, { onShare: () => {}, isWanted: () => false })).toBeNull()
})
