import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeBatch, encodeHello } from './frames.ts'

const stamp = fc.record({
  life: fc.nat(2 ** 32 - 1),
  sentMs: fc.double({ min: 0, max: 1e12, noNaN: true }),
  echo: fc.option(
    fc.record({
      life: fc.nat(2 ** 32 - 1),
      sentMs: fc.double({ min: 0, max: 1e12, noNaN: true }),
      heldMs: fc.float({ min: 0, max: 100_000, noNaN: true }),
    }),
  ),
})

describe('frames between own nodes', () => {
  it('give back a batch as it was put in, empty messages and none included', () => {
    fc.assert(
      fc.property(stamp, fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 }), (given, messages) => {
        const frame = decodeFrame(encodeBatch(given, messages))
        if (frame?.kind !== 'batch') throw new Error('not a batch')
        expect(frame.stamp).toEqual(given)
        expect(frame.messages.map((message) => [...message])).toEqual(messages.map((message) => [...message]))
      }),
    )
  })

  it('give back a hello as it was put in', () => {
    const proof = new Uint8Array(32).map((_, index) => index)
    const frame = decodeFrame(encodeHello('notary-1', proof))
    expect(frame).toMatchObject({ kind: 'hello', nodeId: 'notary-1' })
    expect(frame?.kind === 'hello' && [...frame.proof]).toEqual([...proof])
  })

  it('are nothing when they are anything else, and never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        decodeFrame(Buffer.from(bytes))
        decodeFrame(Buffer.from([1, 0, ...bytes]))
        decodeFrame(Buffer.from([1, 1, ...bytes]))
      }),
      { numRuns: 2_000 },
    )
    const good = encodeBatch({ life: 1, sentMs: 1, echo: null }, [new Uint8Array(10)])
    for (let length = 0; length < good.length; length += 1) {
      // Cut exactly behind the head it is a batch of nothing; everywhere else it is no frame.
      const isWhole = length === good.length - 14
      expect(decodeFrame(good.subarray(0, length)) !== null).toBe(isWhole)
    }
    expect(decodeFrame(Buffer.from([2, ...good.subarray(1)]))).toBeNull()
  })
})
