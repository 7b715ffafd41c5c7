import { beforeEach, describe, expect, it } from 'vitest'
import { makeEntry } from '#cores/raft/entry'
import type { LogBase } from '#cores/raft/messages'
import type { StateMachine } from '#kit/state-machine'
import { failureOf } from '#ports/testing/store-home'
import { VirtualDisk } from '#sim/virtual-disk'
import { VirtualStore } from '#sim/virtual-store'
import { encodeCommand, encodeExpire, encodeOpenSession } from './entry-payload.ts'
import { logKey } from './log-rows.ts'
import { decodeSession, encodeSession } from './session-row.ts'
import { type AppliedOutcome, Sessions, sessionLimits } from './sessions.ts'
import { StateCache } from './state-cache.ts'
import { commandAt } from './testing/entries.ts'

const base: LogBase = { end: { index: 0, term: 0 }, membership: [], atMs: 0, lamport: 0 }

/** Counts how often it was asked; answers with the count and as many bytes as the command says. */
const counter: StateMachine = {
  apply: ({ bytes }, state) => {
    const count = (state.get('count', 'all')?.[0] ?? 0) + 1
    state.put('count', 'all', Uint8Array.of(count))
    return new Uint8Array(1 + (bytes[0] ?? 0) * 256).fill(count)
  },
  query: (_, state) => state.get('count', 'all') ?? new Uint8Array(1),
}

let state: StateCache
let sessions: Sessions
let index: number

beforeEach(() => {
  state = new StateCache(new VirtualStore(new VirtualDisk()), { generation: 'a', base })
  sessions = new Sessions(counter, state)
  index = 0
})

const apply = (payload: Uint8Array, atMs?: number): AppliedOutcome => {
  index += 1
  return sessions.apply(commandAt(index, payload, atMs), state)
}
const open = (atMs?: number): number => {
  const outcome = apply(encodeOpenSession(), atMs)
  if (outcome.kind !== 'session-opened') throw new Error(outcome.kind)
  return outcome.session
}
const ask = (session: number, number: number, bytes: readonly number[] = []): AppliedOutcome =>
  apply(encodeCommand({ session, number }, Uint8Array.from(bytes)))
const restart = (): void => {
  sessions.save(state)
  sessions = new Sessions(counter, state)
}
const executed = (): number => counter.query(new Uint8Array(0), state)[0]!
const expired = { kind: 'refused', code: 'session-expired' }
const forgotten = { kind: 'refused', code: 'answer-forgotten' }

describe('a session', () => {
  it('has the index of the entry that opened it', () => {
    expect([open(), open()]).toEqual([1, 2])
  })

  it('executes a command once; asked again it gives the first answer, and when and where that was', () => {
    const session = open()
    expect(ask(session, 1)).toEqual({ kind: 'executed', answer: Uint8Array.of(1) })
    const first = { index: 2, atMs: 20, lamport: 2 }
    const repeated = { kind: 'repeated', answer: Uint8Array.of(1), applied: first }
    expect(ask(session, 1, [99])).toEqual(repeated)
    restart()
    expect(ask(session, 1)).toEqual(repeated)
    expect(executed()).toBe(1)
  })

  it('executes a number above its highest, whatever lies between, and none below it', () => {
    const session = open()
    expect(ask(session, 5).kind).toBe('executed')
    expect(ask(session, 4)).toEqual(forgotten)
    expect(ask(session, 0)).toEqual(forgotten)
    expect(executed()).toBe(1)
  })

  it('keeps its last few answers only', () => {
    const session = open()
    const last = sessionLimits.answersKeptMax + 3
    for (let number = 1; number <= last; number += 1) ask(session, number)
    restart()
    const kinds = Array.from({ length: last }, (_, place) => ask(session, last - place).kind)
    const kept = sessionLimits.answersKeptMax
    expect(kinds).toEqual([...Array(kept).fill('repeated'), ...Array(last - kept).fill('refused')])
    expect(executed()).toBe(last)
  })

  it('does not keep an answer that is too long, and still never executes its command again', () => {
    const session = open()
    ask(session, 1)
    const answer = ask(session, 2, [1 + sessionLimits.answerBytesKeptMax / 256])
    expect(answer.kind === 'executed' && answer.answer.length).toBeGreaterThan(sessionLimits.answerBytesKeptMax)
    expect(ask(session, 2)).toEqual(forgotten)
    expect(ask(session, 1).kind).toBe('repeated')
    expect(executed()).toBe(2)
  })

  it('knows nothing of other sessions, and nobody knows one that was never opened', () => {
    const [first, second] = [open(), open()]
    ask(first, 1)
    expect(ask(second, 1).kind).toBe('executed')
    expect(ask(77, 1)).toEqual(expired)
    expect(executed()).toBe(2)
  })
})

describe('entries that are no commands', () => {
  it.each(['no-op', 'members'] as const)('of kind %s are the business of the group', (kind) => {
    const entry = makeEntry({ index: 1, term: 1, kind, atMs: 0, lamport: 0, payload: encodeOpenSession() })
    expect(sessions.apply(entry, state)).toEqual({ kind: 'internal' })
  })

  it('and payloads that nobody can read change nothing', () => {
    expect(apply(Uint8Array.of(200, 1))).toEqual({ kind: 'refused', code: 'bad-request' })
    sessions.save(state)
    expect(state.scan('sessions')).toEqual([])
  })
})

describe('idle sessions', () => {
  it('are closed by an expiry, judged by the times of entries', () => {
    const [early, late] = [open(1_000), open(5_000)]
    apply(encodeExpire(3_000), 6_000)
    expect(ask(early, 1)).toEqual(expired)
    expect(ask(late, 1).kind).toBe('executed')
  })

  it('are not idle when they were used, be it only to ask again', () => {
    const [first, second] = [open(1_000), open(1_000)]
    apply(encodeCommand({ session: first, number: 1 }, new Uint8Array(0)), 1_500)
    apply(encodeCommand({ session: first, number: 1 }, new Uint8Array(0)), 4_000)
    expect(sessions.longestIdleAtMs).toBe(1_000)
    apply(encodeExpire(3_000), 6_000)
    expect(sessions.longestIdleAtMs).toBe(4_000)
    expect(ask(second, 1)).toEqual(expired)
    expect(ask(first, 2).kind).toBe('executed')
  })

  it('are closed some at a time', () => {
    for (let count = 0; count < sessionLimits.expiredPerEntryMax + 5; count += 1) open(1_000)
    apply(encodeExpire(0), 2_000)
    sessions.save(state)
    expect(state.scan('sessions')).toHaveLength(5)
    apply(encodeExpire(0), 2_000)
    expect(sessions.longestIdleAtMs).toBeNull()
  })

  it('make room for new ones, the longest idle first, also after a restart', () => {
    const ids = Array.from({ length: sessionLimits.sessionsMax }, () => open(1_000))
    apply(encodeCommand({ session: ids[0]!, number: 1 }, new Uint8Array(0)), 1_000)
    restart()
    open(2_000)
    expect(ask(ids[1]!, 1)).toEqual(expired)
    expect(ask(ids[0]!, 1).kind).toBe('repeated')
    restart()
    open(2_000)
    expect(ask(ids[2]!, 1)).toEqual(expired)
    expect(ask(ids[3]!, 1).kind).toBe('executed')
    sessions.save(state)
    expect(state.scan('sessions')).toHaveLength(sessionLimits.sessionsMax)
  })
})

describe('the row of a session', () => {
  const session = {
    highest: 9,
    usedAtMs: 1234.5,
    usedIndex: 77,
    answers: [
      { number: 8, index: 70, atMs: 1200.25, lamport: 3, bytes: new Uint8Array(0) },
      { number: 9, index: 77, atMs: 1234.5, lamport: 5, bytes: Uint8Array.of(1, 2) },
    ],
  }

  it('is read as it was made', () => {
    expect(decodeSession(encodeSession(session))).toEqual(session)
    expect(decodeSession(encodeSession({ ...session, answers: [] }))).toEqual({ ...session, answers: [] })
  })

  it('that cannot be read is damage: without it a command might be executed twice', () => {
    const row = encodeSession(session)
    for (const length of [0, 10, 30, row.length - 1]) {
      state.put('sessions', logKey(1), row.subarray(0, length))
      expect(failureOf(() => new Sessions(counter, state))).toBe('store-damaged')
    }
  })
})
