import { describe, expect, it } from 'vitest'
import { founded } from './membership.ts'
import {
  append,
  beat,
  coreOf,
  elected,
  entriesFrom,
  leader,
  n1,
  n2,
  n3,
  nowhere,
  patient,
  propose,
  restored,
  say,
  tick,
  words,
  wordsOf,
} from './testing/one-core.ts'

describe('steps', () => {
  it('ST1 gives back one and the same value for steps in which nothing happens', () => {
    const core = restored(null)
    expect(core.step([tick])).toBe(core.step([tick]))
    expect(core.step([])).toBe(core.step([tick]))
  })

  it('ST1 all that waits is one transaction and one append to each peer', () => {
    const core = leader()
    for (const peer of [n2, n3]) say(core, peer, { kind: 'append-answer', term: 1, matchIndex: 1 })
    const output = core.step([propose(1), propose(2), propose(3)])
    expect(output.hasMore).toBe(false)
    expect(output.persist?.entries.map(({ index }) => index)).toEqual([2, 3, 4])
    for (const peer of [n2, n3]) {
      const appends = wordsOf(output, 'append', peer)
      expect(appends.map(({ entries }) => entries.length)).toEqual([3])
    }
    expect(output.accepted.map(({ ref, end }) => [ref, end.index])).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
    ])
  })

  it('ST1 a leader keeps an entry in the output that sends it', () => {
    const { output } = elected()
    expect(output.persist?.entries).toEqual(wordsOf(output, 'append', n2)[0]?.entries)
  })

  it('ST1 a follower keeps what it acknowledges in the same output', () => {
    const output = say(patient({ term: 1, votedFor: null }), n2, append(1, nowhere, entriesFrom(1, [1, 1])))
    expect(output.persist?.entries.map(({ index }) => index)).toEqual([1, 2])
    expect(wordsOf(output, 'append-answer')).toMatchObject([{ matchIndex: 2 }])
  })

  it('ST1 of one step, what is kept is what is left at its end, and each input has had its answer', () => {
    const core = patient({ term: 1, votedFor: null })
    const output = core.step([
      words(n2, append(1, nowhere, entriesFrom(1, [1, 1, 1]))),
      words(n3, append(2, { index: 1, term: 1 }, entriesFrom(2, [2]))),
    ])
    expect(output.persist?.entries.map(({ index, term }) => [index, term])).toEqual([
      [1, 1],
      [2, 2],
    ])
    expect(output.persist?.hard).toEqual({ term: 2, votedFor: null })
    expect(output.messages.map(({ to, message }) => [to, message.kind])).toEqual([
      [n2, 'append-answer'],
      [n3, 'append-answer'],
    ])
  })

  it('ST1 what a deposed leader accepted in the step of its fall is kept, sent to nobody, and may still be undone', () => {
    const core = leader()
    const output = core.step([propose(1), words(n2, beat(2))])
    expect(output.accepted).toMatchObject([{ ref: 1, end: { index: 2, term: 1 } }])
    expect(output.persist?.entries.map(({ index }) => index)).toEqual([2])
    expect(wordsOf(output, 'append')).toEqual([])
  })

  it('ST3 entries of its own leave a leader before they are on its disk, and nothing else does', () => {
    const core = leader()
    expect(core.step([propose(1)])).toMatchObject({ goesAhead: true, persist: { hard: null } })
    expect(core.step([words(n2, beat(2))])).toMatchObject({ goesAhead: false, persist: { hard: { term: 2 } } })
    const { output: won } = elected()
    expect(won.goesAhead).toBe(false) // it tells of a decision
    const taken = say(patient({ term: 1, votedFor: null }), n2, append(1, nowhere, entriesFrom(1, [1])))
    expect(taken).toMatchObject({ goesAhead: false, persist: { hard: null } })
  })

  it('ST3 who is a majority alone keeps what it commits before it speaks of it', () => {
    const alone = coreOf({ members: founded([n1]) })
    for (let waited = 0; alone.view.role !== 'leader'; waited += 1) {
      expect(waited).toBeLessThan(100)
      alone.step([tick])
    }
    const output = alone.step([propose(1)])
    expect(output.committed.map(({ index }) => index)).toEqual([2])
    expect(output).toMatchObject({ goesAhead: false, persist: { entries: [{ index: 2 }] } })
  })

  it('ST2 what a lost output contained was never known: a new core on the old disk gives another vote', () => {
    const hard = { term: 1, votedFor: null }
    const plea = { kind: 'vote-request', term: 2, last: nowhere, isHandOver: false } as const
    expect(say(patient(hard), n2, plea).persist?.hard?.votedFor).toBe(n2)
    const anew = coreOf({ hard })
    expect(anew.step([{ kind: 'cannot-write' }])).toMatchObject({ persist: null, messages: [] })
    expect(say(anew, n2, plea).messages).toEqual([])
    anew.step([{ kind: 'can-write' }])
    for (let waited = 0; waited < 10; waited += 1) anew.step([tick])
    expect(say(anew, n3, plea).persist?.hard?.votedFor).toBe(n3)
  })
})
