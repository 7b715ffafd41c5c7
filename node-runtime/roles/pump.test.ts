import { describe, expect, it } from 'vitest'
import { LamportClock } from '#cores/clocks/lamport'
import { messageId, nodeId } from '#kit/ids'
import { StoreFailure } from '#ports/store'
import { decodeEnvelope, encodeEnvelope } from './envelope.ts'
import { type CoreInput, type CoreOutput, Pump, pumpLimits } from './pump.ts'
import { fakePorts, fullDisk } from './testing/fake-ports.ts'

const self = nodeId('self')
const peer = nodeId('peer')
interface Word {
  readonly kind: 'word'
  readonly text: string
}
type Output = CoreOutput<Word, string, string>
const nothing: Output = { persist: null, messages: [], notes: [], anomaly: null }

/** A core that answers as it is told, and remembers what it was given. */
function setUp(answer: (input: CoreInput<Word>) => Partial<Output> = () => ({})) {
  const ports = fakePorts()
  const given: CoreInput<Word>[] = []
  const changes = { count: 0 }
  const pump = new Pump<Word, string, string>({
    id: self,
    core: {
      step: (input) => {
        given.push(input)
        return { ...nothing, ...answer(input) }
      },
    },
    hooks: {
      parse: (body) => (typeof body === 'object' && body !== null && 'text' in body ? (body as Word) : null),
      save: (tx, what) => tx.put('core', what, new Uint8Array(1)),
      describe: (note) => ({ kind: 'timer', name: note, afterMs: 0 }),
    },
    ports,
    lamport: ports.lamport,
    life: 3,
    onChange: () => {
      changes.count += 1
    },
  })
  return { ...ports, pump, given, changes, kinds: () => given.map(({ kind }) => kind) }
}

function fromPeer(text: string, overrides: object = {}): Uint8Array {
  const body: Word = { kind: 'word', text }
  return encodeEnvelope({ id: messageId(peer, 9), kind: 'word', lamport: 40, cause: null, body, ...overrides })
}

describe('pump', () => {
  it('performs an output in one order: durable, noted, sent', () => {
    const all = { persist: 'vote', messages: [{ to: peer, message: word('yes') }], notes: ['chose'] }
    const { pump, later, journal } = setUp(() => all)
    pump.tick()
    later.run()
    expect(journal).toEqual(['durable core/vote', 'noted timer', 'sent to peer', 'noted sent'])
  })

  it('sends nothing that could not be made durable, and tells the core before anything else', () => {
    const { pump, later, store, wire, kinds } = setUp((input) =>
      input.kind === 'message' ? { persist: 'vote', messages: [{ to: peer, message: word('yes') }] } : {},
    )
    store.refuses = fullDisk
    pump.receive(peer, fromPeer('please'))
    pump.tick()
    later.run()
    expect(wire.sent).toEqual([])
    expect(kinds()).toEqual(['message', 'cannot-write', 'tick'])
    expect(pump.canWrite).toBe(false)
  })

  it('tries the disk again after a while, and says once that it can write again', () => {
    const { pump, later, store, kinds } = setUp((input) => (input.kind === 'message' ? { persist: 'vote' } : {}))
    store.refuses = fullDisk
    pump.receive(peer, fromPeer('please'))
    later.run()
    const ticks = (count: number): void => {
      for (let tick = 0; tick < count; tick += 1) pump.tick()
      later.run()
    }
    ticks(pumpLimits.probeEveryTicks)
    expect(pump.canWrite).toBe(false)
    store.refuses = null
    ticks(pumpLimits.probeEveryTicks - 1)
    expect(pump.canWrite).toBe(false)
    ticks(1)
    expect(pump.canWrite).toBe(true)
    expect(kinds().filter((kind) => kind !== 'tick')).toEqual(['message', 'cannot-write', 'can-write'])
  })

  it('never lets a probe be taken for a refusal of what was performed before it', () => {
    const { pump, later, store, kinds } = setUp((input) => (input.kind === 'message' ? { persist: 'vote' } : {}))
    pump.receive(peer, fromPeer('please'))
    later.run()
    store.refuses = fullDisk
    pump.probe()
    expect(kinds()).toEqual(['message', 'can-write', 'cannot-write'])
  })

  it('dies of a damaged store instead of going on without it', () => {
    const { pump, later, store } = setUp(() => ({ persist: 'vote' }))
    store.refuses = new StoreFailure('store-damaged', 'a page is not as it was written')
    pump.tick()
    expect(() => later.run()).toThrow('a page is not as it was written')
  })

  it('names the message that led to what follows, and stamps what it sends after it', () => {
    const { pump, later, wire, trace } = setUp(({ kind }) =>
      kind === 'message' ? { messages: [{ to: peer, message: word('yes') }], notes: ['chose'] } : {},
    )
    pump.receive(peer, fromPeer('please'))
    later.run()
    const cause = messageId(peer, 9)
    expect(trace.of('timer')[0]?.cause).toBe(cause)
    expect(trace.of('sent')[0]?.cause).toBe(cause)
    const sent = decodeEnvelope(wire.sent[0]!.bytes, self, new LamportClock())
    expect(sent).toMatchObject({ id: 'self:3000000001', cause, lamport: 42, kind: 'word' })
  })

  it('notes a message that came with its id, kind and size, and never its content', () => {
    const { pump, later, trace } = setUp()
    const bytes = fromPeer('secret')
    pump.receive(peer, bytes)
    later.run()
    const received = { kind: 'received', from: peer, message: 'peer:9', messageKind: 'word', bytes: bytes.length }
    expect(trace.noted).toEqual([{ what: received, cause: null }])
    expect(JSON.stringify(trace.noted)).not.toContain('secret')
  })

  it.each([
    ['bytes that are no envelope', new Uint8Array([1, 2, 3])],
    ['a body that is no message', encodeEnvelope({ ...outer(), body: 7 })],
    ['a body of another kind than its envelope says', encodeEnvelope({ ...outer(), kind: 'other' })],
    ['the id of somebody else', fromPeer('x', { id: messageId(self, 1) })],
  ])('counts and notes %s, and stays up', (_, bytes) => {
    const { pump, later, given, trace, lamport } = setUp()
    pump.receive(peer, bytes)
    later.run()
    expect(given).toEqual([])
    expect(pump.anomalies).toBe(1)
    expect(lamport.value).toBe(0)
    const what = { kind: 'dropped', peer, message: null, messageKind: null, why: 'malformed' }
    expect(trace.noted).toEqual([{ what, cause: null }])
  })

  it('counts and notes what the core calls an anomaly', () => {
    const { pump, later, trace } = setUp(() => ({ anomaly: 'two leaders in term 2' }))
    pump.receive(peer, fromPeer('x'))
    later.run()
    expect(pump.anomalies).toBe(1)
    expect(trace.of('anomaly')).toEqual([
      { what: { kind: 'anomaly', detail: 'two leaders in term 2' }, cause: 'peer:9' },
    ])
  })

  it('when paused neither ticks nor hears, loses what had arrived, and goes on afterwards', () => {
    const { pump, later, given, trace, kinds } = setUp()
    pump.receive(peer, fromPeer('before'))
    pump.pause(true)
    pump.tick()
    pump.receive(peer, fromPeer('meanwhile'))
    later.run()
    expect(given).toEqual([])
    expect(trace.of('dropped')[0]?.what).toMatchObject({ why: 'paused', message: 'peer:9' })
    pump.pause(false)
    pump.tick()
    later.run()
    expect(kinds()).toEqual(['tick'])
  })

  it('refuses when full, notes it, and takes again when it has caught up', () => {
    const { pump, later, given, trace } = setUp()
    for (let count = 0; count < pumpLimits.inboxMax; count += 1) pump.receive(peer, fromPeer('x'))
    expect(trace.of('dropped')).toEqual([])
    pump.receive(peer, fromPeer('one too many'))
    expect(trace.of('dropped')[0]?.what).toMatchObject({ why: 'queue-full' })
    expect(pump.inboxLength).toBe(pumpLimits.inboxMax)
    later.run()
    expect(given).toHaveLength(pumpLimits.inboxMax)
    pump.receive(peer, fromPeer('again'))
    later.run()
    expect(given).toHaveLength(pumpLimits.inboxMax + 1)
  })

  it('does not note as sent what the wire did not take', () => {
    const { pump, later, wire, trace } = setUp(() => ({ messages: [{ to: peer, message: word('x') }] }))
    wire.isDown = true
    pump.tick()
    later.run()
    expect(trace.of('sent')).toEqual([])
  })

  it('does nothing any more once it was stopped', () => {
    const { pump, later, given } = setUp()
    pump.tick()
    pump.stop()
    pump.tick()
    pump.receive(peer, fromPeer('late'))
    later.run()
    expect(given).toEqual([])
  })
})

function word(text: string): Word {
  return { kind: 'word', text }
}

function outer() {
  return { id: messageId(peer, 9), kind: 'word', lamport: 1, cause: null, body: word('x') }
}
