import { describe, expect, it } from 'vitest'
import { type Entry, makeEntry } from '#cores/raft/entry'
import type { Result } from '#kit/result'
import type { AppliedOutcome } from './sessions.ts'
import { type Asked, WaitingRequests } from './waiting.ts'

const answer = new Uint8Array([4])
const executed: AppliedOutcome = { kind: 'executed', answer }

function setUp(waitingMax = 10) {
  const waiting = new WaitingRequests({ waitingMax, ticksMax: 3 })
  const results: Result<unknown>[] = []
  const done = (result: Result<unknown>): void => void results.push(result)
  const add = (kind: Asked['kind'] = 'propose'): number => waiting.add({ kind, query: answer, done } as Asked)!
  const ticks = (count: number): void => {
    for (let tick = 0; tick < count; tick += 1) waiting.tick()
  }
  return { waiting, results, add, ticks, codes: () => results.map((one) => (one.ok ? 'ok' : one.failure.code)) }
}

function entry(index: number, term: number): Entry {
  return makeEntry({ index, term, kind: 'command', atMs: 50, lamport: 7, payload: new Uint8Array(1) })
}

describe('a command that waits', () => {
  it('is answered by what is applied at its index in its term', () => {
    const { waiting, results, add } = setUp()
    waiting.accepted(add(), { index: 5, term: 2 })
    waiting.applied(entry(4, 2), executed)
    expect(results).toEqual([])
    waiting.applied(entry(5, 2), executed)
    expect(results).toEqual([{ ok: true, value: { index: 5, atMs: 50, lamport: 7, answer } }])
    expect(waiting.isEmpty).toBe(true)
    waiting.applied(entry(5, 2), executed)
    expect(results).toHaveLength(1)
  })

  it('is told where it was executed first when it had been', () => {
    const { waiting, results, add } = setUp()
    const applied = { index: 2, atMs: 20, lamport: 3 }
    waiting.accepted(add(), { index: 5, term: 2 })
    waiting.applied(entry(5, 2), { kind: 'repeated', answer, applied })
    expect(results).toEqual([{ ok: true, value: { ...applied, answer } }])
  })

  it('never happened when another term is applied in its place', () => {
    const { waiting, add, codes } = setUp()
    waiting.accepted(add(), { index: 5, term: 2 })
    waiting.applied(entry(5, 3), executed)
    expect(codes()).toEqual(['not-leader'])
  })

  it.each(['answer-forgotten', 'session-expired', 'bad-request'] as const)('is refused with %s', (code) => {
    const { waiting, add, codes } = setUp()
    waiting.accepted(add(), { index: 5, term: 2 })
    waiting.applied(entry(5, 2), { kind: 'refused', code })
    expect(codes()).toEqual([code])
  })

  it('is given up after its time, and what is applied then is nobody’s', () => {
    const { waiting, add, ticks, codes } = setUp()
    waiting.accepted(add(), { index: 5, term: 2 })
    ticks(2)
    waiting.accepted(add(), { index: 6, term: 2 })
    expect(codes()).toEqual([])
    ticks(1)
    expect(codes()).toEqual(['timed-out'])
    waiting.applied(entry(5, 2), executed)
    waiting.applied(entry(6, 2), executed)
    expect(codes()).toEqual(['timed-out', 'ok'])
  })

  it('is nobody’s knowledge when a snapshot overtook it, or another of this node has its place', () => {
    const { waiting, add, codes } = setUp()
    waiting.accepted(add(), { index: 5, term: 2 })
    waiting.accepted(add(), { index: 9, term: 2 })
    waiting.leapt(5)
    expect(codes()).toEqual(['timed-out'])
    waiting.accepted(add(), { index: 9, term: 4 })
    expect(codes()).toEqual(['timed-out', 'timed-out'])
    waiting.applied(entry(9, 4), executed)
    expect(codes()).toEqual(['timed-out', 'timed-out', 'ok'])
  })

  it('never happened when the core went before it had a place, unless no core has seen it', () => {
    const { waiting, results, add, codes } = setUp()
    waiting.accepted(add(), { index: 5, term: 2 })
    const lastGiven = add()
    const notGiven = add()
    waiting.coreIsGone(lastGiven)
    expect(codes()).toEqual(['not-leader'])
    waiting.accepted(notGiven, { index: 6, term: 3 })
    waiting.applied(entry(5, 2), executed)
    waiting.applied(entry(6, 3), executed)
    expect(results.slice(1).every(({ ok }) => ok)).toBe(true)
  })

  it('is nobody’s knowledge when the disk is gone', () => {
    const { waiting, add, codes } = setUp()
    waiting.accepted(add(), { index: 5, term: 2 })
    add()
    waiting.diskIsGone()
    expect(codes()).toEqual(['timed-out', 'timed-out'])
  })

  it('is not taken when too many wait', () => {
    const { waiting, add } = setUp(2)
    add()
    const last = add()
    expect(add()).toBeNull()
    waiting.forget(last)
    expect(add()).not.toBeNull()
  })
})

describe('a session that is to be opened', () => {
  it('is known by what was applied', () => {
    const { waiting, results, add } = setUp()
    waiting.accepted(add('open-session'), { index: 5, term: 2 })
    waiting.applied(entry(5, 2), { kind: 'session-opened', session: 5 })
    expect(results).toEqual([{ ok: true, value: 5 }])
  })
})

describe('a read that waits', () => {
  it('is answered once its index is applied, in any order of asking', () => {
    const { waiting, results, add } = setUp()
    const [late, soon] = [add('read'), add('read')]
    waiting.readable(late, 9)
    waiting.readable(soon, 4)
    const asked: number[] = []
    const query = (bytes: Uint8Array) => {
      asked.push(bytes.length)
      return answer
    }
    waiting.answerReads(3, query)
    expect(results).toEqual([])
    waiting.answerReads(5, query)
    expect(results).toEqual([{ ok: true, value: { answer, appliedIndex: 5 } }])
    waiting.answerReads(9, query)
    expect(results).toHaveLength(2)
    expect(asked).toEqual([1, 1])
  })

  it('is not asked of the state any more when its time is over', () => {
    const { waiting, add, ticks, codes } = setUp()
    waiting.readable(add('read'), 4)
    ticks(3)
    waiting.answerReads(9, () => {
      throw new Error('asked')
    })
    expect(codes()).toEqual(['timed-out'])
  })
})
