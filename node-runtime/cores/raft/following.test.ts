import { describe, expect, it } from 'vitest'
import { committedLimits } from './committed.ts'
import type { RaftCore } from './core.ts'
import { encodeMembership, founded } from './membership.ts'
import {
  answers,
  append,
  beat,
  coreOf,
  entriesFrom,
  entry,
  n1,
  n2,
  n3,
  nowhere,
  say,
  words,
} from './testing/one-core.ts'

const kept = (output: ReturnType<RaftCore['step']>) => output.persist?.entries.map(({ index, term }) => [index, term])

describe('what a follower takes in', () => {
  it('RP2 takes in what follows the entry that it has, and says how far it is', () => {
    const core = coreOf({ terms: [1, 2] })
    const output = say(core, n2, append(2, { index: 2, term: 2 }, entriesFrom(3, [2, 2])))
    expect(kept(output)).toEqual([
      [3, 2],
      [4, 2],
    ])
    expect(answers(output)).toEqual([{ kind: 'append-answer', term: 2, matchIndex: 4 }])
    expect(core.view).toMatchObject({ leader: n2, last: { index: 4, term: 2 } })
  })

  it('RP2 acknowledges an append without entries as far as the entry before it', () => {
    const output = say(coreOf({ terms: [1, 1, 1] }), n2, append(1, { index: 2, term: 1 }, []))
    expect(answers(output)).toEqual([{ kind: 'append-answer', term: 1, matchIndex: 2 }])
    expect(output.persist).toBeNull()
  })

  it('RP2 cuts what conflicts and everything behind it, and says so', () => {
    const core = coreOf({ terms: [1, 1, 2, 2, 2] })
    const output = say(core, n2, append(3, { index: 2, term: 1 }, entriesFrom(3, [3])))
    expect(kept(output)).toEqual([[3, 3]])
    expect(core.view.last).toEqual({ index: 3, term: 3 })
    expect(output.notes).toMatchObject([{ kind: 'log-cut', from: 3, upTo: 5 }])
    expect(answers(output)).toMatchObject([{ matchIndex: 3 }])
  })

  it('RP2 a late or doubled append takes nothing away', () => {
    const core = coreOf({ terms: [1, 1, 1, 1] })
    for (const [from, count] of [
      [1, 2],
      [2, 1],
      [1, 4],
    ] as const) {
      const previous = { index: from - 1, term: from === 1 ? 0 : 1 }
      const output = say(core, n2, append(1, previous, entriesFrom(from, new Array<number>(count).fill(1))))
      expect(output.persist).toBeNull()
      expect(answers(output)).toMatchObject([{ matchIndex: from + count - 1 }])
    }
    expect(core.view.last).toEqual({ index: 4, term: 1 })
  })

  it.each([
    ['shorter', [1, 1], { index: 9, term: 4 }, { index: 2, term: 1 }],
    ['of a later term there', [1, 1, 3, 3], { index: 4, term: 2 }, { index: 2, term: 1 }],
    ['of an earlier term there', [1, 1, 1, 1], { index: 4, term: 3 }, { index: 4, term: 1 }],
    ['in nothing alike', [5, 5], { index: 2, term: 4 }, nowhere],
  ])('RP4 refuses when its log is %s, and names the last place that may agree', (_, terms, previous, hint) => {
    const core = coreOf({ terms })
    const output = say(core, n2, append(6, previous, entriesFrom(previous.index + 1, [6])))
    expect(answers(output)).toEqual([{ kind: 'append-refusal', term: 6, previousIndex: previous.index, hint }])
    expect(output.persist?.entries ?? []).toEqual([])
    expect(core.view.last.index).toBe(terms.length)
  })
})

describe('what a follower holds for committed', () => {
  it('RP7 believes an append no further than what came with it', () => {
    const core = coreOf({ terms: [1, 1, 1] })
    const output = say(core, n2, append(2, { index: 1, term: 1 }, entriesFrom(2, [1]), 3))
    expect(core.view.commitIndex).toBe(2)
    expect(output.committed.map(({ index }) => index)).toEqual([1, 2])
  })

  it.each([
    ['a heartbeat', (commit: number) => beat(2, commit)],
    ['a word of its own', (commit: number) => ({ kind: 'commit', term: 2, commit }) as const],
  ])('RP7 hears by %s what is committed, of a place with an entry of that leader', (_, told) => {
    const core = coreOf({ terms: [1, 1, 2] })
    say(core, n2, told(2))
    say(core, n2, told(4))
    expect(core.view.commitIndex).toBe(0)
    say(core, n2, told(3))
    expect(core.view.commitIndex).toBe(3)
  })

  it('MB6 RP7 what an earlier life of the disk had acknowledged commits nothing that another leader left here', () => {
    const core = coreOf({ config: { incarnation: 2 }, members: [] })
    say(core, n3, append(3, nowhere, entriesFrom(1, [1, 3, 3])))
    say(core, n2, beat(4, 3))
    expect(core.view).toMatchObject({ leader: n2, commitIndex: 0 })
  })

  it('RP9 acknowledges what is committed without comparing it, as far as it is committed', () => {
    const core = coreOf({ base: { end: { index: 5, term: 2 } } })
    const output = say(core, n2, append(3, { index: 1, term: 1 }, entriesFrom(2, [1, 1])))
    expect(answers(output)).toEqual([{ kind: 'append-answer', term: 3, matchIndex: 5 }])
    expect(output.anomaly).toBeNull()
  })

  it('RP9 compares nothing up to the very last that is committed', () => {
    const core = coreOf({ terms: [1, 1, 1], appliedIndex: 3 })
    const output = say(core, n2, append(3, { index: 1, term: 2 }, entriesFrom(2, [2, 2])))
    expect([answers(output), output.anomaly]).toEqual([[{ kind: 'append-answer', term: 3, matchIndex: 3 }], null])
  })

  it('RP2 compares the base of its log like any other place', () => {
    const core = coreOf({ base: { end: { index: 5, term: 2 } } })
    const output = say(core, n2, append(3, { index: 5, term: 1 }, entriesFrom(6, [3])))
    expect(answers(output)).toMatchObject([{ kind: 'append-refusal', previousIndex: 5 }])
  })

  it('RP9 takes in what stands behind the base of an append that begins before it', () => {
    const core = coreOf({ base: { end: { index: 5, term: 2 } } })
    const output = say(core, n2, append(3, { index: 3, term: 1 }, entriesFrom(4, [1, 2, 3])))
    expect(kept(output)).toEqual([[6, 3]])
    expect(answers(output)).toMatchObject([{ kind: 'append-answer', matchIndex: 6 }])
  })

  it.each([
    [
      'in the log',
      coreOf({ terms: [1, 1, 1], appliedIndex: 2 }),
      append(2, { index: 1, term: 1 }, entriesFrom(2, [2, 2])),
    ],
    [
      'at the base',
      coreOf({ base: { end: { index: 5, term: 2 } } }),
      append(3, { index: 3, term: 1 }, entriesFrom(4, [1, 1, 1])),
    ],
  ])('RP9 reports a leader that would replace what is committed %s, and keeps it', (_, core, append) => {
    const { last } = core.view
    const output = say(core, n2, append)
    expect(output.anomaly).toContain('is committed')
    expect(output.persist?.entries ?? []).toEqual([])
    expect([output.messages, core.view.last]).toEqual([[], last])
  })

  it('RP10 hands over each committed entry once, in order', () => {
    const core = coreOf({ terms: [1, 1, 1] })
    const handed = [1, 2, 2, 3, 1].map((index) =>
      say(core, n2, append(1, { index, term: 1 }, [], index)).committed.map((committed) => committed.index),
    )
    expect(handed).toEqual([[1], [2], [], [3], []])
  })

  it('RP10 begins after a restart behind what the state on disk contains', () => {
    const core = coreOf({ terms: [1, 1, 1, 1], appliedIndex: 2 })
    const output = say(core, n2, append(1, { index: 4, term: 1 }, [], 4))
    expect(output.committed.map(({ index }) => index)).toEqual([3, 4])
  })

  it('RP10 hands over only so much at once, and the rest in the next steps', () => {
    const count = committedLimits.entriesMax + 3
    const core = coreOf()
    const first = say(core, n2, append(1, nowhere, entriesFrom(1, new Array<number>(count).fill(1)), count))
    expect([first.committed.length, first.hasMore]).toEqual([committedLimits.entriesMax, true])
    const rest = core.step([])
    expect(rest.committed.map(({ index }) => index)).toEqual([count - 2, count - 1, count])
    expect(rest.hasMore).toBe(false)
  })
})

describe('what no right leader sends', () => {
  const broken = entry({ index: 2, term: 1, kind: 'members', payload: Uint8Array.of(9) })

  it.each([
    ['a gap', [entry({ index: 2, term: 1 }), entry({ index: 4, term: 1 })]],
    ['a gap at the beginning', entriesFrom(3, [1])],
    ['a term that goes back', entriesFrom(2, [2, 1])],
    ['a term that is still to come', entriesFrom(2, [4])],
    ['a membership that is none', [broken]],
  ])('EL17 entries with %s are reported, and nothing is kept of them', (_, entries) => {
    const core = coreOf({ terms: [1], hard: { term: 3, votedFor: null } })
    const output = say(core, n2, append(3, { index: 1, term: 1 }, entries))
    expect(output).toMatchObject({ persist: null, messages: [], anomaly: expect.stringContaining('n2 sends entries') })
  })

  it('EL17 a place before the entries that is still to come is reported', () => {
    expect(say(coreOf(), n2, append(3, { index: 7, term: 9 }, [])).anomaly).not.toBeNull()
  })
})

describe('compaction', () => {
  it('SN7 forgets no more than was handed over before this step', () => {
    const core = coreOf({ terms: [1, 1, 1, 1], appliedIndex: 1 })
    const output = core.step([words(n2, append(1, { index: 4, term: 1 }, [], 3)), { kind: 'compact', upTo: 4 }])
    expect(output.persist?.base?.end).toEqual({ index: 1, term: 1 })
    const next = core.step([{ kind: 'compact', upTo: 4 }])
    expect(next.persist?.base?.end).toEqual({ index: 3, term: 1 })
    expect(core.view).toMatchObject({ base: { index: 3, term: 1 }, last: { index: 4, term: 1 } })
  })

  it('SN7 keeps who was a member then, and a time that later entries do not go below', () => {
    const payload = encodeMembership(founded([n1, n2]))
    const core = coreOf()
    const entries = [
      entry({ index: 1, term: 1, atMs: 50, lamport: 5 }),
      entry({ index: 2, term: 1, atMs: 60, lamport: 6 }),
      entry({ index: 3, term: 1, atMs: 70, lamport: 7, kind: 'members', payload }),
    ]
    say(core, n2, append(1, nowhere, entries, 3))
    const { persist } = core.step([{ kind: 'compact', upTo: 2 }])
    expect(persist?.base).toEqual({
      end: { index: 2, term: 1 },
      membership: founded([n1, n2, n3]),
      atMs: 70,
      lamport: 7,
    })
    expect(core.step([{ kind: 'compact', upTo: 3 }]).persist?.base?.membership).toEqual(founded([n1, n2]))
  })

  it.each([
    ['what is gone already', { kind: 'compact', upTo: 2 } as const, []],
    ['anything while the disk refuses', { kind: 'compact', upTo: 3 } as const, [{ kind: 'cannot-write' } as const]],
  ])('SN7 EL15 does not forget %s', (_, compact, before) => {
    const core = coreOf({ base: { end: { index: 2, term: 1 } }, terms: [1], appliedIndex: 3 })
    core.step(before)
    expect(core.step([compact]).persist).toBeNull()
  })
})
