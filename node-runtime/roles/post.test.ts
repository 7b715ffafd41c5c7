import { describe, expect, it } from 'vitest'
import type { DropWhy } from '#contract/worker/trace'
import { lamportLeapMax } from '#cores/clocks/lamport'
import { messageId, nodeId } from '#kit/ids'
import { decodeEnvelope, encodeEnvelope } from './envelope.ts'
import { type Letter, Post } from './post.ts'
import { fakePorts } from './testing/fake-ports.ts'
import { traceBudget } from './trace-budget.ts'

const self = nodeId('self')
const peer = nodeId('peer')
const cause = messageId(peer, 8)
const body = new Uint8Array([7, 7])

function setUp(answer: DropWhy | null = null) {
  const ports = fakePorts()
  const post = new Post({ id: self, life: 3, lamport: ports.lamport, ports })
  const letters: Letter[] = []
  post.read(['word'], (letter) => {
    letters.push(letter)
    return answer
  })
  return { ...ports, post, letters }
}

function fromPeer(overrides: object = {}): Uint8Array {
  return encodeEnvelope({ number: 9, kind: 'word', isTraced: true, lamport: 40, cause: null, body, ...overrides })
}

describe('post', () => {
  it('sends in an envelope with an id of this life, a stamp and the cause', () => {
    const { post, wire, trace } = setUp()
    expect(post.send(peer, { kind: 'word', body, cause })).toBe(true)
    const bytes = wire.sent[0]!.bytes
    const isTraced = true
    const number = 3_000_000_001
    expect(decodeEnvelope(bytes)).toEqual({
      number,
      kind: 'word',
      isTraced,
      lamport: 1,
      cause,
      body,
    })
    const what = { kind: 'sent', to: peer, message: `self:${number}`, messageKind: 'word', bytes: bytes.length }
    expect(trace.noted).toEqual([{ what, cause }])
  })

  it('hands a message to the reader of its kind, and stamps what follows after it', () => {
    const { post, letters, lamport, trace } = setUp()
    const bytes = fromPeer({ cause })
    post.receive(peer, bytes)
    expect(letters).toEqual([{ from: peer, kind: 'word', body, cause: 'peer:9' }])
    expect(lamport.value).toBe(41)
    const what = { kind: 'received', from: peer, message: 'peer:9', messageKind: 'word', bytes: bytes.length }
    expect(trace.noted).toEqual([{ what, cause }])
  })

  it('notes of each kind and peer a few in a while, and has the other end note the same ones', () => {
    const { post, wire, trace, time } = setUp()
    const receiver = setUp()
    const all = traceBudget.perKindAndPeer * 3
    for (let count = 0; count < all; count += 1) post.send(peer, { kind: 'word', body, cause: null })
    expect(trace.of('sent')).toHaveLength(traceBudget.perKindAndPeer)
    post.send(peer, { kind: 'vote', body, cause: null })
    post.send(nodeId('other'), { kind: 'word', body, cause: null })
    expect(trace.of('sent')).toHaveLength(traceBudget.perKindAndPeer + 2)
    for (const { bytes } of wire.sent.slice(0, all)) receiver.post.receive(self, bytes)
    expect(receiver.letters).toHaveLength(all)
    expect(receiver.letters.filter((letter) => letter.cause !== null)).toHaveLength(traceBudget.perKindAndPeer)
    const noted = (notes: typeof trace): unknown[] =>
      notes.noted.flatMap(({ what }) => ('message' in what && what.message !== null ? [what.message] : []))
    expect(noted(receiver.trace)).toEqual(noted(trace).slice(0, traceBudget.perKindAndPeer))
    time.ms = traceBudget.windowMs
    post.send(peer, { kind: 'word', body, cause: null })
    expect(trace.of('sent')).toHaveLength(traceBudget.perKindAndPeer + 3)
  })

  it('does not note as sent what the wire did not take', () => {
    const { post, wire, trace } = setUp()
    wire.isDown = true
    expect(post.send(peer, { kind: 'word', body, cause: null })).toBe(false)
    expect(trace.noted).toEqual([])
  })

  it.each([
    ['bytes that are no envelope', new Uint8Array([1, 2, 3])],
    ['a kind that nobody reads', fromPeer({ kind: 'rubbish' })],
  ])('counts and notes %s, and stays up', (_, bytes) => {
    const { post, letters, trace, lamport } = setUp()
    post.receive(peer, bytes)
    expect(letters).toEqual([])
    expect(post.malformed).toBe(1)
    expect(lamport.value).toBe(0)
    const what = { kind: 'dropped', peer, message: null, messageKind: null, why: 'malformed' }
    expect(trace.noted).toEqual([{ what, cause: null }])
  })

  it('hears a node that counts far higher, as the others do once somebody begins anew', () => {
    const { post, letters, lamport } = setUp()
    const far = 3 * lamportLeapMax
    post.receive(peer, fromPeer({ lamport: far }))
    expect(letters).toHaveLength(1)
    expect(post.malformed).toBe(0)
    expect(lamport.value).toBe(lamportLeapMax + 1)
  })

  it('counts a body that its reader finds malformed, and notes it after the receipt', () => {
    const { post, trace } = setUp('malformed')
    post.receive(peer, fromPeer())
    expect(post.malformed).toBe(1)
    expect(trace.noted.map(({ what }) => what.kind)).toEqual(['received', 'dropped'])
    expect(trace.of('dropped')[0]?.what).toMatchObject({ why: 'malformed', message: null })
  })

  it('notes which message its reader had no room for', () => {
    const { post, trace } = setUp('queue-full')
    post.receive(peer, fromPeer({ cause }))
    expect(post.malformed).toBe(0)
    const what = { kind: 'dropped', peer, message: 'peer:9', messageKind: 'word', why: 'queue-full' }
    expect(trace.of('dropped')).toEqual([{ what, cause }])
  })

  it('notes some of a flood of refusals only', () => {
    const { post, trace } = setUp('queue-full')
    for (let count = 0; count < 1_000; count += 1) post.receive(peer, fromPeer({ number: count, isTraced: false }))
    expect(trace.noted).toHaveLength(traceBudget.perKindAndPeer)
  })

  it('when paused loses what comes', () => {
    const { post, letters, trace } = setUp()
    post.pause(true)
    post.receive(peer, fromPeer())
    post.pause(false)
    post.receive(peer, fromPeer({ number: 10 }))
    expect(letters.map((letter) => letter.cause)).toEqual(['peer:10'])
    expect(trace.of('dropped')[0]?.what).toMatchObject({ why: 'paused', message: 'peer:9' })
  })

  it('never notes the content of a message', () => {
    const { post, trace } = setUp()
    post.receive(peer, fromPeer({ body: new TextEncoder().encode('secret') }))
    post.send(peer, { kind: 'word', body: new TextEncoder().encode('secret'), cause: null })
    expect(JSON.stringify(trace.noted)).not.toContain('secret')
  })
})
