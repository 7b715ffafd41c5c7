import { describe, expect, it } from 'vitest'
import { clusterOf, healthy, id, leaderView, logOf, nodeOf, nowMs, viewOf } from '../../testing/cards.ts'
import { leadersOf } from './leaders.ts'
import { isGroupLost, membershipOf, standingIn } from './membership.ts'

const [one, two, three] = [id('notary-1'), id('notary-2'), id('notary-3')]
const learning = { members: [one, two], learners: [three] }
const killed = { kind: 'killed', sinceWallMs: nowMs, fault: 'fault-1' as never } as const

describe('who belongs to a group', () => {
  it('is what the leader of the newest term says, not what others still believe', () => {
    const cluster = clusterOf([
      nodeOf('notary-1', { view: leaderView(learning) }),
      nodeOf('notary-2', { view: viewOf() }),
      nodeOf('notary-3', { view: viewOf({ term: 2, members: [one, two, three] }) }),
    ])
    expect(membershipOf(cluster, nowMs)).toEqual({ voters: [one, two], learners: [three], lost: [] })
  })

  it('is told by the longer log where nobody leads, because members are entries too', () => {
    const nodes = [
      nodeOf('notary-1', { view: viewOf({ leader: null }, { log: logOf({ lastIndex: 8 }) }) }),
      nodeOf('notary-2', { view: viewOf({ leader: null, ...learning }, { log: logOf({ lastIndex: 9 }) }) }),
    ]
    expect(membershipOf(clusterOf(nodes), nowMs)?.learners).toEqual([three])
  })

  it('is not told by whoever has just begun anew and knows of nobody, nor by whoever is gone', () => {
    const fresh = nodeOf('notary-3', { view: viewOf({ term: 9, members: [] }) })
    const dead = nodeOf('notary-2', { view: viewOf({ term: 9, members: [two] }), state: killed })
    expect(membershipOf(clusterOf([fresh, dead]), nowMs)).toBeNull()
    expect(membershipOf(clusterOf([fresh, dead, nodeOf('notary-1')]), nowMs)?.voters).toEqual([one, two, three])
  })

  it('says what each node counts as', () => {
    const membership = { voters: [one, two], learners: [three], lost: [two] }
    expect([one, two, three, 'notary-4'].map((node) => standingIn(membership, node))).toEqual([
      'voter',
      'lost',
      'learner',
      'outside',
    ])
    expect(standingIn(null, one)).toBe('unknown')
  })
})

describe('a group', () => {
  const voters = [one, two, three]

  it('is lost when the disks that are left are no majority, and not before', () => {
    expect(isGroupLost({ voters, learners: [], lost: [] })).toBe(false)
    expect(isGroupLost({ voters, learners: [], lost: [three] })).toBe(false)
    expect(isGroupLost({ voters, learners: [], lost: [two, three] })).toBe(true)
  })

  it('counts neither learners nor lost disks among those who can decide', () => {
    const cluster = clusterOf([
      nodeOf('notary-1', { view: leaderView({ members: [one, two], learners: [three], lost: [two] }) }),
      nodeOf('notary-2'),
      nodeOf('notary-3'),
    ])
    expect(leadersOf(cluster, nowMs)).toMatchObject({ members: 2, needed: 2, present: 1 })
    expect(leadersOf(healthy(), nowMs)).toMatchObject({ members: 3, needed: 2, present: 3 })
  })
})
