import { describe, expect, it } from 'vitest'
import { LamportClock } from '#cores/clocks/lamport'
import { toHex } from '#kit/hex'
import { Random } from '#kit/random'
import { EveryoneCore } from './core.ts'
import { entryLimits, everyoneLimits } from './limits.ts'
import type { Act, EveryoneOutcome, LogId, Operation } from './messages.ts'
import { foreign, Room, s1, s2, s3, said, servers } from './testing/room.ts'

const whyOf = (outcome: EveryoneOutcome | null) => (outcome?.kind === 'refused' ? outcome.why : outcome?.kind)

describe('what is taken', () => {
  it('EW1 is on the disk in the step that answers it', () => {
    const room = new Room({ up: [s1] })
    expect(room.say(s1, 'olá')).toMatchObject({ kind: 'done', operation: { text: 'olá', origin: 's1', atMs: 1_000 } })
    expect(room.disk(s1).entries.map(({ sequence }) => sequence)).toEqual([1])
    expect(room.core(s1).log).toMatch(/^s1\.[0-9a-f]{8}$/)
  })

  it('EW2 stands behind all that its server had heard of, also in its next life', () => {
    const room = new Room({ up: [s1] })
    for (let at = 0; at < 5; at += 1) room.say(s1, `${at}`)
    room.start(s2)
    room.pass(1)
    room.say(s2, 'from s2')
    room.kill(s1)
    room.start(s1)
    room.say(s1, 'later')
    expect(room.texts(s1)).toEqual(['0', '1', '2', '3', '4', 'from s2', 'later'])
  })

  it('EW3 happens once under its id, and something else under it is malformed', () => {
    const room = new Room({ up: [s1] })
    const id = 'a'.repeat(32)
    expect(room.say(s1, 'once', id)?.kind).toBe('done')
    expect(room.say(s1, 'once', id)?.kind).toBe('done-before')
    expect(whyOf(room.say(s1, 'other', id))).toBe('malformed')
    expect(room.disk(s1).entries).toHaveLength(1)
  })

  it.each([
    ['EW4 empty', said('ana', 'general', ' \n'), 'empty'],
    ['EW4 too long', said('ana', 'general', 'x'.repeat(entryLimits.textCharsMax + 1)), 'too-long'],
    ['EN1 a topic of the protocol', { kind: 'channel', channel: 'replica' }, 'name-not-allowed'],
    ['EN1 a name that cannot be seen', { kind: 'login', user: 'a\u200b' }, 'name-not-allowed'],
    ['EN1 a name that looks like another', { kind: 'login', user: 'bia\ufe0f' }, 'name-not-allowed'],
    ['EN1 who speaks under such a name', said('bia\ufe0f', 'general', 'oi'), 'name-not-allowed'],
    ['EN2 a channel that is there', { kind: 'channel', channel: 'dev' }, 'name-taken'],
    ['EN2 a user of a channel’s name', { kind: 'login', user: 'dev' }, 'name-taken'],
    ['EN2 a channel of a user’s name', { kind: 'channel', channel: 'bia' }, 'name-taken'],
    ['EN2 a channel that speaks', said('dev', 'general', 'oi'), 'name-not-allowed'],
    ['EN3 a channel nobody knows', said('bia', 'nope', 'oi'), 'unknown-channel'],
    ['EN3 a user nobody knows', said('bia', 'zeca', 'oi', 'message'), 'unknown-user'],
  ] satisfies readonly [string, Act, string][])('%s is refused, and changes nothing', (_, act, why) => {
    const room = new Room({ up: [s1] })
    room.act(s1, { kind: 'login', user: 'bia' })
    const before = room.content(s1)
    expect(whyOf(room.act(s1, act))).toBe(why)
    expect(room.content(s1)).toBe(before)
    expect(room.disk(s1).entries).toHaveLength(1)
  })

  it('EN1 goes on under a name that an earlier version took', () => {
    const room = new Room({ up: [s1] })
    const operation: Operation = { kind: 'login', user: '❤\ufe0f', id: 'ab'.repeat(16), atMs: 1, clock: 1, origin: s2 }
    const entries = [{ log: 's2.0123abcd' as LogId, sequence: 1, operation }]
    room.step(s1, { kind: 'message', from: s2, message: { kind: 'entries', entries, why: 'missing', hasMore: false } })
    room.kill(s1)
    room.start(s1)
    expect(room.act(s1, said('❤\ufe0f', 'general', 'oi'))?.kind).toBe('done')
    expect(room.act(s1, said('bia', '❤\ufe0f', 'oi', 'message'))?.kind).toBe('done')
  })

  it('EN3 EN4 is said by whoever speaks, who is then known', () => {
    const room = new Room({ up: [s1] })
    expect(room.act(s1, said('novo', 'general', 'oi'))?.kind).toBe('done')
    expect(room.act(s1, said('bia', 'novo', 'oi', 'message'))?.kind).toBe('done')
    expect(room.core(s1).content.users).toEqual(['bia', 'novo'])
    expect(room.core(s1).content.user('novo')).toEqual({ name: 'novo', lastLogInMs: null })
  })

  it('EW6 is nothing while the disk takes nothing, and what others give waits', () => {
    const room = new Room()
    room.step(s1, { kind: 'cannot-write' })
    expect(whyOf(room.say(s1, 'not now'))).toBe('cannot-write')
    room.say(s2, 'elsewhere')
    expect(room.texts(s1)).toEqual([])
    room.step(s1, { kind: 'can-write' })
    room.pass(8)
    expect(room.texts(s1)).toEqual(['elsewhere'])
  })

  it('EW6 is nothing past a limit, but what others took is', () => {
    const room = new Room({ limits: { operationsMax: 2, usersMax: 2, channelsMax: 4 } })
    room.isolate(s3)
    room.say(s3, 'c')
    for (const text of ['a', 'b', 'refused']) room.say(s1, text)
    expect(whyOf(room.say(s1, 'refused'))).toBe('too-many')
    room.cut.clear()
    room.pass(8)
    expect(room.texts(s1)).toEqual(['a', 'c', 'b'])
    const names = new Room({ limits: { usersMax: 1, channelsMax: 3 } })
    names.say(s1, 'ana is one')
    expect(whyOf(names.act(s1, { kind: 'login', user: 'bia' }))).toBe('too-many')
    expect(whyOf(names.act(s1, { kind: 'channel', channel: 'cursos' }))).toBe('too-many')
  })
})

describe('a new name', () => {
  const login: Act = { kind: 'login', user: 'bia' }

  it('EW5 is answered when all that are here know it', () => {
    const room = new Room()
    room.pass(1)
    expect(room.act(s1, login)?.kind).toBe('done')
    for (const id of servers) expect(room.core(id).content.users).toEqual(['bia'])
    expect(room.lines.at(-1)).toMatch(/^s3 -> s1 has s1:1, nothing$/)
  })

  it('EW5 waits for one that does not say so, and no longer than that', () => {
    const room = new Room()
    room.pass(1)
    room.isolate(s3)
    const ref = room.ask(s1, login)
    room.pass(5)
    expect(room.outcomes.get(ref)).toBeUndefined()
    room.pass(1)
    expect(room.outcomes.get(ref)?.kind).toBe('done')
  })

  it('EW5 waits for nobody who was not heard lately, nor when the name is known', () => {
    const room = new Room()
    room.pass(1)
    room.isolate(s3)
    room.pass(30)
    expect(room.act(s1, login)?.kind).toBe('done')
    room.isolate(s2)
    room.isolate(s1)
    expect(room.act(s1, login)?.kind).toBe('done')
  })

  it('EW5 waits for nobody where too many wait already', () => {
    const room = new Room({ limits: { waitingMax: 1 } })
    room.pass(1)
    room.isolate(s3)
    expect([room.act(s1, login), room.act(s1, { kind: 'login', user: 'caio' })?.kind]).toEqual([null, 'done'])
  })

  it('EW5 is not forgotten when the server begins anew', () => {
    const room = new Room()
    room.pass(1)
    room.isolate(s3)
    const ref = room.ask(s1, login)
    expect(room.core(s1).giveUpWaiting()).toMatchObject([{ ref, outcome: { kind: 'done' } }])
    expect(room.core(s1).waiting).toBe(0)
  })
})

describe('foreign servers', () => {
  it('EF1 are heard by one, and known to all', () => {
    const room = new Room()
    room.step(s2, { kind: 'heard', operation: foreign(3) })
    for (const id of servers) expect(room.texts(id)).toEqual(['foreign 3'])
    room.step(s1, { kind: 'heard', operation: foreign(3) })
    expect(room.core(s1).size).toBe(1)
  })

  it('EF1 EO2 stand once, though several wrote it down', () => {
    const room = new Room()
    for (const id of servers) room.isolate(id)
    for (const id of servers) room.step(id, { kind: 'heard', operation: foreign(3) })
    room.cut.clear()
    room.pass(12)
    for (const id of servers) expect([room.texts(id), room.core(id).size]).toEqual([['foreign 3'], 3])
  })

  it('EF2 have their own clock, and ours follow it unless it leaps', () => {
    const room = new Room({ up: [s1] })
    room.step(s1, { kind: 'heard', operation: foreign(700) })
    room.step(s1, { kind: 'heard', operation: foreign(2 ** 47) })
    expect(room.say(s1, 'ours')).toMatchObject({ operation: { clock: 702 } })
    expect(room.texts(s1)).toEqual(['foreign 700', 'ours', `foreign ${2 ** 47}`])
  })

  it('EF2 that lift the clock leap by leap as far as their dialect goes leave ours room', () => {
    const room = new Room({ up: [s1] })
    for (let leap = 1; leap <= 256; leap += 1) {
      room.step(s1, { kind: 'heard', operation: foreign(Math.min(leap * 2 ** 40, 2 ** 48)) })
    }
    expect(room.say(s1, 'ours')).toMatchObject({ kind: 'done', operation: { clock: 2 ** 48 + 2 } })
    room.start(s1)
    expect(room.say(s1, 'and again')).toMatchObject({ kind: 'done', operation: { clock: 2 ** 48 + 4 } })
  })

  it('EF4 that are loud leave ours room, in every server and in every life', () => {
    const room = new Room({ limits: { operationsMax: 9, foreignMax: 3 } })
    for (let number = 1; number <= 9; number += 1) room.step(s1, { kind: 'heard', operation: foreign(number) })
    room.start(s2)
    room.step(s2, { kind: 'heard', operation: foreign(10) })
    expect(room.core(s2).size).toBe(3)
    for (const id of servers) expect(room.say(id, `ours at ${id}`)?.kind).toBe('done')
  })

  it('EF4 that name what nobody knows bring no more names than there may be', () => {
    const room = new Room({ up: [s1], limits: { usersMax: 2, channelsMax: 4 } })
    const named = [
      foreign(1, { to: 'cursos' }),
      foreign(2, { to: 'provas' }),
      foreign(3, { kind: 'message', to: 'ana' }),
      foreign(4, { kind: 'message', to: 'bia' }),
    ]
    for (const operation of named) room.step(s1, { kind: 'heard', operation })
    const { users, channels } = room.core(s1).content
    expect([users, channels]).toEqual([
      ['ana', 'zeca'],
      ['cursos', 'dev', 'general', 'random'],
    ])
    expect(room.core(s1).size).toBe(2)
  })

  it('EF3 that speak for one of ours, or say what cannot be, are dropped', () => {
    const room = new Room({ up: [s1] })
    room.step(s1, { kind: 'heard', operation: foreign(1, { origin: 's2' }) })
    for (const operation of [foreign(2, { text: '' }), foreign(3, { from: 'zeca\ufe0f' })])
      expect(room.step(s1, { kind: 'heard', operation }).notes).toEqual([{ kind: 'heard-in-vain', operation }])
    expect(room.core(s1).size).toBe(0)
  })
})

describe('logs', () => {
  it('EL1 EL2 are written from 1, one in each life', () => {
    const room = new Room({ up: [s1] })
    room.say(s1, 'a')
    room.say(s1, 'b')
    const { log } = room.core(s1)
    room.start(s1)
    expect(room.core(s1).log).toBeNull()
    room.say(s1, 'c')
    const other = room.core(s1).log
    expect(other).not.toBe(log)
    expect(room.disk(s1).entries.map(({ log: at, sequence }) => `${at}:${sequence}`)).toEqual([
      `${log}:1`,
      `${log}:2`,
      `${other}:1`,
    ])
  })

  it('EL2 have names that nothing here was written under', () => {
    const room = new Room({ up: [s1] })
    room.say(s1, 'a')
    const [entry] = room.disk(s1).entries
    const random = new Random('twice the same name')
    const first = `s1.${toHex(Uint8Array.from({ length: 4 }, () => random.below(256)))}` as LogId
    const config = { id: s1, servers, syncTicks: 4, hereTicks: 20, registerTicks: 6, limits: everyoneLimits }
    const parts = { random: new Random('twice the same name'), clock: new LamportClock() }
    const core = new EveryoneCore(config, { entries: [{ ...entry!, log: first }] }, parts)
    const act = said('ana', 'general', 'b')
    const { entries } = core.step([{ kind: 'act', ref: 1, id: 'b'.repeat(32), act, atMs: 1 }])
    expect(entries.map(({ log }) => log)).not.toContain(first)
    expect(entries).toHaveLength(1)
  })

  it('EL3 of a disk that was lost come back, and another one is written', () => {
    const room = new Room()
    room.say(s1, 'a')
    const before = room.core(s1).log
    room.kill(s1)
    room.loseDisk(s1)
    room.start(s1)
    room.say(s1, 'b')
    room.pass(8)
    expect(room.core(s1).log).not.toBe(before)
    for (const id of servers) expect(room.texts(id)).toEqual(['a', 'b'])
    expect(room.anomalies).toEqual([])
  })

  it('EL3 of which some was lost are not written further, also before anybody could say so', () => {
    const room = new Room()
    for (const text of ['a', 'b']) room.say(s1, text)
    room.kill(s1)
    room.disk(s1).entries.pop()
    room.isolate(s1)
    room.start(s1)
    room.say(s1, 'c')
    room.cut.clear()
    room.pass(8)
    for (const id of servers) expect(new Set(room.texts(id))).toEqual(new Set(['a', 'b', 'c']))
    expect(new Set(servers.map((id) => room.content(id))).size).toBe(1)
    expect(new Set(room.disk(s2).entries.map(({ log }) => log)).size).toBe(2)
    expect(room.anomalies).toEqual([])
  })
})

describe('what must not be', () => {
  it('a clock at its end, which a server claims of this one, is followed, and nothing is taken behind it', () => {
    const room = new Room({ up: [s1] })
    const entry = {
      log: 's1.00000000' as LogId,
      sequence: 1,
      operation: foreign(entryLimits.clockMax, { origin: 's1' }),
    }
    const message = { kind: 'entries', entries: [entry], why: 'missing', hasMore: false } as const
    room.step(s1, { kind: 'message', from: s2, message })
    expect(whyOf(room.say(s1, 'behind'))).toBe('too-many')
    room.start(s1)
    expect(whyOf(room.say(s1, 'behind'))).toBe('too-many')
    expect(room.texts(s1)).toHaveLength(1)
  })

  it('EA7 is reported and changes nothing', () => {
    const room = new Room()
    room.say(s1, 'a')
    const before = room.content(s2)
    const [entry] = room.disk(s1).entries
    const other = { ...entry!, operation: { ...entry!.operation, clock: 99 } }
    const message = { kind: 'entries', entries: [other], why: 'missing', hasMore: false } as const
    room.step(s2, { kind: 'message', from: s3, message })
    expect(room.anomalies).toEqual([`s2: s3 has another entry 1 in ${room.core(s1).log} than there is`])
    expect(room.content(s2)).toBe(before)
  })
})
