import { describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import { nodeId } from '#kit/ids'
import { termMax } from './codec.ts'
import { timing } from './testing/group.ts'
import {
  acknowledge,
  answers,
  beat,
  beatAnswer,
  candidate,
  coreOf,
  elected,
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

const { electionTicksMin, electionTicksSpread, heartbeatTicks } = timing
const plea = (term: number) => ({ kind: 'vote-request', term, last: nowhere, isHandOver: false }) as const
const wouldYou = (term: number, last = nowhere as { readonly index: number; readonly term: number }) =>
  ({ kind: 'pre-vote-request', term, last }) as const

describe('leading and following', () => {
  it('EL13 a leader speaks to all at once, and then as often as it must', () => {
    const { core, output } = elected()
    expect(wordsOf(output, 'heartbeat', n2)).toHaveLength(1)
    expect(wordsOf(output, 'heartbeat', n3)).toHaveLength(1)
    const counts = ticks(core, 3 * heartbeatTicks).map((beaten) => wordsOf(beaten, 'heartbeat').length)
    expect(counts).toEqual([0, 2, 0, 2, 0, 2])
  })

  it('EL13 a heartbeat of the own term is followed and answered, and restarts the wait', () => {
    const core = patient({ terms: [1] })
    const output = say(core, n2, { ...beat(1), round: 6 })
    expect(answers(output, n2)).toEqual([{ kind: 'heartbeat-answer', term: 1, round: 6, lastIndex: 1 }])
    expect(core.view).toMatchObject({ leader: n2, leaderHeardTicksAgo: 0 })
    expect(core.view.electionTicksLeft).toBe(core.view.electionTicksOf)
  })

  it('EL13 a candidate that hears the leader of its term gives up', () => {
    const core = candidate()
    const output = say(core, n2, beat(1))
    expect(core.view).toMatchObject({ role: 'follower', leader: n2 })
    expect(output.notes).toMatchObject([{ why: 'heard-leader', leader: n2 }])
  })

  it('EL7 a leader that no majority answers steps down in its term, and may vote at once', () => {
    const core = leader()
    ticks(core, electionTicksMin - 1)
    expect(core.view).toMatchObject({ role: 'leader', answering: 3 })
    const output = core.step([tick])
    expect(core.view).toMatchObject({ role: 'follower', term: 1, leader: null, answering: null })
    expect(output.notes).toMatchObject([{ name: 'check-quorum' }, { why: 'no-majority-answered' }])
    expect(answers(say(core, n2, wouldYou(2, core.view.last)))).toMatchObject([{ isGranted: true }])
  })

  it('EL7 one answer of two is enough, whatever it answers, as long as it comes in time', () => {
    const core = leader()
    for (let rounds = 0; rounds < 5; rounds += 1) {
      ticks(core, electionTicksMin - 1)
      if (rounds % 2 === 0) say(core, n3, beatAnswer(1))
      else acknowledge(core, n3)
    }
    expect(core.view).toMatchObject({ role: 'leader', answering: 2 })
  })

  it('EL7 an answer of an older term is no answer', () => {
    const core = leader()
    ticks(core, electionTicksMin - 1)
    say(core, n2, beatAnswer(0))
    core.step([tick])
    expect(core.view.role).toBe('follower')
  })

  it.each([
    ['heartbeat', beat(3)],
    ['append', { kind: 'append', term: 3, previous: nowhere, entries: [], commit: 0 } as const],
    ['commit', { kind: 'commit', term: 3, commit: 0 } as const],
    ['stand-now', { kind: 'stand-now', term: 3 } as const],
  ])('EL11 a %s of an older term is answered with the own', (_, message) => {
    const core = restored({ term: 5, votedFor: null })
    const output = say(core, n2, message)
    expect(answers(output, n2)).toMatchObject([{ kind: 'heartbeat-answer', term: 5 }])
    expect(core.view).toMatchObject({ leader: null, role: 'follower' })
  })
})

describe('restarts and disks', () => {
  it('EL14 a restarted leader is a follower who has voted', () => {
    const core = restored({ term: 1, votedFor: n1 })
    expect(core.view).toMatchObject({ role: 'follower', term: 1, votedFor: n1, leader: null })
  })

  it('EL14 after a restart nothing is granted until the minimum has gone by; a new node need not wait', () => {
    const core = restored({ term: 1, votedFor: null })
    ticks(core, electionTicksMin - 1)
    expect(answers(say(core, n2, wouldYou(2)))).toMatchObject([{ isGranted: false }])
    expect(say(core, n2, plea(2)).messages).toEqual([])
    core.step([tick])
    expect(answers(say(core, n2, plea(2)))).toMatchObject([{ isGranted: true }])
    expect(answers(say(restored(null), n2, plea(1)))).toMatchObject([{ isGranted: true }])
  })

  it('EL15 who cannot write steps down, stands no more, and promises nothing', () => {
    const core = leader()
    const output = core.step([{ kind: 'cannot-write' }])
    expect(output).toMatchObject({ persist: null, messages: [], notes: [{ why: 'cannot-write', from: 'leader' }] })
    for (const later of ticks(core, 200)) expect(later).toMatchObject({ persist: null, messages: [] })
    const append = { kind: 'append', term: 9, previous: nowhere, entries: [], commit: 0 } as const
    for (const message of [plea(9), wouldYou(9), beat(9), beatAnswer(9), append])
      expect(say(core, n2, message)).toMatchObject({ persist: null, messages: [] })
    expect(core.view).toMatchObject({ role: 'follower', term: 1, leader: null, electionTicksLeft: null })
  })

  it('EL15 who cannot write still follows the leader of its term, in silence', () => {
    const core = restored({ term: 2, votedFor: null })
    core.step([{ kind: 'cannot-write' }])
    expect(say(core, n3, beat(2)).messages).toEqual([])
    expect(core.view.leader).toBe(n3)
    ticks(core, electionTicksMin - 1)
    expect(core.view.leader).toBe(n3)
  })

  it('EL15 who cannot write calls nobody its leader who has been silent for its whole wait', () => {
    const core = restored({ term: 2, votedFor: null })
    core.step([{ kind: 'cannot-write' }])
    say(core, n3, beat(2))
    for (const later of ticks(core, 200)) expect(later).toMatchObject({ persist: null, messages: [], notes: [] })
    expect(core.view).toMatchObject({ role: 'follower', leader: null, leaderHeardTicksAgo: null })
    say(core, n3, beat(2))
    expect(core.view.leader).toBe(n3)
  })

  it('EL15 who can write again waits from the beginning, and takes part', () => {
    const core = restored({ term: 2, votedFor: null })
    ticks(core, 5)
    core.step([{ kind: 'cannot-write' }])
    ticks(core, 200)
    core.step([{ kind: 'can-write' }])
    expect(core.view.electionTicksLeft).toBe(core.view.electionTicksOf)
    untilRole(core, 'pre-candidate')
  })
})

describe('what peers must not do', () => {
  it.each([
    ['a stranger', nodeId('n9')],
    ['itself', n1],
  ])('EL17 %s is reported, and nothing changes', (_, from) => {
    const core = patient({ term: 1, votedFor: null })
    const { anomaly, persist, messages, notes } = say(core, from, plea(2))
    expect(anomaly).toContain(from)
    expect({ persist, messages, notes }).toEqual({ persist: null, messages: [], notes: [] })
    expect(core.view.term).toBe(1)
  })

  it('EL17 a second leader of a term is reported and not followed, also by the first', () => {
    const follower = patient({ term: 1, votedFor: null })
    say(follower, n2, beat(1))
    const output = say(follower, n3, beat(1))
    expect(output).toMatchObject({ anomaly: 'n3 leads term 1, and so does n2', messages: [] })
    expect(follower.view.leader).toBe(n2)
    const first = leader()
    expect(say(first, n2, beat(1)).anomaly).toBe('n2 leads term 1, and so does n1')
    expect(first.view.role).toBe('leader')
  })

  it('EL17 a pre-vote for a term that its voter has reached is reported and not counted', () => {
    const core = restored(null)
    untilRole(core, 'pre-candidate')
    const output = say(core, n2, { kind: 'pre-vote', term: 1, isGranted: true, voterTerm: 1 })
    expect(output.anomaly).not.toBeNull()
    expect(core.view).toMatchObject({ role: 'pre-candidate', term: 0 })
  })

  it('EL17 a vote in a term for which we never asked is reported, and its term taken up', () => {
    const core = leader()
    const output = say(core, n2, { kind: 'vote', term: 4, isGranted: true })
    expect(output).toMatchObject({ anomaly: expect.stringContaining('never asked'), persist: { hard: { term: 4 } } })
    expect(core.view.role).toBe('follower')
  })

  it('EL18 in the last term nobody stands, and it is said', () => {
    const core = restored({ term: termMax, votedFor: null })
    const outputs = ticks(core, 2 * (electionTicksMin + electionTicksSpread))
    expect(outputs.some(({ anomaly }) => anomaly !== null)).toBe(true)
    expect(core.view).toMatchObject({ role: 'follower', term: termMax })
  })
})

describe('a core', () => {
  it.each([
    ['itself as a peer', { peers: [n1, n2] }],
    ['a peer named twice', { peers: [n2, n2] }],
    ['heartbeats slower than patience', { heartbeatTicks: electionTicksMin }],
    ['timeouts without a span', { electionTicksSpread: 0 }],
  ])('is not built with %s', (_, config) => {
    expect(() => coreOf({ config })).toThrow(InvariantError)
  })

  it.each([
    ['ends before the log begins', { base: { end: { index: 5, term: 1 } }, appliedIndex: 4 }],
    ['goes beyond the log', { terms: [1, 1], appliedIndex: 3 }],
  ])('is not built on a state that %s', (_, given) => {
    expect(() => coreOf(given)).toThrow(InvariantError)
  })
})
