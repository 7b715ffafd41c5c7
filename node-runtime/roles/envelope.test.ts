import { describe, expect, it } from 'vitest'
import { lamportMax } from '#cores/clocks/lamport'
import { messageId, nodeId } from '#kit/ids'
import { decodeEnvelope, type Envelope, encodeEnvelope } from './envelope.ts'

const envelope: Envelope = {
  number: 3_000_000_007,
  kind: 'vote-request',
  isTraced: true,
  lamport: 12,
  cause: messageId(nodeId('notary-2'), 3),
  body: new Uint8Array([1, 2, 3]),
}

describe('envelope', () => {
  it.each([
    ['whole', {}],
    ['without a cause', { cause: null }],
    ['not traced', { isTraced: false }],
    ['with an empty body', { body: new Uint8Array(0) }],
    ['with the largest numbers', { number: Number.MAX_SAFE_INTEGER, lamport: lamportMax - 1 }],
  ])('comes out as it went in: %s', (_, overrides) => {
    const sent = { ...envelope, ...overrides }
    expect(decodeEnvelope(encodeEnvelope(sent))).toEqual(sent)
  })

  it('is read also where it stands in the middle of a larger buffer', () => {
    const bytes = encodeEnvelope(envelope)
    const larger = new Uint8Array(bytes.length + 20)
    larger.set(bytes, 7)
    expect(decodeEnvelope(larger.subarray(7, 7 + bytes.length))).toEqual(envelope)
  })

  it.each([
    ['nothing at all', new Uint8Array(0)],
    ['a head that is cut', encodeEnvelope(envelope).subarray(0, 19)],
    ['another version', with_(0, 2)],
    ['flags of another time', with_(1, 0x82)],
    ['a kind that goes beyond the end', with_(2, 200)],
    ['an empty kind', with_(2, 0)],
    ['a kind of other letters', with_(20, 0xff)],
    ['a cause that goes beyond the end', with_(3, 255)],
    ['a cause that is no message', with_(20 + 'vote-request'.length, 0x20)],
    ['a number that is none', withDouble(4, Number.NaN)],
    ['a number below nothing', withDouble(4, -1)],
    ['half a number', withDouble(4, 0.5)],
    ['a stamp out of range', withDouble(12, lamportMax)],
  ])('is refused for %s', (_, raw) => {
    expect(decodeEnvelope(raw)).toBeNull()
  })

  it('is refused or read, and never thrown at, whatever byte of it is spoilt', () => {
    const bytes = encodeEnvelope(envelope)
    for (let index = 0; index < bytes.length; index += 1) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const spoilt = bytes.slice()
        spoilt[index] = value
        expect(() => decodeEnvelope(spoilt)).not.toThrow()
      }
    }
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => decodeEnvelope(bytes.subarray(0, length))).not.toThrow()
    }
  })
})

function with_(offset: number, value: number): Uint8Array {
  const bytes = encodeEnvelope(envelope)
  bytes[offset] = value
  return bytes
}

function withDouble(offset: number, value: number): Uint8Array {
  const bytes = encodeEnvelope(envelope)
  new DataView(bytes.buffer).setFloat64(offset, value, true)
  return bytes
}
