import { describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import { nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { termMax } from './codec.ts'
import { RaftCore } from './core.ts'
import type { RaftInput, RaftMessage } from './messages.ts'
import { timing } from './testing/group.ts'
import { answers, leader, n1, n2, n3, patient, restored, say, tick, ticks, untilRole } from './testing/one-core.ts'

const { electionTicksMin, electionTicksSpread, heartbeatTicks } = timing

describe('leading and following', () => {
  it('EL13 a leader speaks to all at once, and then as often as it must', () => {
    const core = restored(null)
    untilRole(core, 'pre-candidate')
    say(core, n2, { kind: 'pre-vote', term: 1, isGranted: true, voterTerm: 0 })
    const won = say(core, n2, { kind: 'vote', term: 1, isGranted: true })
    expect(won.messages.map(({ to }) => to)).toEqual([n2, n3])
    const counts = ticks(core, 3 * heartbeatTicks).map(({ messages }) => messages.length)
    expect(counts).toEqual([0, 2, 0, 2, 0, 2])
  })

  it('EL13 a heartbeat of the own term is followed and answered, and restarts the wait', () => {
    const core = patient({ term: 1, votedFor: null })
    const output = say(core, n2, { kind: 'heartbeat', term: 1 })
    expect(output.messages).toEqual([{ to: n2, message: { kind: 'heartbeat-answer', term: 1 } }])
    expect(core.view).toMatchObject({ leader: n2, leaderHeardTicksAgo: 0 })
    expect(core.view.electionTicksLeft).toBe(core.view.electionTicksOf)
  })

  it('EL13 a candidate that hears the leader of its term gives up', () => {
    const core = restored(null)
    untilRole(core, 'pre-candidate')
    say(core, n2, { kind: 'pre-vote', term: 1, isGranted: true, voterTerm: 0 })
    const output = say(core, n2, { kind: 'heartbeat', term: 1 })
    expect(core.view).toMatchObject({ role: 'follower', leader: n2 })
    expect(output.notes).toMatchObject([{ why: 'heard-leader', leader: n2 }])
  })

  it('EL7 a leader that no majority answers steps down in its term, and may vote at once', () => {
    const core = leader()
    ticks(core, electionTicksMin - 1)
    expect(core.view).toMatchObject({ role: 'leader', answering: 3 })
    const output = core.step(tick)
    expect(core.view).toMatchObject({ role: 'follower', term: 1, leader: null, answering: null })
    expect(output.notes).toMatchObject([{ name: 'check-quorum' }, { why: 'no-majority-answered' }])
    expect(answers(say(core, n2, { kind: 'pre-vote-request', term: 2 }))).toMatchObject([{ isGranted: true }])
  })

  it('EL7 one answer of two is enough, as long as it comes in time', () => {
    const core = leader()
    for (let rounds = 0; rounds < 5; rounds += 1) {
      ticks(core, electionTicksMin - 1)
      say(core, n3, { kind: 'heartbeat-answer', term: 1 })
    }
    expect(core.view).toMatchObject({ role: 'leader', answering: 2 })
  })

  it('EL7 an answer of an older term is no answer', () => {
    const core = leader()
    ticks(core, electionTicksMin - 1)
    say(core, n2, { kind: 'heartbeat-answer', term: 0 })
    core.step(tick)
    expect(core.view.role).toBe('follower')
  })

  it('EL11 tells a leader of an older term about its own', () => {
    const core = restored({ term: 5, votedFor: null })
    const output = say(core, n2, { kind: 'heartbeat', term: 3 })
    expect(output.messages).toEqual([{ to: n2, message: { kind: 'heartbeat-answer', term: 5 } }])
    expect(core.view.leader).toBeNull()
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
    expect(answers(say(core, n2, { kind: 'pre-vote-request', term: 2 }))).toMatchObject([{ isGranted: false }])
    expect(say(core, n2, { kind: 'vote-request', term: 2 }).messages).toEqual([])
    core.step(tick)
    expect(answers(say(core, n2, { kind: 'vote-request', term: 2 }))).toMatchObject([{ isGranted: true }])
    expect(answers(say(restored(null), n2, { kind: 'vote-request', term: 1 }))).toMatchObject([{ isGranted: true }])
  })

  it('EL15 who cannot write steps down, stands no more, and promises nothing', () => {
    const core = leader()
    const output = core.step({ kind: 'cannot-write' })
    expect(output).toMatchObject({ persist: null, messages: [], notes: [{ why: 'cannot-write', from: 'leader' }] })
    for (const later of ticks(core, 200)) expect(later).toMatchObject({ persist: null, messages: [] })
    for (const message of [
      { kind: 'vote-request', term: 9 },
      { kind: 'pre-vote-request', term: 9 },
      { kind: 'heartbeat', term: 9 },
      { kind: 'heartbeat-answer', term: 9 },
    ] as const)
      expect(say(core, n2, message)).toMatchObject({ persist: null, messages: [] })
    expect(core.view).toMatchObject({ role: 'follower', term: 1, leader: null, electionTicksLeft: null })
  })

  it('EL15 who cannot write still follows the leader of its term, in silence', () => {
    const core = restored({ term: 2, votedFor: null })
    core.step({ kind: 'cannot-write' })
    expect(say(core, n3, { kind: 'heartbeat', term: 2 }).messages).toEqual([])
    expect(core.view.leader).toBe(n3)
  })

  it('EL15 who can write again waits from the beginning, and takes part', () => {
    const core = restored({ term: 2, votedFor: null })
    ticks(core, 5)
    core.step({ kind: 'cannot-write' })
    ticks(core, 200)
    core.step({ kind: 'can-write' })
    expect(core.view.electionTicksLeft).toBe(core.view.electionTicksOf)
    untilRole(core, 'pre-candidate')
  })

  it('EL16 a step whose write failed did not happen', () => {
    const core = patient({ term: 1, votedFor: null })
    say(core, n2, { kind: 'vote-request', term: 2 })
    core.step({ kind: 'cannot-write' })
    expect(core.view).toMatchObject({ term: 1, votedFor: null })
    core.step({ kind: 'can-write' })
    expect(say(core, n3, { kind: 'vote-request', term: 2 }).persist).toEqual({ term: 2, votedFor: n3 })
  })

  it('EL16 a failed candidacy is told as the end of what was shown before it', () => {
    const core = restored(null)
    untilRole(core, 'pre-candidate')
    say(core, n2, { kind: 'pre-vote', term: 1, isGranted: true, voterTerm: 0 })
    const output = core.step({ kind: 'cannot-write' })
    expect(output.notes).toMatchObject([{ from: 'pre-candidate', to: 'follower', term: 0, why: 'cannot-write' }])
  })

  it('EL16 what was performed stays, when something else came in between', () => {
    const core = patient({ term: 1, votedFor: null })
    say(core, n2, { kind: 'vote-request', term: 2 })
    core.step({ kind: 'can-write' })
    core.step({ kind: 'cannot-write' })
    expect(core.view).toMatchObject({ term: 2, votedFor: n2 })
  })

  it('EL16 a refusal after an output that wrote nothing takes nothing back', () => {
    const core = restored({ term: 1, votedFor: null })
    say(core, n2, { kind: 'heartbeat', term: 1 })
    core.step({ kind: 'cannot-write' })
    expect(core.view.leader).toBe(n2)
  })
})

describe('what peers must not do', () => {
  it.each([
    ['a stranger', nodeId('n9')],
    ['itself', n1],
  ])('EL17 %s is reported, and nothing changes', (_, from) => {
    const core = patient({ term: 1, votedFor: null })
    const { anomaly, ...rest } = say(core, from, { kind: 'vote-request', term: 2 })
    expect(anomaly).toContain(from)
    expect(rest).toEqual({ persist: null, messages: [], notes: [] })
    expect(core.view.term).toBe(1)
  })

  it('EL17 a second leader of a term is reported and not followed, also by the first', () => {
    const follower = patient({ term: 1, votedFor: null })
    say(follower, n2, { kind: 'heartbeat', term: 1 })
    const output = say(follower, n3, { kind: 'heartbeat', term: 1 })
    expect(output).toMatchObject({ anomaly: 'n3 leads term 1, and so does n2', messages: [] })
    expect(follower.view.leader).toBe(n2)
    const first = leader()
    expect(say(first, n2, { kind: 'heartbeat', term: 1 }).anomaly).toBe('n2 leads term 1, and so does n1')
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
    expect(output).toMatchObject({ anomaly: expect.stringContaining('never asked'), persist: { term: 4 } })
    expect(core.view.role).toBe('follower')
  })

  it('EL17 no word of any peer, in any order, trips an assertion', () => {
    const random = new Random('garbage')
    for (let lives = 0; lives < 200; lives += 1) {
      const core = restored(random.chance(1, 2) ? null : { term: random.below(4), votedFor: n2 })
      for (let steps = 0; steps < 60; steps += 1) core.step(anyInput(random))
    }
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
    ['a node outside its group', [n2, n3], timing],
    ['a member named twice', [n1, n2, n2], timing],
    ['heartbeats slower than patience', [n1, n2], { ...timing, heartbeatTicks: electionTicksMin }],
    ['timeouts without a span', [n1, n2], { ...timing, electionTicksSpread: 0 }],
  ])('is not built for %s', (_, members, ticksOf) => {
    expect(() => new RaftCore({ id: n1, members, ...ticksOf }, null, new Random('x'))).toThrow(InvariantError)
  })

  it('gives back one and the same value for ticks in which nothing happens', () => {
    const core = restored(null)
    expect(core.step(tick)).toBe(core.step(tick))
  })
})

function anyInput(random: Random): RaftInput {
  if (random.chance(1, 4)) return tick
  if (random.chance(1, 20)) return { kind: random.pick(['cannot-write', 'can-write']) }
  const kind = random.pick(['pre-vote-request', 'pre-vote', 'vote-request', 'vote', 'heartbeat', 'heartbeat-answer'])
  const term = random.chance(1, 50) ? termMax : random.below(6)
  const message = { kind, term, isGranted: random.chance(1, 2), voterTerm: random.below(6) } as RaftMessage
  return { kind: 'message', from: random.pick([n1, n2, n3, nodeId('n9')]), message }
}
