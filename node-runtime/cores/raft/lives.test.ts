import { describe, expect, it } from 'vitest'
import type { RaftCore } from './core.ts'
import { makeEntry } from './entry.ts'
import { changed, encodeMembership, founded } from './membership.ts'
import type { RaftOutput } from './messages.ts'
import { timing } from './testing/group.ts'
import {
  acknowledge,
  answers,
  beat,
  beatAnswer,
  candidate,
  coreOf,
  leader,
  n1,
  n2,
  n3,
  n4,
  nowhere,
  propose,
  restored,
  say,
  settledLeader,
  tick,
  ticks,
  wordsOf,
} from './testing/one-core.ts'

const without = (node: typeof n1) => founded([n1, n2, n3].filter((other) => other !== node))
const membersIn = (output: RaftOutput) =>
  output.persist?.entries.flatMap(({ kind, payload }) => (kind === 'members' ? [payload] : [])) ?? []

describe('the word of another life', () => {
  it('MB6 a vote counts only from the life that is a member', () => {
    const core = candidate()
    say(core, n2, { kind: 'vote', term: 1, isGranted: true }, 2)
    expect(core.view.role).toBe('candidate')
    say(core, n2, { kind: 'vote', term: 1, isGranted: true })
    expect(core.view.role).toBe('leader')
  })

  it('MB6 an acknowledgement counts only from the life that is a member, and so does an answer', () => {
    const core = leader()
    expect(acknowledge(core, n2, 2).committed).toEqual([])
    for (let waited = 0; waited < timing.electionTicksMin; waited += 1) {
      core.step([tick])
      say(core, n2, beatAnswer(1, 1, 1), 2)
    }
    expect(core.view).toMatchObject({ role: 'follower', commitIndex: 0 })
  })

  it('MB6 its newer term is a newer term all the same', () => {
    const core = leader()
    say(core, n2, beatAnswer(4), 2)
    expect(core.view).toMatchObject({ role: 'follower', term: 4 })
  })
})

describe('a peer that lost its disk without knowing', () => {
  /** n2 has acknowledged entry 2, and answers a later heartbeat with an empty log. */
  function caught(core: RaftCore): RaftOutput {
    core.step([propose(1)])
    acknowledge(core, n2)
    const { round } = wordsOf(ticks(core, timing.heartbeatTicks).at(-1)!, 'heartbeat', n2)[0]!
    return say(core, n2, beatAnswer(1, round, 1))
  }

  it('MB7 is found out by its answer to a heartbeat, and told', () => {
    const core = settledLeader()
    const output = caught(core)
    expect(output.notes).toEqual([{ kind: 'peer-lost-disk', peer: n2 }])
    expect(answers(output, n2)).toEqual([{ kind: 'disown', term: 1, disowned: 1 }])
    expect(core.view.lost).toEqual([n2])
  })

  it('MB7 nothing that it acknowledges counts any more', () => {
    const core = settledLeader()
    caught(core)
    core.step([propose(2)])
    const { commitIndex } = core.view
    expect(acknowledge(core, n2).committed).toEqual([])
    expect(core.view).toMatchObject({ commitIndex, answering: 2 })
  })

  it('MB7 nothing that it acknowledged before counts either', () => {
    const core = settledLeader({ members: founded(['n1', 'n2', 'n3', 'n4', 'n5'] as never) })
    caught(core)
    expect(say(core, n3, { kind: 'append-answer', term: 1, matchIndex: 2 }).committed).toEqual([])
    expect(say(core, n4, { kind: 'append-answer', term: 1, matchIndex: 2 }).committed).toHaveLength(1)
  })

  it('MB7 RD1 no answer of its confirms a read', () => {
    const core = settledLeader({ members: founded(['n1', 'n2', 'n3', 'n4', 'n5'] as never) })
    core.step([propose(1)])
    acknowledge(core, n2)
    const { round } = wordsOf(core.step([{ kind: 'read', ref: 1 }]), 'heartbeat', n2)[0]!
    // Not even the one by which it is found out.
    expect(say(core, n2, beatAnswer(1, round, 1)).notes).toMatchObject([{ kind: 'peer-lost-disk' }])
    expect(say(core, n3, beatAnswer(1, round, 2)).reads).toEqual([])
    expect(say(core, n4, beatAnswer(1, round, 2)).reads).toHaveLength(1)
  })

  it('MB7 is removed at the next tick, and told with each answer as long as it speaks as who it was', () => {
    const core = settledLeader()
    caught(core)
    acknowledge(core, n3)
    expect(membersIn(core.step([tick]))).toEqual([encodeMembership(without(n2))])
    const beaten = ticks(core, timing.heartbeatTicks).flatMap((output) => wordsOf(output, 'heartbeat', n2))
    expect(beaten).toHaveLength(1)
    const output = say(core, n2, beatAnswer(1, beaten[0]!.round, 1))
    expect(answers(output, n2)).toEqual([{ kind: 'disown', term: 1, disowned: 1 }])
    say(core, n2, { kind: 'join', term: 0 }, 5)
    acknowledge(core, n3)
    core.step([tick])
    expect(core.view.membership).toContainEqual({ node: n2, incarnation: 5, isVoter: false })
    expect(core.view.lost).toEqual([])
  })

  it('MB7 one that has lost nothing is not suspected: it may have got less by then, or answer late', () => {
    const core = settledLeader()
    core.step([propose(1)])
    const { round } = wordsOf(ticks(core, timing.heartbeatTicks).at(-1)!, 'heartbeat', n2)[0]!
    acknowledge(core, n2)
    expect(say(core, n2, beatAnswer(1, round, 1)).notes).toEqual([])
    expect(say(core, n2, beatAnswer(1, round - 1, 0)).notes).toEqual([])
    expect(core.view.lost).toEqual([])
  })

  it.each([
    ['of this life, in its term', { kind: 'disown', term: 3, disowned: 1 } as const, true],
    ['of another life', { kind: 'disown', term: 3, disowned: 2 } as const, false],
    ['by a leader of the past', { kind: 'disown', term: 2, disowned: 1 } as const, false],
  ])('MB7 who is disowned %s begins anew, or not', (_, words, isDisowned) => {
    expect(say(restored({ term: 3, votedFor: null }), n2, words).isDisowned).toBe(isDisowned)
  })
})

describe('a node that knows that its disk is gone', () => {
  const newborn = () => coreOf({ members: [], config: { incarnation: 5 } })

  it('MB8 asks all peers to take it in, again and again, and stands for nothing', () => {
    const core = newborn()
    const outputs = ticks(core, 100)
    const asked = outputs.filter(({ messages }) => messages.length > 0)
    expect(asked.length).toBeGreaterThan(3)
    for (const output of asked) {
      expect(output.messages.map(({ to }) => to)).toEqual([n2, n3, n4])
      expect(wordsOf(output, 'join')).toHaveLength(3)
    }
  })

  it.each([
    ['in its absence', without(n1)],
    ['as it still knows who it was', founded([n1, n2, n3])],
  ])('MB8 asks on when it has been told of a group %s: what will take it in may be cut', (_, members) => {
    const core = coreOf({ members, config: { incarnation: 5 } })
    expect(ticks(core, 100).flatMap((output) => wordsOf(output, 'join', n2)).length).toBeGreaterThan(3)
    // Its leader may speak to it as who it was, and then it never waits for a leader.
    expect(wordsOf(say(core, n2, beat(1)), 'join', n2)).toHaveLength(1)
  })

  it('MB8 no longer asks once it is sure to be in, also when somebody takes it out again', () => {
    const learning = changed(without(n1), { kind: 'add', node: n1, incarnation: 5 })!
    const silent = coreOf({ members: learning, config: { incarnation: 5 } })
    for (const output of ticks(silent, 100)) expect(output.messages).toEqual([])
    const payload = encodeMembership(without(n1))
    const removed = makeEntry({ index: 1, term: 1, kind: 'members', atMs: 0, lamport: 0, payload })
    const core = coreOf({ members: learning, entries: [removed], appliedIndex: 1, config: { incarnation: 5 } })
    for (const output of ticks(core, 100)) expect(output.messages).toEqual([])
  })

  it('MB8 is not sure to be in as long as the entry that took it in may be cut', () => {
    const payload = encodeMembership(changed(without(n1), { kind: 'add', node: n1, incarnation: 5 })!)
    const added = makeEntry({ index: 1, term: 1, kind: 'members', atMs: 0, lamport: 0, payload })
    const core = coreOf({ members: without(n1), entries: [added], config: { incarnation: 5 } })
    expect(wordsOf(say(core, n2, beat(1)), 'join')).toHaveLength(1)
    expect(wordsOf(say(core, n2, beat(1, 1)), 'join')).toEqual([])
  })

  it('MB8 is removed as who it was, taken in as a learner, and promoted, one after the other', () => {
    const core = settledLeader()
    say(core, n2, { kind: 'join', term: 0 }, 5)
    expect(membersIn(core.step([tick]))).toEqual([encodeMembership(without(n2))])
    expect(membersIn(core.step([tick]))).toEqual([])
    acknowledge(core, n3)
    const learning = changed(without(n2), { kind: 'add', node: n2, incarnation: 5 })!
    expect(membersIn(core.step([tick]))).toEqual([encodeMembership(learning)])
    acknowledge(core, n3)
    expect(membersIn(core.step([tick]))).toEqual([])
    acknowledge(core, n2, 5)
    expect(membersIn(core.step([tick]))).toEqual([encodeMembership(changed(learning, { kind: 'promote', node: n2 })!)])
    acknowledge(core, n3)
    expect(core.view.membership).toContainEqual({ node: n2, incarnation: 5, isVoter: true })
  })

  it('MB8 who was taken in and is taken out again by somebody stays out', () => {
    const core = settledLeader()
    say(core, n4, { kind: 'join', term: 0 }, 5)
    for (const _ of [1, 2]) {
      core.step([tick])
      for (const peer of [n2, n3]) acknowledge(core, peer)
    }
    core.step([{ kind: 'change-members', ref: 1, change: { kind: 'remove', node: n4 }, atMs: 0 }])
    acknowledge(core, n2)
    core.step([tick])
    expect(core.view.membership).toEqual(founded([n1, n2, n3]))
  })

  it('MB8 who no longer asks is forgotten', () => {
    const core = coreOf()
    say(core, n2, { kind: 'join', term: 0 }, 5)
    expect(core.view.lost).toEqual([n2])
    ticks(core, 2 * (timing.electionTicksMin + timing.electionTicksSpread) + 1)
    expect(core.view.lost).toEqual([])
  })
})

describe('a group that is lost', () => {
  const join = { kind: 'join', term: 0 } as const

  it('MB9 is one of which so many ask anew that the others are no majority; it is said once', () => {
    const core = coreOf()
    expect(say(core, n2, join, 5).notes).toEqual([])
    expect(say(core, n3, join, 6).notes).toEqual([{ kind: 'group-lost', lost: [n2, n3] }])
    expect(say(core, n3, join, 6).notes).toEqual([])
    expect(core.view.lost).toEqual([n2, n3])
  })

  it.each([
    ['learners ask', { members: founded([n1]) }],
    ['this node belongs to no group itself', { members: [], config: { incarnation: 9 } }],
  ])('MB9 is none when %s', (_, given) => {
    const core = coreOf(given)
    for (const peer of [n2, n3]) expect(say(core, peer, join, 5).notes).toEqual([])
    expect(core.view.lost).toEqual([])
  })

  it('MB9 a leader of such a group changes nothing by itself', () => {
    const core = settledLeader()
    say(core, n2, join, 5)
    say(core, n3, join, 6)
    expect(membersIn(core.step([tick]))).toEqual([])
    expect(core.view.lost).toEqual([n2, n3])
  })

  it('MB9 names also who is being removed, as long as that is not committed', () => {
    const core = settledLeader()
    say(core, n2, join, 5)
    expect(membersIn(core.step([tick]))).toHaveLength(1)
    const output = say(core, n3, join, 6)
    expect(output.notes).toEqual([{ kind: 'group-lost', lost: [n2, n3] }])
    expect(core.view.lost).toEqual([n2, n3])
  })

  it('MB9 of two voters one is enough to lose it', () => {
    const core = coreOf({ members: founded([n1, n2]) })
    expect(say(core, n2, join, 5).notes).toEqual([{ kind: 'group-lost', lost: [n2] }])
  })

  it('MB9 of four voters two are enough to lose it, of five three', () => {
    const core = coreOf({ members: founded([n1, n2, n3, n4]) })
    say(core, n2, join, 5)
    expect(say(core, n3, join, 5).notes).toMatchObject([{ kind: 'group-lost' }])
  })
})

it('MB8 a join takes nobody’s term and tells none', () => {
  const core = restored({ term: 3, votedFor: null })
  expect(say(core, n2, { kind: 'join', term: 9 }, 5)).toMatchObject({ persist: null, messages: [] })
  expect(core.view).toMatchObject({ term: 3, last: nowhere })
})
