import { describe, expect, it } from 'vitest'
import { timing } from './testing/group.ts'
import { answers, leader, n1, n2, n3, patient, restored, say, tick, ticks, untilRole } from './testing/one-core.ts'

const { electionTicksMin, electionTicksSpread } = timing

describe('terms and votes', () => {
  it('EL2 a newer term ends every role, and the vote of the old term with it', () => {
    const core = leader()
    const output = say(core, n2, { kind: 'heartbeat-answer', term: 5 })
    expect(output.persist).toEqual({ term: 5, votedFor: null })
    expect(core.view).toMatchObject({ role: 'follower', term: 5, leader: null, votedFor: null })
    expect(output.notes).toMatchObject([{ kind: 'role-changed', from: 'leader', why: 'saw-newer-term' }])
  })

  it('EL2 what is only asked for is nobody’s own term', () => {
    const core = patient({ term: 1, votedFor: null })
    say(core, n2, { kind: 'pre-vote-request', term: 9 })
    expect(core.view.term).toBe(1)
  })

  it('EL3 grants one vote in a term, in the same output that keeps it', () => {
    const core = patient({ term: 1, votedFor: null })
    const first = say(core, n2, { kind: 'vote-request', term: 2 })
    expect(first.persist).toEqual({ term: 2, votedFor: n2 })
    expect(answers(first)).toEqual([{ kind: 'vote', term: 2, isGranted: true }])
    const rival = say(core, n3, { kind: 'vote-request', term: 2 })
    expect(rival.persist).toBeNull()
    expect(answers(rival)).toEqual([{ kind: 'vote', term: 2, isGranted: false }])
  })

  it('EL3 says the same vote again, and writes nothing for it', () => {
    const core = patient({ term: 2, votedFor: n2 })
    const again = say(core, n2, { kind: 'vote-request', term: 2 })
    expect(again.persist).toBeNull()
    expect(answers(again)).toEqual([{ kind: 'vote', term: 2, isGranted: true }])
  })

  it('EL3 keeps its vote across a restart', () => {
    const core = patient({ term: 2, votedFor: n2 })
    expect(answers(say(core, n3, { kind: 'vote-request', term: 2 }))).toEqual([
      { kind: 'vote', term: 2, isGranted: false },
    ])
  })

  it('EL3 refuses a vote in an older term, and tells its own', () => {
    const core = patient({ term: 4, votedFor: null })
    expect(answers(say(core, n2, { kind: 'vote-request', term: 3 }))).toEqual([
      { kind: 'vote', term: 4, isGranted: false },
    ])
  })

  it('EL9 giving a vote restarts the wait, giving a pre-vote does not', () => {
    const core = patient({ term: 1, votedFor: null })
    const left = core.view.electionTicksLeft
    say(core, n2, { kind: 'pre-vote-request', term: 2 })
    expect(core.view.electionTicksLeft).toBe(left)
    say(core, n2, { kind: 'vote-request', term: 2 })
    expect(core.view.electionTicksLeft).toBe(core.view.electionTicksOf)
  })

  it('EL10 counts no vote of another term', () => {
    const core = restored({ term: 3, votedFor: null })
    untilRole(core, 'pre-candidate')
    say(core, n2, { kind: 'pre-vote', term: 4, isGranted: true, voterTerm: 3 })
    expect(core.view.role).toBe('candidate')
    say(core, n2, { kind: 'vote', term: 3, isGranted: true })
    expect(core.view.role).toBe('candidate')
    say(core, n2, { kind: 'vote', term: 4, isGranted: true })
    expect(core.view.role).toBe('leader')
  })

  it('EL10 a majority of refusals ends a candidacy before its time', () => {
    const core = restored(null)
    untilRole(core, 'pre-candidate')
    say(core, n2, { kind: 'pre-vote', term: 1, isGranted: true, voterTerm: 0 })
    say(core, n2, { kind: 'vote', term: 1, isGranted: false })
    say(core, n2, { kind: 'vote', term: 1, isGranted: false })
    expect(core.view.role).toBe('candidate')
    const lost = say(core, n3, { kind: 'vote', term: 1, isGranted: false })
    expect(core.view.role).toBe('follower')
    expect(lost.notes).toMatchObject([{ why: 'lost-majority' }])
  })
})

describe('standing', () => {
  it('EL4 asks before it raises its term, and keeps nothing for it', () => {
    const core = restored({ term: 3, votedFor: n2 })
    const output = untilRole(core, 'pre-candidate')
    expect(output.persist).toBeNull()
    expect(output.messages).toEqual([
      { to: n2, message: { kind: 'pre-vote-request', term: 4 } },
      { to: n3, message: { kind: 'pre-vote-request', term: 4 } },
    ])
    expect(core.view).toMatchObject({ term: 3, votedFor: n2 })
  })

  it('EL4 answers with the asked term and its own, to as many rivals as ask', () => {
    const core = patient({ term: 3, votedFor: null })
    const yes = { kind: 'pre-vote', term: 4, isGranted: true, voterTerm: 3 }
    expect(answers(say(core, n2, { kind: 'pre-vote-request', term: 4 }))).toEqual([yes])
    expect(answers(say(core, n3, { kind: 'pre-vote-request', term: 4 }))).toEqual([yes])
    expect(answers(say(core, n3, { kind: 'pre-vote-request', term: 3 }))).toEqual([
      { kind: 'pre-vote', term: 3, isGranted: false, voterTerm: 3 },
    ])
  })

  it('EL4 learns from a refusal how far the group is', () => {
    const core = restored({ term: 3, votedFor: null })
    untilRole(core, 'pre-candidate')
    say(core, n2, { kind: 'pre-vote', term: 4, isGranted: false, voterTerm: 8 })
    expect(core.view).toMatchObject({ role: 'follower', term: 8 })
  })

  it('EL4 counts no pre-vote of another round', () => {
    const core = restored({ term: 3, votedFor: null })
    untilRole(core, 'pre-candidate')
    say(core, n2, { kind: 'pre-vote', term: 3, isGranted: true, voterTerm: 2 })
    expect(core.view.role).toBe('pre-candidate')
  })

  it('EL5 becomes a candidate with its own vote kept in the output that asks', () => {
    const core = restored({ term: 3, votedFor: n2 })
    untilRole(core, 'pre-candidate')
    const output = say(core, n3, { kind: 'pre-vote', term: 4, isGranted: true, voterTerm: 1 })
    expect(output.persist).toEqual({ term: 4, votedFor: n1 })
    expect(answers(output)).toEqual([
      { kind: 'vote-request', term: 4 },
      { kind: 'vote-request', term: 4 },
    ])
  })

  it('EL6 who hears a leader gives nothing, and is not moved to the term of who asks', () => {
    const core = patient({ term: 1, votedFor: null })
    say(core, n2, { kind: 'heartbeat', term: 1 })
    ticks(core, electionTicksMin - 1)
    expect(answers(say(core, n3, { kind: 'pre-vote-request', term: 2 }))).toMatchObject([{ isGranted: false }])
    expect(say(core, n3, { kind: 'vote-request', term: 7 })).toMatchObject({ persist: null, messages: [] })
    expect(answers(say(core, n3, { kind: 'vote-request', term: 1 }))).toMatchObject([{ isGranted: false }])
    expect(core.view.term).toBe(1)
    core.step(tick)
    expect(answers(say(core, n3, { kind: 'pre-vote-request', term: 2 }))).toMatchObject([{ isGranted: true }])
  })

  it('EL6 a leader is led by itself', () => {
    const core = leader()
    expect(answers(say(core, n3, { kind: 'pre-vote-request', term: 2 }))).toMatchObject([{ isGranted: false }])
    expect(say(core, n3, { kind: 'vote-request', term: 7 })).toMatchObject({ persist: null, messages: [] })
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

  it('EL4 forgets the leader who has fallen silent, and says how long it had been', () => {
    const core = restored({ term: 3, votedFor: null })
    say(core, n2, { kind: 'heartbeat', term: 3 })
    const waited = core.view.electionTicksOf
    const output = untilRole(core, 'pre-candidate')
    expect(core.view.leader).toBeNull()
    expect(output.notes).toMatchObject([{ kind: 'timer' }, { leader: n2, silentTicks: waited }])
  })

  it('EL8 waits from the beginning after each change of role', () => {
    const core = restored(null)
    untilRole(core, 'pre-candidate')
    const isFresh = () => core.view.electionTicksLeft === core.view.electionTicksOf
    ticks(core, 5)
    say(core, n2, { kind: 'pre-vote', term: 1, isGranted: true, voterTerm: 0 })
    expect([core.view.role, isFresh()]).toEqual(['candidate', true])
    ticks(core, 5)
    for (const voter of [n2, n3]) say(core, voter, { kind: 'vote', term: 1, isGranted: false })
    expect([core.view.role, isFresh()]).toEqual(['follower', true])
  })

  it('EL8 a candidate that waited in vain asks for pre-votes again', () => {
    const core = restored(null)
    untilRole(core, 'pre-candidate')
    say(core, n2, { kind: 'pre-vote', term: 1, isGranted: true, voterTerm: 0 })
    const output = untilRole(core, 'pre-candidate')
    expect(answers(output)[0]).toEqual({ kind: 'pre-vote-request', term: 2 })
  })

  it('EL12 who is alone leads at its first tick, with its vote kept', () => {
    const core = restored(null, [n1])
    expect(core.step(tick)).toMatchObject({ persist: { term: 1, votedFor: n1 }, messages: [] })
    expect(core.view).toMatchObject({ role: 'leader', answering: 1 })
    ticks(core, 100)
    expect(core.view.role).toBe('leader')
  })
})
