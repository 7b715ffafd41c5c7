import { describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import { type NodeId, nodeId } from '#kit/ids'
import { Random } from '#kit/random'
import { termMax } from './codec.ts'
import { RaftCore } from './core.ts'
import type { HardState, RaftInput, RaftMessage, RaftOutput, RaftRole } from './messages.ts'
import { timing } from './testing/group.ts'

const [n1, n2, n3] = ['n1', 'n2', 'n3'].map(nodeId) as [NodeId, NodeId, NodeId]
const tick: RaftInput = { kind: 'tick' }
const { electionTicksMin, electionTicksSpread, heartbeatTicks } = timing

/** n1 of three, in the term and with the vote that its disk gave it. */
function restored(hard: HardState | null, members = [n1, n2, n3]): RaftCore {
  return new RaftCore({ id: n1, members, ...timing }, hard, new Random('core'))
}

function say(core: RaftCore, from: NodeId, message: RaftMessage): RaftOutput {
  return core.step({ kind: 'message', from, message })
}

function ticks(core: RaftCore, count: number): RaftOutput[] {
  return Array.from({ length: count }, () => core.step(tick))
}

/** Past the minimum, so that nothing is refused for being led, and still short of any election timeout. */
function patient(hard: HardState): RaftCore {
  const core = restored(hard)
  for (let waited = 0; waited < electionTicksMin; waited += 1) {
    core.step(tick)
    if (core.view.role !== 'follower') throw new Error('it stood too early')
  }
  return core
}

function untilRole(core: RaftCore, role: RaftRole): RaftOutput {
  for (let waited = 0; waited < 100; waited += 1) {
    const output = core.step(tick)
    if (core.view.role === role) return output
  }
  throw new Error(`never ${role}`)
}

/** n1 as a leader whom n2 has voted for. */
function leader(): RaftCore {
  const core = restored(null)
  untilRole(core, 'pre-candidate')
  say(core, n2, { kind: 'pre-vote', term: 1, isGranted: true, voterTerm: 0 })
  say(core, n2, { kind: 'vote', term: 1, isGranted: true })
  expect(core.view).toMatchObject({ role: 'leader', term: 1, leader: n1, answering: 3 })
  return core
}

function answers(output: RaftOutput): readonly RaftMessage[] {
  return output.messages.map(({ message }) => message)
}

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
    expect(core.view).toMatchObject({ role: 'follower', term: 1, electionTicksLeft: null })
  })

  it('EL15 who cannot write still follows the leader of its term, in silence', () => {
    const core = restored({ term: 2, votedFor: null })
    core.step({ kind: 'cannot-write' })
    expect(say(core, n3, { kind: 'heartbeat', term: 2 }).messages).toEqual([])
    expect(core.view.leader).toBe(n3)
  })

  it('EL15 who can write again waits from the beginning, and takes part', () => {
    const core = restored({ term: 2, votedFor: null })
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
