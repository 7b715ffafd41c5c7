import { describe, expect, it } from 'vitest'
import { founded } from './membership.ts'
import { timing } from './testing/group.ts'
import {
  answers,
  beat,
  candidate,
  coreOf,
  leader,
  n1,
  n2,
  n3,
  nowhere,
  patient,
  restored,
  say,
  tick,
  ticks,
  untilRole,
  wordsOf,
} from './testing/one-core.ts'

const { electionTicksMin, electionTicksSpread } = timing
const wouldYou = (term: number) => ({ kind: 'pre-vote-request', term, last: nowhere }) as const
const yes = (term: number, voterTerm: number) => ({ kind: 'pre-vote', term, isGranted: true, voterTerm }) as const

describe('standing', () => {
  it('EL4 asks before it raises its term, tells how far its log goes, and keeps nothing for it', () => {
    const core = coreOf({ terms: [1, 3], hard: { term: 3, votedFor: n2 } })
    const output = untilRole(core, 'pre-candidate')
    expect(output.persist).toBeNull()
    expect(output.messages.map(({ to }) => to)).toEqual([n2, n3])
    for (const asked of answers(output))
      expect(asked).toEqual({ kind: 'pre-vote-request', term: 4, last: { index: 2, term: 3 } })
    expect(core.view).toMatchObject({ term: 3, votedFor: n2 })
  })

  it('EL4 answers with the asked term and its own, to as many rivals as ask', () => {
    const core = patient({ term: 3, votedFor: null })
    expect(answers(say(core, n2, wouldYou(4)))).toEqual([yes(4, 3)])
    expect(answers(say(core, n3, wouldYou(4)))).toEqual([yes(4, 3)])
    expect(answers(say(core, n3, wouldYou(3)))).toEqual([{ ...yes(3, 3), isGranted: false }])
  })

  it('EL4 learns from a refusal how far the group is', () => {
    const core = restored({ term: 3, votedFor: null })
    untilRole(core, 'pre-candidate')
    say(core, n2, { ...yes(4, 8), isGranted: false })
    expect(core.view).toMatchObject({ role: 'follower', term: 8 })
  })

  it('EL4 counts no pre-vote of another round', () => {
    const core = restored({ term: 3, votedFor: null })
    untilRole(core, 'pre-candidate')
    say(core, n2, yes(3, 2))
    say(core, n2, yes(5, 2))
    expect(core.view.role).toBe('pre-candidate')
  })

  it('EL4 forgets the leader who has fallen silent, and says how long it had been', () => {
    const core = restored({ term: 3, votedFor: null })
    say(core, n2, beat(3))
    const waited = core.view.electionTicksOf
    const output = untilRole(core, 'pre-candidate')
    expect(core.view.leader).toBeNull()
    expect(output.notes).toMatchObject([{ kind: 'timer' }, { leader: n2, silentTicks: waited }])
  })

  it('EL5 becomes a candidate with its own vote kept in the output that asks', () => {
    const core = restored({ term: 3, votedFor: n2 })
    untilRole(core, 'pre-candidate')
    const output = say(core, n3, yes(4, 1))
    expect(output.persist?.hard).toEqual({ term: 4, votedFor: n1 })
    const plea = { kind: 'vote-request', term: 4, last: nowhere, isHandOver: false }
    expect(answers(output)).toEqual([plea, plea])
  })

  it('EL6 who hears a leader gives nothing, and is not moved to the term of who asks', () => {
    const core = patient({ term: 1, votedFor: null })
    say(core, n2, beat(1))
    ticks(core, electionTicksMin - 1)
    expect(answers(say(core, n3, wouldYou(2)))).toMatchObject([{ isGranted: false }])
    const plea = { kind: 'vote-request', term: 7, last: nowhere, isHandOver: false } as const
    expect(say(core, n3, plea)).toMatchObject({ persist: null, messages: [] })
    expect(answers(say(core, n3, { ...plea, term: 1 }))).toMatchObject([{ isGranted: false }])
    expect(core.view.term).toBe(1)
    core.step([tick])
    expect(answers(say(core, n3, wouldYou(2)))).toMatchObject([{ isGranted: true }])
  })

  it('EL6 a leader is led by itself', () => {
    const core = leader()
    const last = { index: 9, term: 1 }
    expect(answers(say(core, n3, { ...wouldYou(2), last }))).toMatchObject([{ isGranted: false }])
    expect(say(core, n3, { kind: 'vote-request', term: 7, last, isHandOver: false }).messages).toEqual([])
    expect(core.view).toMatchObject({ role: 'leader', term: 1 })
  })

  it('EL8 draws each wait anew, from the whole span and nothing beside it', () => {
    const core = restored(null)
    const drawn = new Set<number>()
    for (let rounds = 0; rounds < 300; rounds += 1) {
      drawn.add(core.view.electionTicksOf!)
      ticks(core, core.view.electionTicksLeft!)
    }
    const span = Array.from({ length: electionTicksSpread }, (_, index) => electionTicksMin + index)
    expect([...drawn].sort((left, right) => left - right)).toEqual(span)
  })

  it('EL8 waits from the beginning after each change of role', () => {
    const core = restored(null)
    untilRole(core, 'pre-candidate')
    const isFresh = () => core.view.electionTicksLeft === core.view.electionTicksOf
    ticks(core, 5)
    say(core, n2, yes(1, 0))
    expect([core.view.role, isFresh()]).toEqual(['candidate', true])
    ticks(core, 5)
    for (const voter of [n2, n3]) say(core, voter, { kind: 'vote', term: 1, isGranted: false })
    expect([core.view.role, isFresh()]).toEqual(['follower', true])
  })

  it('EL8 a candidate that waited in vain asks for pre-votes again', () => {
    const output = untilRole(candidate(), 'pre-candidate')
    expect(answers(output)[0]).toEqual(wouldYou(2))
  })

  it('EL12 who is alone leads at its first tick, with its vote and its first entry kept', () => {
    const core = restored(null, [n1])
    const output = core.step([tick])
    expect(output).toMatchObject({ persist: { hard: { term: 1, votedFor: n1 } }, messages: [] })
    expect(output.persist?.entries).toMatchObject([{ index: 1, term: 1, kind: 'no-op' }])
    expect(core.view).toMatchObject({ role: 'leader', answering: 1, commitIndex: 1 })
    ticks(core, 100)
    expect(core.view.role).toBe('leader')
  })

  it.each([
    ['is a learner', founded([n1, n2, n3]).map((member) => ({ ...member, isVoter: member.node !== n1 })), {}],
    ['is no member', founded([n2, n3]), {}],
    ['is a member in an earlier life', founded([n1, n2, n3]), { incarnation: 7 }],
  ])('EL12 MB6 who %s never stands', (_, members, config) => {
    const core = coreOf({ members, config })
    for (const output of ticks(core, 100)) expect(wordsOf(output, 'pre-vote-request')).toEqual([])
    expect(core.view).toMatchObject({ role: 'follower', electionTicksLeft: null })
  })
})
