import { describe, expect, it } from 'vitest'
import { type NodeId, nodeId } from '#kit/ids'
import type { RaftCore } from './core.ts'
import { changed, encodeMembership, founded, type Membership } from './membership.ts'
import type { MemberChange, RaftInput, RaftOutput } from './messages.ts'
import { timing } from './testing/group.ts'
import {
  acknowledge,
  append,
  candidate,
  coreOf,
  entry,
  leader,
  n1,
  n2,
  n3,
  n4,
  nowhere,
  propose,
  say,
  settledLeader,
  tick,
  ticks,
  untilRole,
  wordsOf,
} from './testing/one-core.ts'

const three = founded([n1, n2, n3])
const withLearner = changed(three, { kind: 'add', node: n4, incarnation: 7 })!
const withFour = changed(withLearner, { kind: 'promote', node: n4 })!

function change(core: RaftCore, wanted: MemberChange): RaftOutput {
  return core.step([{ kind: 'change-members', ref: 1, change: wanted, atMs: 0 }])
}

const add: MemberChange = { kind: 'add', node: n4, incarnation: 7 }
const promote: MemberChange = { kind: 'promote', node: n4 }
const remove = (node: NodeId): MemberChange => ({ kind: 'remove', node })
const why = (output: RaftOutput) => output.refused.map((refused) => refused.why)

/** n1 leads, n4 learns and has answered. */
function leaderWithLearner(): RaftCore {
  const core = settledLeader({ members: withLearner, limits: { promotionLagMax: 3 } })
  acknowledge(core, n4, 7)
  return core
}

describe('memberships', () => {
  it('MB1 is in force at a leader in the step that proposes it', () => {
    const core = settledLeader()
    const output = change(core, add)
    expect(output.accepted).toEqual([{ ref: 1, end: { index: 2, term: 1 } }])
    expect(output.notes).toEqual([{ kind: 'members-changed', members: withLearner, index: 2 }])
    for (const peer of [n2, n3])
      expect(wordsOf(output, 'append', peer)).toMatchObject([{ entries: [{ kind: 'members' }] }])
    expect(wordsOf(output, 'append', n4)).toMatchObject([{ previous: { index: 2 }, entries: [] }])
    expect(core.view.membership).toEqual(withLearner)
  })

  it('MB1 is in force at a follower that takes its entry in, and the one before it when that is cut', () => {
    const core = coreOf()
    const members = entry({ index: 1, term: 1, kind: 'members', payload: encodeMembership(withLearner) })
    expect(say(core, n2, append(1, nowhere, [members])).notes).toContainEqual({
      kind: 'members-changed',
      members: withLearner,
      index: 1,
    })
    expect(core.view.membership).toEqual(withLearner)
    say(core, n3, append(2, nowhere, [entry({ index: 1, term: 2 })]))
    expect(core.view.membership).toEqual(three)
  })

  it('MB2 no change is begun before the last one is committed', () => {
    const core = settledLeader()
    change(core, add)
    expect(why(change(core, remove(n3)))).toEqual(['change-under-way'])
    acknowledge(core, n2)
    expect(why(change(core, remove(n3)))).toEqual([])
  })

  it('MB3 none is begun before the leader has committed an entry of its own term', () => {
    const core = leader({ terms: [1, 1], appliedIndex: 2 })
    expect(why(change(core, add))).toEqual(['change-under-way'])
    say(core, n2, { kind: 'append-answer', term: 2, matchIndex: 2 })
    expect(why(change(core, add))).toEqual(['change-under-way'])
    acknowledge(core, n2)
    expect(why(change(core, add))).toEqual([])
  })

  it.each([
    ['a member once more', { kind: 'add', node: n2, incarnation: 7 }],
    ['a voter that is no learner', { kind: 'promote', node: n2 }],
    ['a stranger', remove(n4)],
  ] as const)('is not changed by %s', (_, wanted) => {
    expect(why(change(settledLeader(), wanted))).toEqual(['no-such-change'])
  })

  it('is not changed by who does not lead', () => {
    expect(why(change(coreOf(), add))).toEqual(['not-leader'])
  })
})

describe('learners', () => {
  it('MB4 a learner that has caught up becomes a voter by itself, at the next tick', () => {
    const core = leaderWithLearner()
    const output = core.step([tick])
    expect(output.persist?.entries).toMatchObject([{ kind: 'members', payload: encodeMembership(withFour) }])
    expect(core.view.membership).toEqual(withFour)
  })

  it.each([
    ['has not answered yet', (core: RaftCore) => core],
    ['is silent', (core: RaftCore) => silence(core)],
    ['is far behind', (core: RaftCore) => core.step([1, 2, 3, 4].map((ref) => propose(ref)))],
  ])('MB4 one that %s does not, not even if somebody wants it', (about, makeSo) => {
    const core = about === 'has not answered yet' ? settledLeaderOf(withLearner) : leaderWithLearner()
    makeSo(core)
    core.step([tick])
    expect(why(change(core, promote))).toEqual(['no-such-change'])
    expect(core.view.membership).toContainEqual({ node: n4, incarnation: 7, isVoter: false })
  })

  it('MB4 one that is as far behind as may be does', () => {
    const core = leaderWithLearner()
    core.step([1, 2, 3].map((ref) => propose(ref)))
    core.step([tick])
    expect(core.view.membership).toEqual(withFour)
  })

  it('MB4 its word counts in no majority: not for commit, not for leading', () => {
    const core = leader({ members: withLearner })
    acknowledge(core, n4, 7)
    expect(core.view.commitIndex).toBe(0)
    for (let waited = 0; waited < timing.electionTicksMin; waited += 1) {
      core.step([tick])
      acknowledge(core, n4, 7)
    }
    expect(core.view.role).toBe('follower')
  })

  it('MB4 it is asked for no vote, and its vote counts for nothing', () => {
    const core = coreOf({ members: withLearner })
    const asked = untilRole(core, 'pre-candidate').messages.map(({ to }) => to)
    expect(asked).toEqual([n2, n3])
    say(core, n4, { kind: 'pre-vote', term: 1, isGranted: true, voterTerm: 0 }, 7)
    expect(core.view.role).toBe('pre-candidate')
    const standing = candidate({ members: withLearner })
    say(standing, n4, { kind: 'vote', term: 1, isGranted: true }, 7)
    expect(standing.view.role).toBe('candidate')
  })

  it('RD1 its answer to a heartbeat confirms no read', () => {
    const core = leaderWithLearner()
    const output = core.step([{ kind: 'read', ref: 1 }])
    const { round } = wordsOf(output, 'heartbeat', n4)[0]!
    const answer = { kind: 'heartbeat-answer', term: 1, round, lastIndex: 1 } as const
    expect(say(core, n4, answer, 7).reads).toEqual([])
    expect(say(core, n2, answer).reads).toEqual([{ ref: 1, index: 1 }])
  })
})

describe('the removal of the leader itself', () => {
  it('MB5 leads until its removal is committed, without counting itself', () => {
    const core = settledLeader()
    change(core, remove(n1))
    expect(core.view).toMatchObject({ role: 'leader', membership: founded([n2, n3]), answering: 2 })
    acknowledge(core, n2)
    expect(core.view).toMatchObject({ role: 'leader', commitIndex: 1 })
  })

  it('MB5 then hands over to whoever has the most, and steps down in the same step', () => {
    const core = settledLeader()
    change(core, remove(n1))
    core.step([{ kind: 'read', ref: 7 }])
    acknowledge(core, n2)
    const output = acknowledge(core, n3)
    expect(output.committed.map(({ kind }) => kind)).toEqual(['members'])
    expect(output.refused).toEqual([{ ref: 7, why: 'not-leader' }])
    expect(output.notes).toMatchObject([
      { kind: 'handing-over', why: 'leaving' },
      { kind: 'role-changed', to: 'follower', why: 'left-the-group' },
    ])
    expect(wordsOf(output, 'stand-now')).toHaveLength(1)
    expect(wordsOf(output, 'commit').length).toBe(2)
    for (const later of ticks(core, 100)) expect(later.messages).toEqual([])
  })

  it('MB5 waits for who is to have everything, but not for ever', () => {
    const core = settledLeader({ members: founded([n1, n2, n3, n4]) })
    const inputs: RaftInput[] = [{ kind: 'change-members', ref: 1, change: remove(n1), atMs: 0 }, propose(2)]
    core.step(inputs)
    for (const peer of [n2, n3]) say(core, peer, { kind: 'append-answer', term: 1, matchIndex: 2 })
    expect(core.view).toMatchObject({ role: 'leader', commitIndex: 2, handingOverTo: n2 })
    for (let waited = 0; waited < timing.electionTicksMin; waited += 1) {
      for (const peer of [n2, n3, n4]) say(core, peer, { kind: 'append-answer', term: 1, matchIndex: 2 })
      core.step([tick])
    }
    expect(core.view.role).toBe('follower')
  })

  it('EL12 who is removed by an entry that may not be committed still stands, without its own vote', () => {
    const members = entry({ index: 1, term: 1, kind: 'members', payload: encodeMembership(founded([n2])) })
    const core = coreOf({ members: founded([n1, n2]) })
    say(core, n2, append(1, nowhere, [members]))
    const asked = untilRole(core, 'pre-candidate')
    expect(wordsOf(asked, 'pre-vote-request', n2)).toMatchObject([{ last: { index: 1 } }])
    say(core, n2, { kind: 'pre-vote', term: 2, isGranted: true, voterTerm: 1 })
    expect(core.view.role).toBe('candidate')
    say(core, n2, { kind: 'vote', term: 2, isGranted: true })
    const output = acknowledge(core, n2)
    expect(output.committed.map(({ index }) => index)).toEqual([1, 2])
    expect(core.view).toMatchObject({ role: 'follower', electionTicksLeft: null })
  })
})

function settledLeaderOf(members: Membership): RaftCore {
  const core = leader({ members })
  for (const peer of [n2, n3]) acknowledge(core, peer)
  return core
}

/** n4 says nothing for a while, the others do. */
function silence(core: RaftCore): void {
  // Another change is under way, or it would be made a voter before it has been silent for long enough.
  core.step([{ kind: 'change-members', ref: 9, change: { kind: 'add', node: nodeId('n5'), incarnation: 1 }, atMs: 0 }])
  for (let waited = 0; waited < timing.electionTicksMin; waited += 1) {
    core.step([tick])
    for (const peer of [n2, n3]) say(core, peer, { kind: 'append-answer', term: 1, matchIndex: 1 })
  }
  for (const peer of [n2, n3]) acknowledge(core, peer)
}
