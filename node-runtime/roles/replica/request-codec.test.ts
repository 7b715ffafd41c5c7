import { describe, expect, it } from 'vitest'
import { nodeId } from '#kit/ids'
import { type Answer, decodeAnswer, decodeRequest, encodeAnswer, encodeRequest, type Request } from './request-codec.ts'

const bytes = new Uint8Array([1, 2, 3])
const requests: readonly Request[] = [
  { kind: 'open-session', ref: 1 },
  { kind: 'propose', ref: 2 ** 53 - 1, id: { session: 7, number: 9 }, command: bytes },
  { kind: 'propose', ref: 0, id: { session: 1, number: 1 }, command: new Uint8Array(0) },
  { kind: 'read', ref: 3, consistency: 'linearizable', query: bytes },
  { kind: 'read', ref: 4, consistency: 'stale', query: bytes },
]
const answers: readonly Answer[] = [
  { kind: 'session-opened', value: 12 },
  { kind: 'applied', value: { index: 5, atMs: 1_700_000_000_000.5, lamport: 8, answer: bytes } },
  { kind: 'found', value: { appliedIndex: 0, answer: new Uint8Array(0) } },
  { kind: 'failed', code: 'not-leader', leader: nodeId('notary-2') },
  { kind: 'failed', code: 'busy', leader: null },
  { kind: 'failed', code: 'session-expired', leader: null },
]

describe('what is asked of a replica', () => {
  it.each(requests)('comes out as it went in: %o', (request) => {
    expect(decodeRequest(request.kind, encodeRequest(request))).toEqual(request)
  })

  it.each(answers)('is answered, and that comes out as it went in: %o', (answer) => {
    expect(decodeAnswer(encodeAnswer(77, answer))).toEqual({ ref: 77, answer })
  })

  it('has for a code that no replica answers one that says so', () => {
    const { answer } = decodeAnswer(encodeAnswer(1, { kind: 'failed', code: 'lab-damaged', leader: null }))!
    expect(answer).toMatchObject({ code: 'internal' })
  })

  it.each(requests)('is refused when it is cut short: %o', (request) => {
    const head = { 'open-session': 8, propose: 24, read: 9 }[request.kind]
    for (let length = 0; length < head; length += 1) {
      expect(decodeRequest(request.kind, encodeRequest(request).subarray(0, length))).toBeNull()
    }
  })

  it('is refused with something left over, a number that is none, or a consistency that is none', () => {
    expect(decodeRequest('open-session', new Uint8Array(9))).toBeNull()
    expect(decodeRequest('open-session', new Uint8Array(8).fill(0xff))).toBeNull()
    expect(decodeRequest('read', new Uint8Array(9).fill(2, 8))).toBeNull()
  })

  it('is never thrown at, whatever byte of an answer is spoilt', () => {
    for (const answer of answers) {
      const right = encodeAnswer(5, answer)
      for (let index = 0; index < right.length; index += 1) {
        for (const value of [0, 9, 0x7f, 0xff]) {
          const spoilt = right.slice()
          spoilt[index] = value
          expect(() => decodeAnswer(spoilt)).not.toThrow()
          expect(() => decodeAnswer(spoilt.subarray(0, index))).not.toThrow()
        }
      }
    }
  })

  it('has a leader in it that could be a node, or is refused', () => {
    const wrong = encodeAnswer(1, { kind: 'failed', code: 'busy', leader: '../etc' as ReturnType<typeof nodeId> })
    expect(decodeAnswer(wrong)).toBeNull()
  })
})
