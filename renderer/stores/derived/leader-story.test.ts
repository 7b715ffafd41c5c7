import { describe, expect, it } from 'vitest'
import { clusterOf, healthy, id, leaderView, nodeOf, nowMs, viewOf } from '../../testing/cards.ts'
import { eventOf, turned, voted } from '../../testing/events.ts'
import { leaderStory } from './leader-story.ts'

const won = (position: number, node: string, term: number) =>
  turned(position, node, { to: 'leader', term, why: 'majority-voted' })
const doubted = (position: number, node: string, leader?: string) =>
  turned(position, node, {
    to: 'pre-candidate',
    term: 2,
    why: 'heard-no-leader',
    ...(leader ? { leader, silentMs: 812 } : {}),
  })
const votes = (term: number) => [
  voted(8, 'notary-1', { for: 'notary-1', term }),
  voted(9, 'notary-2', { for: 'notary-1', term }),
]

describe('the story of the leader', () => {
  it('says whose silence the election was about, for how long, and who voted', () => {
    const story = [won(1, 'notary-3', 2), doubted(5, 'notary-1', 'notary-3'), ...votes(3), won(10, 'notary-1', 3)]
    expect(leaderStory(healthy(), story, nowMs)).toMatchObject({
      kind: 'leads',
      leader: 'notary-1',
      term: 3,
      votes: 2,
      members: 3,
      why: { kind: 'silent', before: 'notary-3', silentMs: 812 },
      missing: [],
    })
  })

  it('takes another node’s word for the silence when the winner won at a second try', () => {
    const story = [
      won(1, 'notary-3', 1),
      doubted(2, 'notary-2', 'notary-3'),
      doubted(6, 'notary-1'),
      ...votes(3),
      won(10, 'notary-1', 3),
    ]
    expect(leaderStory(healthy(), story, nowMs)).toMatchObject({ why: { kind: 'silent', before: 'notary-3' } })
  })

  it('does not blame a silence from before the election before', () => {
    const story = [
      doubted(1, 'notary-1', 'notary-2'),
      won(2, 'notary-3', 2),
      doubted(6, 'notary-1'),
      won(10, 'notary-1', 3),
    ]
    expect(leaderStory(healthy(), story, nowMs)).toMatchObject({ why: { kind: 'start' } })
  })

  it('claims no count of votes that the recording does not show', () => {
    const story = [doubted(6, 'notary-1'), won(10, 'notary-1', 3)]
    expect(leaderStory(healthy(), story, nowMs)).toMatchObject({ votes: null })
    expect(leaderStory(healthy(), [], nowMs)).toMatchObject({ votes: null, why: { kind: 'forgotten' } })
  })

  it('claims no count of votes once the members are others than those who voted', () => {
    const members = { voters: [id('notary-1'), id('notary-2')], learners: [], index: 9 }
    const story = [
      ...votes(3),
      won(10, 'notary-1', 3),
      eventOf(11, 'notary-1', { kind: 'members-changed', ...members }),
    ]
    expect(leaderStory(healthy(), story.slice(0, -1), nowMs)).toMatchObject({ votes: 2 })
    expect(leaderStory(healthy(), story, nowMs)).toMatchObject({ votes: null })
  })

  it('tells a hand-over for what it is, and no silence of long ago', () => {
    const asked = turned(7, 'notary-1', { to: 'candidate', term: 3, why: 'was-handed-over', leader: 'notary-3' })
    const story = [won(1, 'notary-3', 2), doubted(5, 'notary-2', 'notary-3'), asked, won(10, 'notary-1', 3)]
    expect(leaderStory(healthy(), story, nowMs)).toMatchObject({ why: { kind: 'handed-over', before: 'notary-3' } })
  })

  it('says that the group is lost, whatever anybody believes about a leader', () => {
    const lost = [id('notary-2'), id('notary-3')]
    const cluster = clusterOf([nodeOf('notary-1', { view: leaderView({ lost }) }), nodeOf('notary-2')])
    expect(leaderStory(cluster, [], nowMs)).toEqual({ kind: 'lost', lost, members: 3, left: ['notary-1'] })
  })

  it('names the member without a disk, the learner, and to whom the lead is going', () => {
    const part = { lost: [id('notary-2')], learners: [id('notary-4')], handingOverTo: id('notary-3') }
    const cluster = clusterOf([nodeOf('notary-1', { view: leaderView(part) }), nodeOf('notary-2'), nodeOf('notary-3')])
    expect(leaderStory(cluster, [], nowMs)).toMatchObject(part)
  })

  it('counts votes of this term only', () => {
    expect(leaderStory(healthy(), [...votes(2), won(10, 'notary-1', 3)], nowMs)).toMatchObject({ votes: null })
  })

  it('names who does not follow, though it may be up', () => {
    const astray = nodeOf('notary-3', { view: viewOf({ leadership: 'pre-candidate', leader: null }) })
    const cluster = clusterOf([nodeOf('notary-1', { view: leaderView() }), nodeOf('notary-2'), astray])
    expect(leaderStory(cluster, [], nowMs)).toMatchObject({ missing: ['notary-3'] })
  })

  it('does not call it leading when too few answer', () => {
    const cluster = clusterOf([
      nodeOf('notary-1', { view: leaderView({ answering: 1 }) }),
      nodeOf('notary-2'),
      nodeOf('notary-3'),
    ])
    expect(leaderStory(cluster, [], nowMs)).toMatchObject({ kind: 'leads-alone', answering: 1 })
  })

  it('says how old the last word is instead of drawing it as live', () => {
    expect(leaderStory(healthy(), [], nowMs + 10_000)).toEqual({ kind: 'stale', ageMs: 10_050 })
  })
})
