import { describe, expect, it } from 'vitest'
import { messageId, nodeId } from '#kit/ids'
import { StoreFailure } from '#ports/store'
import { Post } from './post.ts'
import { type Arrival, type CommonInput, type CommonOutput, Pump, pumpLimits } from './pump.ts'
import { fakePorts, fullDisk } from './testing/fake-ports.ts'

const self = nodeId('self')
const peer = nodeId('peer')
const other = nodeId('other')
type Input = { readonly kind: 'word'; readonly text: string } | { readonly kind: 'more' }
type Given = Input | CommonInput
interface Message {
  readonly kind: string
  readonly text: string
}
interface Output extends CommonOutput<Message, string> {
  readonly persist: string | null
  readonly isBold: boolean
  readonly next: readonly Input[]
}
const nothing: Output = {
  persist: null,
  isBold: false,
  messages: [],
  notes: [],
  anomaly: null,
  hasMore: false,
  next: [],
}

/** An engine that answers as it is told, and remembers what it was given. */
function setUp(answer: (inputs: readonly Given[]) => Partial<Output> = () => ({})) {
  const ports = fakePorts()
  const steps: (readonly Given[])[] = []
  const post = new Post({ id: self, life: 3, lamport: ports.lamport, ports })
  const wish = { isSaving: false }
  const pump = new Pump<Input, Message, string, Output>({
    engine: {
      step: (inputs) => {
        steps.push(inputs)
        return { ...nothing, ...answer(inputs) }
      },
      mustSave: ({ persist }) => persist !== null,
      speaksFirst: ({ isBold }) => isBold,
      mayWait: ({ kind }) => kind === 'patient',
      wantsToSave: () => wish.isSaving,
      save: (tx, { persist }) => tx.put('core', persist ?? 'unasked', new Uint8Array(1)),
      saved: () => void ports.journal.push('saved'),
      encode: () => new Uint8Array(4),
      describe: (note) => ({ kind: 'timer', name: note, afterMs: 0 }),
      finish: ({ next }) => {
        ports.journal.push('finished')
        return next
      },
      restart: () => void ports.journal.push('restarted'),
    },
    post,
    ports,
    onChange: () => {},
  })
  const kinds = () => steps.map((inputs) => inputs.map(({ kind }) => kind).join(' '))
  const tell = (text: string, arrival?: Arrival) => pump.offer({ kind: 'word', text }, arrival)
  return { ...ports, pump, steps, wish, kinds, tell }
}

function from(node: typeof peer, kind: string, number: number, bytes = 10): Arrival {
  return { bytes, cause: { from: node, kind, message: messageId(node, number) }, isPassing: true }
}

const has = (inputs: readonly Given[], kind: string): boolean => inputs.some((input) => input.kind === kind)

describe('pump', () => {
  it('performs an output in one order: durable, noted, sent, applied and answered', () => {
    const all = { persist: 'vote', messages: [{ to: peer, message: word('vote') }], notes: ['chose'] }
    const { pump, later, journal } = setUp(() => all)
    pump.tick()
    later.run()
    expect(journal).toEqual([
      'durable core/vote',
      'saved',
      'noted timer',
      'sent to peer',
      'noted sent',
      'flushed',
      'finished',
    ])
  })

  it('lets what may be heard of before leave before it writes, and leave it does', () => {
    const bold = { persist: 'entry', isBold: true, messages: [{ to: peer, message: word('append') }] }
    const { pump, later, journal } = setUp(() => bold)
    pump.tick()
    later.run()
    expect(journal).toEqual(['sent to peer', 'noted sent', 'flushed', 'durable core/entry', 'saved', 'finished'])
  })

  it('says what may wait with the next tick, and not at all when more is said before', () => {
    const words = [['patient'], [], ['patient', 'append'], ['patient']]
    const { pump, later, tell, journal } = setUp(() => ({
      messages: (words.shift() ?? []).map((kind) => ({ to: peer, message: word(kind) })),
    }))
    const sent = (): number => journal.filter((line) => line === 'sent to peer').length
    tell('one')
    later.run()
    expect(sent()).toBe(0)
    pump.tick()
    later.run()
    expect(sent()).toBe(1)
    tell('two')
    later.run()
    pump.tick()
    later.run()
    // The append; and of the tick, what it led to itself.
    expect(sent()).toBe(3)
  })

  it('makes one step of all that waits, and one transaction of that step', () => {
    const { pump, later, tell, kinds, journal } = setUp(() => ({ persist: 'entries' }))
    tell('one')
    pump.tick()
    tell('two')
    later.run()
    expect(kinds()).toEqual(['word tick word'])
    expect(journal.filter((line) => line.startsWith('durable'))).toHaveLength(1)
  })

  it('bounds a step in number and in bytes, and comes back for the rest', () => {
    const { later, tell, steps } = setUp()
    for (let count = 0; count <= pumpLimits.stepInputsMax; count += 1) tell('small')
    later.run()
    expect(steps.map(({ length }) => length)).toEqual([pumpLimits.stepInputsMax, 1])
    const large = { ...from(peer, 'append', 1), bytes: pumpLimits.stepBytesMax }
    tell('large', large)
    tell('large', large)
    later.run()
    expect(steps.map(({ length }) => length).slice(2)).toEqual([1, 1])
  })

  it('goes on without any input while there is more', () => {
    let left = 2
    const { pump, later, kinds } = setUp(() => ({ hasMore: left-- > 0 }))
    pump.tick()
    later.run()
    expect(kinds()).toEqual(['tick', '', ''])
  })

  it('gives what an output asked for to the next step, before all that waits', () => {
    const { pump, later, tell, kinds } = setUp((inputs) => (has(inputs, 'tick') ? { next: [{ kind: 'more' }] } : {}))
    pump.tick()
    later.soon(() => tell('waits'))
    later.run()
    expect(kinds()).toEqual(['tick', 'more word'])
  })

  it('writes what nobody waits for along with a step', () => {
    const { pump, later, wish, journal } = setUp()
    wish.isSaving = true
    pump.tick()
    later.run()
    expect(journal).toEqual(['durable core/unasked', 'saved', 'finished'])
  })
})

describe('a pump whose disk refuses', () => {
  const vote = { persist: 'vote', messages: [{ to: peer, message: word('yes') }], next: [{ kind: 'more' }] } as const

  it('lets nothing else of the output happen, begins again from the disk, and says so first thing', () => {
    const { later, store, wire, tell, pump, kinds, journal } = setUp((inputs) => (has(inputs, 'word') ? vote : {}))
    store.refuses = fullDisk
    tell('please')
    later.run()
    expect(wire.sent).toEqual([])
    expect(journal).toEqual(['restarted', 'finished'])
    pump.tick()
    later.run()
    expect(kinds()).toEqual(['word', 'cannot-write', 'tick'])
    expect(pump.canWrite).toBe(false)
  })

  it('does not try again what nobody waits for', () => {
    const { pump, later, store, wish, journal } = setUp()
    wish.isSaving = true
    store.refuses = fullDisk
    pump.tick()
    later.run()
    pump.tick()
    later.run()
    expect(journal).toEqual(['restarted', 'finished', 'finished'])
  })

  it('tries the disk again after a while, and says once that it can write again', () => {
    const { pump, later, store, tell, kinds } = setUp((inputs) => (has(inputs, 'word') ? vote : {}))
    store.refuses = fullDisk
    tell('please')
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
    const said = kinds().flatMap((kind) => kind.split(' ').filter((word) => word !== 'tick'))
    expect(said).toEqual(['word', 'cannot-write', 'can-write'])
  })

  it('learns it from a probe too, without a step that failed', () => {
    const { pump, store, kinds, journal } = setUp()
    store.refuses = fullDisk
    pump.probe()
    pump.probe()
    expect(kinds()).toEqual(['cannot-write'])
    expect(journal).toEqual(['restarted', 'finished'])
  })

  it('dies of a damaged store instead of going on without it', () => {
    const { pump, later, store } = setUp(() => ({ persist: 'vote' }))
    store.refuses = new StoreFailure('store-damaged', 'a page is not as it was written')
    pump.tick()
    expect(() => later.run()).toThrow('a page is not as it was written')
  })
})

describe('the trace of a pump', () => {
  it('names the message that led to what follows', () => {
    const { later, tell, trace } = setUp(() => ({ messages: [{ to: peer, message: word('vote') }], notes: ['chose'] }))
    tell('please', from(peer, 'vote-request', 9))
    later.run()
    expect(trace.of('timer')[0]?.cause).toBe('peer:9')
    expect(trace.of('sent')[0]?.cause).toBe('peer:9')
  })

  it('names, of many that came, the one that a message answers, else the last', () => {
    const messages = [
      { to: peer, message: word('heartbeat-answer') },
      { to: other, message: word('append-answer') },
      { to: other, message: word('vote') },
    ]
    const { later, tell, trace } = setUp(() => ({ messages }))
    tell('', from(peer, 'heartbeat', 1))
    tell('', from(peer, 'append', 2))
    tell('', from(other, 'append', 3))
    tell('', from(peer, 'append', 4))
    later.run()
    expect(trace.of('sent').map(({ cause }) => cause)).toEqual(['peer:1', 'other:3', 'peer:4'])
  })

  it('has what the core calls an anomaly, and counts it', () => {
    const { pump, later, tell, trace } = setUp(() => ({ anomaly: 'two leaders in term 2' }))
    tell('x', from(peer, 'append', 9))
    later.run()
    expect(pump.anomalies).toBe(1)
    const what = { kind: 'anomaly', detail: 'two leaders in term 2' }
    expect(trace.of('anomaly')).toEqual([{ what, cause: 'peer:9' }])
  })
})

describe('a pump under orders', () => {
  it('when paused neither ticks nor steps, loses what had come from others, and keeps what is its own', () => {
    const { pump, later, tell, kinds } = setUp()
    tell('from a peer', from(peer, 'append', 1))
    tell('from this node')
    pump.pause(true)
    pump.tick()
    later.run()
    expect(kinds()).toEqual([])
    pump.pause(false)
    pump.tick()
    later.run()
    expect(kinds()).toEqual(['word tick'])
  })

  it('refuses when full in number, and takes again when it has caught up', () => {
    const { pump, later, tell } = setUp()
    for (let count = 0; count < pumpLimits.inboxMax; count += 1) expect(tell('x')).toBe(true)
    expect(tell('one too many')).toBe(false)
    expect(pump.inboxLength).toBe(pumpLimits.inboxMax)
    later.run()
    expect(tell('again')).toBe(true)
  })

  it('refuses when full in bytes, yet takes one message of any size', () => {
    const { later, tell } = setUp()
    const half = { ...from(peer, 'append', 1), bytes: pumpLimits.inboxBytesMax / 2 + 1 }
    expect(tell('half', half)).toBe(true)
    expect(tell('half', half)).toBe(false)
    later.run()
    expect(tell('huge', { ...half, bytes: pumpLimits.inboxBytesMax * 2 })).toBe(true)
  })

  it('does nothing any more once it was stopped', () => {
    const { pump, later, tell, steps } = setUp()
    pump.tick()
    pump.stop()
    pump.tick()
    expect(tell('late')).toBe(false)
    later.run()
    expect(steps).toEqual([])
  })
})

function word(kind: string): Message {
  return { kind, text: '' }
}
