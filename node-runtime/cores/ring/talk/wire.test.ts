import { describe, expect, it } from 'vitest'
import { decodeRingMessage, encodeRingMessage } from '../codec.ts'
import { ringLimits } from '../limits.ts'
import type { Marks, RingMessage, RingRecord } from '../messages.ts'
import { talkLimits } from './limits.ts'
import { lifeOf, record } from './testing/circle.ts'

const life = lifeOf(7)
/** What a wire takes in one frame. */
const frameBytesMax = 2 ** 20

function there(message: RingMessage): RingMessage | null {
  return decodeRingMessage(encodeRingMessage(life, message))?.message ?? null
}

function records(...all: readonly RingRecord[]): RingMessage {
  return { kind: 'records', records: all, isRound: true, hasMore: false }
}

function have(...marks: Marks): RingMessage {
  return { kind: 'have', marks, isFromFirst: true, isToLast: true, isAnswer: true }
}

describe('records and marks as bytes', () => {
  it.each([
    ['records', records(record(1, 1), record(2, 2 ** 40, { text: '', author: 'é', source: 'reference', atMs: -1 }))],
    ['any text', records(record(1, 1, { text: 'a|b\n\0 \u{1f41d} ação', stamp: 2 ** 52 - 1 }))],
    ['the longest text', records(record(1, 1, { text: '漢'.repeat(ringLimits.textCharsMax) }))],
    ['no record', { kind: 'records', records: [], isRound: false, hasMore: true } as const],
    ['marks with holes', have({ origin: life, from: 1, upTo: 4 }, { origin: life, from: 6, upTo: 6 })],
    ['no mark', have()],
  ])('%s come as they were sent', (_, message) => {
    expect(there(message)).toEqual(message)
  })

  it.each([
    ['a record without a number', records(record(1, 0))],
    ['half a number', records(record(1, 1.5))],
    ['a stamp below zero', records(record(1, 1, { stamp: -1 }))],
    ['an endless time', records(record(1, 1, { atMs: Number.POSITIVE_INFINITY }))],
    ['a uuid that is none', records(record(1, 1, { uuid: 'x' }))],
    ['a text that is too long', records(record(1, 1, { text: 'x'.repeat(ringLimits.textCharsMax + 1) }))],
    ['a name that is too long', records(record(1, 1, { author: 'x'.repeat(ringLimits.nameCharsMax + 1) }))],
    ['too many records', records(...Array.from({ length: 257 }, (_, index) => record(1, index + 1)))],
    ['a range that ends before it begins', have({ origin: life, from: 3, upTo: 2 })],
    ['ranges that touch', have({ origin: life, from: 1, upTo: 2 }, { origin: life, from: 3, upTo: 4 })],
    ['ranges that fall', have({ origin: life, from: 5, upTo: 6 }, { origin: life, from: 1, upTo: 2 })],
  ])('%s is no message', (_, message) => {
    expect(there(message)).toBeNull()
  })

  it('bytes that end too soon, or go on, are no message', () => {
    const bytes = encodeRingMessage(life, records(record(1, 1), record(1, 2)))
    for (let length = 0; length < bytes.length; length += 1)
      expect(decodeRingMessage(bytes.subarray(0, length))).toBeNull()
    expect(decodeRingMessage(new Uint8Array([...bytes, 0]))).toBeNull()
  })

  it('the largest that a talk sends is a message, and fits in a frame', () => {
    const { recordsPerMessageMax, charsPerMessageMax, marksMax } = talkLimits
    const text = '漢'.repeat(charsPerMessageMax / recordsPerMessageMax)
    const full = records(...Array.from({ length: recordsPerMessageMax }, (_, index) => record(1, index + 1, { text })))
    const marks = have(
      ...Array.from({ length: marksMax }, (_, index) => ({ origin: life, from: index * 2 + 1, upTo: index * 2 + 1 })),
    )
    for (const message of [full, marks]) {
      expect(there(message)).toEqual(message)
      expect(encodeRingMessage(life, message).length).toBeLessThan(frameBytesMax)
    }
  })
})
