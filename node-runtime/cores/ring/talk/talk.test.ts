import { describe, expect, it } from 'vitest'
import type { RingMessage, RingOutput } from '../messages.ts'
import { Circle, lifeOf, peerOf, record, Speaker, timing } from './testing/circle.ts'

const other = new Speaker(2)
const third = new Speaker(3)

function pair(limits = {}): Speaker {
  const one = new Speaker(1, { limits })
  one.meet([other.member])
  return one
}

function round(...records: Extract<RingMessage, { kind: 'records' }>['records']): RingMessage {
  return { kind: 'records', records, isRound: true, hasMore: false }
}

function given(hasMore: boolean, ...records: Extract<RingMessage, { kind: 'records' }>['records']): RingMessage {
  return { kind: 'records', records, isRound: false, hasMore }
}

const kinds = ({ messages }: RingOutput) => messages.map(({ to, message }) => `${to.slice(-1)} ${message.kind}`)
const passed = ({ messages }: RingOutput) =>
  messages.flatMap(({ message }) => (message.kind === 'records' ? message.records.map(({ text }) => text) : []))
const late = ({ notes }: RingOutput) => notes.filter(({ kind }) => kind === 'inserted-late').length

describe('order and places', () => {
  it('TK1 records stand in their order, whatever came first', () => {
    const one = pair()
    one.hear(other, round(record(3, 1, { stamp: 7 })))
    one.hear(other, round(record(2, 1, { stamp: 7 })))
    one.hear(other, round(record(4, 1, { stamp: 3 })))
    expect(one.texts).toEqual(['4.1', '2.1', '3.1'])
  })

  it('TK1 of one stamp, who stamped it counts before in which life', () => {
    const one = pair()
    one.hear(third, round(record(5, 1, { peer: peerOf(7) }), record(6, 1, { peer: peerOf(4) })))
    expect(one.texts).toEqual(['6.1', '5.1'])
  })

  it('TK2 a uuid has one place: that of an own record, else the smallest', () => {
    const one = pair()
    const { uuid } = record(9, 9)
    const stamped = (number: number, stamp: number) => record(number, 1, { uuid, stamp, source: 'reference' })
    one.hear(other, round(stamped(3, 8)))
    one.hear(other, round(stamped(4, 5)))
    one.hear(other, round(stamped(5, 6)))
    expect(one.history.map(({ stamp }) => stamp)).toEqual([5])
    one.hear(other, round(record(6, 1, { uuid, stamp: 20 })))
    expect(one.history.map(({ stamp }) => stamp)).toEqual([20])
    expect(one.talk.counts.records).toBe(1)
  })

  it('TK3 keeps the newest, and does not take again what is before them', () => {
    const one = pair({ recordsMax: 2 })
    one.hear(other, round(record(2, 1), record(2, 2), record(2, 3)))
    expect(one.texts).toEqual(['2.2', '2.3'])
    const output = one.hear(other, round(record(2, 1)))
    expect([one.texts, output.records, output.messages]).toEqual([['2.2', '2.3'], [], []])
  })

  it('TK3 a light one is not taken again where a heavy one made room', () => {
    const one = pair({ charsMax: 1000 })
    const heavy = record(2, 2, { text: 'x'.repeat(600) })
    one.hear(other, round(record(2, 1), heavy, record(2, 3, { text: 'y'.repeat(500) })))
    expect(one.history.map(({ sequence }) => sequence)).toEqual([3])
    one.hear(other, round(record(2, 1)))
    expect(one.history.map(({ sequence }) => sequence)).toEqual([3])
  })

  it('TK4 what comes before something that was seen is late, in the same step it is not', () => {
    const one = pair()
    expect(late(one.hear(other, round(record(2, 2), record(3, 1))))).toBe(0)
    expect(late(one.hear(other, round(record(4, 1, { stamp: 1 }))))).toBe(1)
    expect(one.history.map(({ uuid }) => one.talk.history.isLate(uuid))).toEqual([false, true, false])
  })

  it('TK4 what a newcomer finds is not late, what a ring with a history finds is', () => {
    const newcomer = pair()
    newcomer.hear(other, round(record(2, 9)))
    expect(late(newcomer.hear(other, given(false, record(2, 1))))).toBe(0)
    const old = pair()
    old.say('a', 'b')
    old.meet([other.member, third.member])
    expect(late(old.hear(other, given(false, record(2, 1))))).toBe(1)
  })

  it('TK5 restored records are there, and the clock goes on behind them', () => {
    const one = new Speaker(1, { life: 11, restored: [record(2, 7, { stamp: 40 }), record(1, 1)] })
    one.say('new')
    expect(one.texts).toEqual(['1.1', '2.7', 'new'])
    expect(one.history.at(-1)).toMatchObject({ origin: lifeOf(11), sequence: 1, stamp: 42 })
  })
})

describe('round the ring', () => {
  it('TK10 passes on what it had not, once', () => {
    const one = pair()
    expect(passed(one.hear(other, round(record(3, 1))))).toEqual(['3.1'])
    expect(passed(one.hear(other, round(record(3, 1))))).toEqual([])
  })

  it('TK10 a record goes round once and ends at home', () => {
    const circle = new Circle('round', 5)
    circle.deliver(1000)
    const before = circle.arrived.records
    circle.say(0, 'hello')
    circle.deliver(1000)
    expect(circle.arrived.records - before).toBe(5)
    expect(circle.speakers.map(({ texts }) => texts)).toEqual(circle.speakers.map(() => ['hello']))
    expect(circle.at(0).talk.counts.underWay).toBe(0)
  })

  it('TK11 so many are under way, so many wait, and the rest is refused', () => {
    const one = pair({ underWayMax: 2, waitingMax: 3 })
    const output = one.say('a', 'b', 'c')
    expect(output.said.filter(({ uuid }) => uuid === null)).toEqual([])
    expect(passed(output)).toEqual(['a', 'b'])
    expect(one.say('d', 'e', 'f').said.map(({ uuid }) => uuid === null)).toEqual([false, false, true])
    expect(one.talk.counts).toEqual({ records: 5, underWay: 2, waiting: 3 })
    const chat = { uuid: record(9, 9).uuid, author: 'x', text: 'y', atMs: 0 }
    expect(one.talk.hearChat(chat)).toBe(false)
    expect(passed(one.hear(other, round(...one.history.slice(1, 2))))).toEqual(['c', 'd'])
    expect(one.talk.hearChat(chat)).toBe(true)
    expect(one.talk.hearChat(chat)).toBe(false)
  })

  it('TK12 does not wait for ever, nor for whom it gave its records to before', () => {
    const one = pair({ underWayMax: 1 })
    one.say('a', 'b', 'c')
    for (let tick = 1; tick < timing.suspicionTicks; tick += 1) expect(passed(one.tick())).toEqual([])
    expect(passed(one.tick())).toEqual(['b'])
    expect(passed(one.meet([third.member]))).toEqual(['c'])
  })

  it('TK13 a step sends few messages, and none that is too large', () => {
    const one = pair({ recordsPerMessageMax: 3, charsPerMessageMax: 10 })
    const { messages } = one.say('a', 'b', 'c', 'd', 'x'.repeat(30), 'y'.repeat(6), 'z'.repeat(6))
    const sizes = messages.map(({ message }) => (message.kind === 'records' ? message.records.length : 0))
    expect(sizes).toEqual([3, 1, 1, 1, 1])
  })

  it('TK14 what was made up for and comes round is passed on once', () => {
    const one = pair()
    expect(passed(one.hear(third, given(false, record(4, 1))))).toEqual([])
    expect(passed(one.hear(third, round(record(4, 1))))).toEqual(['4.1'])
    expect(passed(one.hear(third, round(record(4, 1))))).toEqual([])
  })

  it('TK15 alone, nothing waits', () => {
    const one = new Speaker(1, { limits: { underWayMax: 1, waitingMax: 1 } })
    expect(one.say('a').said[0]?.uuid).not.toBeNull()
    expect(one.say('b').said[0]?.uuid).not.toBeNull()
    expect(one.talk.counts).toEqual({ records: 2, underWay: 0, waiting: 0 })
  })
})

describe('making up', () => {
  it('TK20 gives what is not told, and answers a question with its own marks', () => {
    const one = pair()
    one.say('a', 'b')
    const question = one.hear(other, { kind: 'have', marks: [], isFromFirst: true, isToLast: true, isAnswer: false })
    expect(kinds(question)).toEqual(['2 records', '2 have'])
    expect(passed(question)).toEqual(['a', 'b'])
    expect(
      kinds(one.hear(other, { kind: 'have', marks: [], isFromFirst: true, isToLast: true, isAnswer: true })),
    ).toEqual(['2 records'])
  })

  it('TK21 asks the next of another ring, somebody by luck, and about a hole', () => {
    const one = new Speaker(1)
    expect(kinds(one.meet([other.member]))).toEqual(['2 have'])
    one.hear(third, round(record(4, 2)))
    const asked = Array.from({ length: 4 }, () => kinds(one.tick())).flat()
    expect(asked).toEqual(['3 have'])
    const later = Array.from({ length: 2 * timing.syncTicks }, () => kinds(one.tick())).flat()
    expect(later.length).toBeGreaterThanOrEqual(1)
    expect(new Set(later)).toEqual(new Set(['2 have']))
  })

  it('TK22 one at a time goes on giving, while it brings something', () => {
    const one = pair()
    expect(kinds(one.hear(third, given(true, record(4, 1))))).toEqual(['3 have'])
    expect(kinds(one.hear(other, given(true, record(4, 2))))).toEqual([])
    expect(kinds(one.hear(third, given(true, record(4, 3))))).toEqual(['3 have'])
    const end = one.hear(third, given(true, record(4, 3)))
    expect(kinds(end)).toEqual(['2 have'])
    expect(end.notes).toContainEqual({ kind: 'caught-up', records: 3, from: peerOf(3) })
  })

  it('TK22 gives up whoever is silent', () => {
    const one = pair()
    one.hear(third, given(true, record(4, 1)))
    for (let tick = 0; tick < timing.suspicionTicks; tick += 1) one.tick()
    expect(kinds(one.hear(other, given(true, record(4, 2))))).toEqual(['2 have'])
  })

  it('TK23 what was made up for goes on round the ring', () => {
    const circle = new Circle('on', 6)
    circle.deliver(1000)
    circle.take(circle.at(2), circle.at(2).hear(third, given(false, record(9, 1))))
    circle.deliver(1000)
    expect(circle.speakers.map(({ texts }) => texts)).toEqual(circle.speakers.map(() => ['9.1']))
  })

  it('TK24 has handed over when its next says so', () => {
    const one = pair()
    one.say('a')
    expect(one.talk.isHandedOver).toBe(false)
    one.state = 'leaving'
    expect(one.say('b').said[0]?.uuid).toBeNull()
    const asked = Array.from({ length: 8 }, () => kinds(one.tick())).flat()
    expect(asked).toEqual(['2 have', '2 have'])
    const same = new Speaker(2)
    same.hear(one, round(...one.history))
    for (const { message } of same.meet([one.member]).messages) one.hear(other, message)
    expect(one.talk.isHandedOver).toBe(false)
    one.hear(other, round(...one.history))
    expect(one.talk.isHandedOver).toBe(true)
    one.meet([])
    expect(one.talk.isHandedOver).toBe(true)
  })
})

describe('what peers must not do', () => {
  it.each([
    ['a stamp beyond all clocks', record(2, 2, { stamp: 2 ** 51 })],
    ['its own record as that of another', record(2, 2, { peer: peerOf(3) })],
    ['an origin with two peers', record(3, 2, { peer: peerOf(4) })],
    ['another record at a number that is there', record(3, 1, { uuid: record(7, 7).uuid })],
    ['one of this life that it never made', record(1, 1)],
  ])('TK25 %s is reported and not taken; the rest is', (_, forged) => {
    const one = pair()
    one.hear(other, round(record(3, 1)))
    const output = one.hear(other, round(forged, record(5, 1)))
    expect(output.anomaly).not.toBeNull()
    expect(one.texts).toEqual(['3.1', '5.1'])
  })
})
