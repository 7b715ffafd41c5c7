import { describe, expect, it } from 'vitest'
import type { ChatChange, ChatChanges } from '#contract/worker/chat-calls'
import type { ReadPosition } from '#cores/chat/messages'
import { type NodeId, nodeId } from '#kit/ids'
import { fail, ok } from '#kit/result'
import { VirtualClock } from '#sim/virtual-clock'
import { encodePassing, passingLimits } from '../../chat/native-topics.ts'
import { Later } from '../../testing/fake-ports.ts'
import { Changes, changeLimits } from './changes.ts'
import { Gaps } from './gaps.ts'
import { People } from './people.ts'
import { Reads, readLimits } from './reads.ts'
import { readSearch } from './search-text.ts'
import type { SessionLink } from './session-link.ts'

function changing(life = 1) {
  const clock = new VirtualClock(0, 0)
  const later = new Later()
  let last = life * 1_000
  const changes = new Changes({
    clock,
    soon: later.soon,
    next: () => {
      last += 1
      return last
    },
  })
  const ask = (after: number | null, waitMs = 1_000): { told: ChatChanges | null } => {
    const asked: { told: ChatChanges | null } = { told: null }
    changes.ask({ after, waitMs }, (told) => {
      asked.told = told
    })
    return asked
  }
  return { changes, clock, later, ask }
}

const person = (name: string, isHere = false): ChatChange => {
  return { kind: 'person', person: { name, isBot: false, isProtected: false, isHere } }
}

describe('what has changed', () => {
  it('is told at once if there is something, and each thing as it stands now', () => {
    const { changes, ask } = changing()
    const upTo = ask(null).told?.upTo ?? 0
    for (const change of [person('ana'), person('bia'), person('ana', true)]) changes.note(change)
    const { told } = ask(upTo)
    expect(told).toMatchObject({ isForgotten: false, changes: [person('bia'), person('ana', true)] })
    expect(ask(told?.upTo ?? 0, 0).told).toMatchObject({ changes: [] })
  })

  it('is waited for, and what changes in one moment comes in one answer', () => {
    const { changes, later, ask } = changing()
    const waiting = ask(ask(null).told?.upTo ?? 0)
    changes.note(person('ana'))
    changes.note(person('bia'))
    expect(waiting.told).toBeNull()
    later.run()
    expect(waiting.told?.changes).toEqual([person('ana'), person('bia')])
  })

  it('is nothing when the time is over, and nobody waits longer than a few others', () => {
    const { clock, changes, ask } = changing()
    const upTo = ask(null).told?.upTo ?? 0
    const waiting = Array.from({ length: changeLimits.waitingMax + 1 }, () => ask(upTo))
    expect(waiting[0]?.told).toMatchObject({ changes: [] })
    expect(waiting[1]?.told).toBeNull()
    clock.advanceTo(1_000)
    expect(waiting.every(({ told }) => told?.changes.length === 0)).toBe(true)
    expect(changes.isAwaited).toBe(false)
  })

  it('has to be asked for anew when it is too much, or of another life', () => {
    const { changes, ask } = changing(2)
    const upTo = ask(null).told?.upTo ?? 0
    for (let index = 0; index <= changeLimits.keptMax; index += 1) changes.note(person(`p${index}`))
    expect(ask(upTo).told).toMatchObject({ isForgotten: true, changes: [] })
    expect(ask(1_500).told).toMatchObject({ isForgotten: true })
    expect(ask(9_999_999).told).toMatchObject({ isForgotten: true })
    const now = ask(null).told?.upTo ?? 0
    changes.forget()
    expect(ask(now).told).toMatchObject({ isForgotten: true })
  })

  it('is kept within its size, however few things that are', () => {
    const { changes, ask } = changing()
    const upTo = ask(null).told?.upTo ?? 0
    const long = 'x'.repeat(changeLimits.keptCharsMax / 4)
    for (let index = 0; index < 6; index += 1) changes.note(person(`${index}${long}`))
    expect(ask(upTo).told).toMatchObject({ isForgotten: true })
    for (let index = 0; index < 6; index += 1) changes.note(person(`${index}`, true))
    expect(ask(ask(null).told?.upTo ?? 0, 0).told?.isForgotten).toBe(false)
  })

  it('comes in pages', () => {
    const { changes, ask } = changing()
    let upTo = ask(null).told?.upTo ?? 0
    for (let index = 0; index < changeLimits.perAnswerMax + 5; index += 1) changes.note(person(`p${index}`))
    const first = ask(upTo).told
    upTo = first?.upTo ?? 0
    expect(first?.changes).toHaveLength(changeLimits.perAnswerMax)
    expect(ask(upTo).told?.changes).toHaveLength(5)
  })
})

describe('a gap', () => {
  const [one, two] = [nodeId('chat-1'), nodeId('chat-2')]

  const [first, second] = [
    { node: one, term: 1 },
    { node: two, term: 2 },
  ]
  const learn = (gaps: Gaps, servedBy: { node: NodeId; term: number }, settles = gaps.settles) =>
    gaps.learnt({ servedBy, settles, wallMs: 5_000 })

  it('is a wait after which another one leads', () => {
    const gaps = new Gaps()
    learn(gaps, first)
    gaps.waited({ fromWallMs: 10, ms: 500 })
    gaps.waited({ fromWallMs: 20, ms: 900.4 })
    expect(learn(gaps, first)).toBe(false)
    gaps.acted()
    expect(learn(gaps, second)).toBe(true)
    expect(gaps.gaps).toEqual([{ fromWallMs: 20, ms: 900, leader: two }])
    expect(gaps.isOpen).toBe(false)
  })

  it('is none while the same one leads', () => {
    const gaps = new Gaps()
    learn(gaps, first)
    gaps.waited({ fromWallMs: 10, ms: 500 })
    gaps.acted()
    expect(gaps.isReady).toBe(true)
    learn(gaps, first)
    expect([gaps.isReady, gaps.isOpen, gaps.gaps]).toEqual([false, false, []])
  })

  it('is noted without a time when another one leads and nobody had to wait', () => {
    const gaps = new Gaps()
    learn(gaps, first)
    gaps.waited({ fromWallMs: 10, ms: 20 })
    learn(gaps, second)
    expect(gaps.gaps).toEqual([{ fromWallMs: 5_000, ms: null, leader: two }])
  })

  it('is not forgotten by the answer to a question that was open meanwhile', () => {
    const gaps = new Gaps()
    learn(gaps, first)
    gaps.acted()
    const { settles } = gaps
    gaps.waited({ fromWallMs: 10, ms: 500 })
    // By the new leader, who had put nothing into the log yet; and once more, when it has meanwhile.
    learn(gaps, first, settles)
    gaps.acted()
    learn(gaps, first, settles)
    learn(gaps, second)
    expect(gaps.gaps).toEqual([{ fromWallMs: 10, ms: 500, leader: two }])
  })

  it('is noted once, also when the old leader believes for a moment that it leads still', () => {
    const gaps = new Gaps()
    for (const servedBy of [first, second, first, second]) learn(gaps, servedBy)
    expect(gaps.gaps).toHaveLength(1)
    expect(gaps.leader).toEqual(second)
  })
})

describe('people', () => {
  it('are here for a while after they were heard of, and are news once', () => {
    const clock = new VirtualClock(0, 0)
    const people = new People(clock)
    const heard = (user: string) => people.hear(encodePassing({ user, atMs: 1 }))
    const ana = { name: 'ana', isBot: false, password: null }
    expect([heard('ana'), heard('ana'), people.hear(new Uint8Array([9]))]).toEqual(['ana', null, null])
    clock.advanceTo(passingLimits.presenceMs / 2)
    expect([heard('bia'), people.leave()]).toEqual(['bia', []])
    expect(people.row(ana)).toMatchObject({ isHere: true, isProtected: false })
    clock.advanceTo(passingLimits.presenceMs)
    expect(people.leave()).toEqual(['ana'])
    expect(people.row(ana).isHere).toBe(false)
    expect(heard('ana')).toBe('ana')
  })

  it('are asked for once', () => {
    const people = new People(new VirtualClock(0, 0))
    const asked: string[] = []
    const row = { name: 'ana', isBot: true, password: '', validFromMs: 0, lastLogInMs: null }
    const link: Pick<SessionLink, 'query'> = {
      query: (query, done) => {
        asked.push(query.kind)
        done(ok({ user: asked.length > 1 ? row : null }) as never) // the answer to the one query that is asked
      },
    }
    const found: (string | null)[] = []
    for (let turn = 0; turn < 4; turn += 1) people.find('ana', link, (person) => found.push(person?.name ?? null))
    expect([found, asked]).toEqual([
      [null, 'ana', 'ana', 'ana'],
      ['user', 'user'],
    ])
  })
})

describe('how far somebody has read', () => {
  it('is told now and then, the furthest of each conversation, and again when nobody took it', () => {
    const clock = new VirtualClock(0, 0)
    const told: (readonly ReadPosition[])[] = []
    let isAnswered = false
    const reads = new Reads(
      {
        act: (what, _, done) => {
          if (what.kind === 'read') told.push(what.upTo)
          done(isAnswered ? ok({ kind: 'done', event: null, fence: null }) : fail('timed-out', 'nobody'))
        },
      },
      clock,
    )
    for (const number of [1, 5, 3]) reads.note({ conversation: 'c:x', number })
    reads.note({ conversation: 'c:y', number: 2 })
    reads.tick()
    expect(told).toEqual([])
    const all = [
      { conversation: 'c:x', number: 5 },
      { conversation: 'c:y', number: 2 },
    ]
    for (let turn = 1; turn <= 4; turn += 1) {
      isAnswered = turn === 2
      clock.advanceTo(turn * readLimits.everyMs)
      reads.tick()
    }
    expect(told).toEqual([all, all])
  })
})

describe('a search', () => {
  it('is words, and what they are looked for among', () => {
    expect(readSearch('bolo from:@ana de  in:#doces milho before:2026-03-01', null)).toEqual({
      ...{ words: 'bolo de milho', from: 'ana', in: 'doces', beforeMs: Date.UTC(2026, 2, 1) },
    })
    expect(readSearch('FROM:bia before:2024-02-29', null)).toMatchObject({
      from: 'bia',
      beforeMs: Date.UTC(2024, 1, 29),
    })
    expect(readSearch('before:1969-12-31', null).beforeMs).toBe(Date.UTC(1969, 11, 31))
  })

  it('takes names with a blank in them in quotes, as the window does', () => {
    expect(readSearch('from:"ana maria" bolo "de milho" in:"#sala um" before:"2026-03-01"', null)).toEqual({
      ...{ words: 'bolo de milho', from: 'ana maria', in: 'sala um', beforeMs: Date.UTC(2026, 2, 1) },
    })
    expect(readSearch('in:"sala', null)).toMatchObject({ words: '', in: 'sala' })
    expect(readSearch('from:"" bolo', null)).toMatchObject({ words: 'from: bolo', from: null })
  })

  it('takes what it does not understand for words', () => {
    expect(readSearch('before:amanhã from: in:', null)).toEqual({
      ...{ words: 'before:amanhã from: in:', from: null, in: null, beforeMs: null },
    })
    for (const day of ['2026-13-01', '2026-02-29', '2026-04-31', '2026-12-32']) {
      expect(readSearch(`before:${day}`, 7).words).toBe(`before:${day}`)
    }
    expect(readSearch('before:2026-12-31', null).beforeMs).toBe(Date.UTC(2026, 11, 31))
  })

  it('goes by the calendar of whoever asks', () => {
    expect(readSearch('before:2026-03-01', Date.UTC(2026, 2, 1, 3)).beforeMs).toBe(Date.UTC(2026, 2, 1, 3))
    expect(readSearch('bolo', Date.UTC(2026, 2, 1, 3)).beforeMs).toBe(null)
  })
})
