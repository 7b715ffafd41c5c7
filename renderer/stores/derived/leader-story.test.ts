import { describe, expect, it } from 'vitest'
import { clusterOf, healthy, leaderView, nodeOf, nowMs, viewOf } from '../../testing/cards.ts'
import { turned, voted } from '../../testing/events.ts'
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
