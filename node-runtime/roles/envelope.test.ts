import { describe, expect, it } from 'vitest'
import { LamportClock, lamportMax } from '#cores/clocks/lamport'
import { messageId, nodeId } from '#kit/ids'
import { decodeEnvelope, type Envelope, encodeEnvelope } from './envelope.ts'

const from = nodeId('notary-1')
const clock = new LamportClock()
const envelope: Envelope = {
  id: messageId(from, 7),
  kind: 'vote',
  lamport: 12,
  cause: messageId(nodeId('notary-2'), 3),
  body: { kind: 'vote', term: 2, isGranted: true },
}

describe('envelope', () => {
  it('comes out as it went in', () => {
    expect(decodeEnvelope(encodeEnvelope(envelope), from, clock)).toEqual(envelope)
    const uncaused = { ...envelope, cause: null }
    expect(decodeEnvelope(encodeEnvelope(uncaused), from, clock)).toEqual(uncaused)
  })

  it.each([
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00])],
    ['text that is no JSON', bytes('{"id":')],
    ['JSON that is no record', bytes('7')],
    ['null', bytes('null')],
    ['nothing at all', new Uint8Array(0)],
    ['no id', bytes(JSON.stringify({ ...envelope, id: undefined }))],
    ['the id of another sender', bytes(JSON.stringify({ ...envelope, id: 'notary-2:7' }))],
    ['an id of a wrong form', bytes(JSON.stringify({ ...envelope, id: 'notary-1:x' }))],
    ['an empty kind', bytes(JSON.stringify({ ...envelope, kind: '' }))],
    ['a kind without end', bytes(JSON.stringify({ ...envelope, kind: 'k'.repeat(65) }))],
    ['a stamp out of range', bytes(JSON.stringify({ ...envelope, lamport: lamportMax }))],
    ['a cause that is no message', bytes(JSON.stringify({ ...envelope, cause: { id: 1 } }))],
    ['no cause', bytes(JSON.stringify({ ...envelope, cause: undefined }))],
  ])('is refused for %s', (_, raw) => {
    expect(decodeEnvelope(raw, from, clock)).toBeNull()
  })
})

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
