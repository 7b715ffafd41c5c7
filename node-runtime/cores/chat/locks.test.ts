import { beforeEach, describe, expect, it } from 'vitest'
import { chatLimits } from './limits.ts'
import type { DeedOutcome } from './messages.ts'
import { OneChat } from './testing/one-chat.ts'

let chat: OneChat

beforeEach(() => {
  chat = new OneChat()
  chat.signUp('ana', 'rui', 'eva')
})

const ask = (actor: string, lock = 'l', holder = `${actor}/1`) =>
  chat.outcome(actor, { kind: 'ask-lock', lock, holder })
const keep = (actor: string, fence: number) =>
  chat.try(actor, { kind: 'keep-lock', lock: 'l', holder: `${actor}/1`, fence })
const give = (actor: string, fence: number) =>
  chat.try(actor, { kind: 'give-lock', lock: 'l', holder: `${actor}/1`, fence })
const fenceOf = (outcome: DeedOutcome) => (outcome.kind === 'refused' ? outcome.why : outcome.fence)
const locks = () => chat.ask({ kind: 'locks', after: null, limit: 500 }).locks
const expire = () => chat.outcome(null, { kind: 'expire-locks' })

describe('locks', () => {
  it('CH27 are granted in the order of asking, under fences that rise', () => {
    expect([ask('ana'), ask('rui'), ask('eva'), ask('rui'), ask('ana')].map(fenceOf)).toEqual([1, null, null, null, 1])
    expect(locks()).toMatchObject([{ lock: 'l', holder: 'ana/1', fence: 1, waiting: ['rui/1', 'eva/1'] }])
    expect(fenceOf(ask('ana', 'other'))).toBe(2)
    expect(give('ana', 1)).toBe('done')
    expect(locks()).toMatchObject([{ holder: 'rui/1', fence: 3, waiting: ['eva/1'] }, { lock: 'other' }])
    expect([give('eva', 0), give('rui', 3)]).toEqual(['done', 'done'])
    expect(locks()).toMatchObject([{ lock: 'other' }])
    expect(fenceOf(ask('eva'))).toBe(4)
    const told = chat.events('ana', 'all').filter(({ what }) => what.kind === 'lock')
    expect(told.at(-2)?.what).toMatchObject({ lock: { lock: 'l', holder: null, fence: 3 } })
  })

  it('CH27 have limits', () => {
    for (let waiting = 0; waiting <= chatLimits.waitingPerLockMax; waiting += 1) {
      expect(ask('ana', 'l', `holder ${waiting}`).kind).toBe('done')
    }
    expect(fenceOf(ask('ana', 'l', 'one more'))).toBe('too-many')
    for (let lock = 1; lock < chatLimits.locksMax; lock += 1) expect(ask('ana', `lock ${lock}`).kind).toBe('done')
    expect(fenceOf(ask('ana', 'one more'))).toBe('too-many')
    expect([ask('ana', ''), ask('ana', 'x'.repeat(129)), ask('ana', 'l', 'x'.repeat(65))].map(fenceOf)).toEqual(
      Array(3).fill('malformed'),
    )
    chat.atMs += chatLimits.lockMs
    expire()
    expect(locks()).toMatchObject([{ lock: 'l', holder: 'holder 1' }])
  })

  it('CH28 end by the clock of the log, for whoever looks', () => {
    ask('ana')
    ask('rui')
    chat.atMs += chatLimits.lockMs - 30
    expect(keep('ana', 1)).toBe('done')
    chat.atMs += chatLimits.lockMs - 20
    expect(expire()).toMatchObject({ event: null })
    chat.atMs += 10
    expect([keep('ana', 1), give('ana', 1)]).toEqual(['not-yours', 'not-yours'])
    expect(locks()[0]?.holder).toBe('ana/1')
    expect(expire()).toMatchObject({ event: { what: { lock: { holder: 'rui/1', fence: 2 } } } })
    expect([fenceOf(ask('ana')), fenceOf(ask('rui'))]).toEqual([null, 2])
  })

  it('CH28 are held up to the last millisecond of their time, and not in the next', () => {
    ask('ana')
    const { untilMs = 0 } = locks()[0] ?? {}
    chat.atMs = untilMs - 11
    expect(fenceOf(ask('ana'))).toBe(1)
    chat.atMs = untilMs - 10
    expect(fenceOf(ask('ana'))).toBe(2)
  })

  it('CH28 pass on when somebody asks after their time', () => {
    ask('ana')
    ask('rui')
    chat.atMs += chatLimits.lockMs
    expect(fenceOf(ask('eva'))).toBeNull()
    expect(locks()[0]).toMatchObject({ holder: 'rui/1', fence: 2, waiting: ['eva/1'] })
    chat.atMs += chatLimits.lockMs
    expect(fenceOf(ask('eva'))).toBe(3)
  })

  it('CH28 are given back by their holder under the present fence alone', () => {
    ask('ana')
    expect([give('rui', 1), give('ana', 0), keep('ana', 2)]).toEqual(Array(3).fill('not-yours'))
    const asRui = { kind: 'give-lock', lock: 'l', holder: 'ana/1', fence: 1 } as const
    expect([chat.try('rui', asRui), chat.try(null, asRui), chat.try('ana', asRui)]).toEqual([
      'not-yours',
      'not-yours',
      'done',
    ])
    expect(chat.try('ana', asRui)).toBe('not-yours')
  })
})
