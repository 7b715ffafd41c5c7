import { describe, expect, it } from 'vitest'
import type { NodeCard } from '#contract/window/topology'
import { nowMs } from '../../testing/cards.ts'
import { memberOf, ringId, ringOf, ringPeer } from '../../testing/ring-cards.ts'
import { beliefAbout } from './beliefs.ts'
import { conditionOf } from './condition.ts'
import { clusterHealth } from './health.ts'
import { leaderStory } from './leader-story.ts'
import { ringNodeSight, ringOrder, ringSight } from './rings.ts'

const killed = { kind: 'killed', sinceWallMs: nowMs, fault: 'fault-1' as never } as const
const healthOf = (...nodes: readonly NodeCard[]) => clusterHealth(ringOf(nodes), nowMs)
const storyOf = (...nodes: readonly NodeCard[]) => leaderStory(ringOf(nodes), [], nowMs)
const suspects = (number: number) => ({
  members: [1, 2, 3].map((one) => memberOf(one, one === number ? { state: 'suspected' } : {})),
})
const alone = (number: number) =>
  ringPeer(number, { state: 'leader', leader: ringId(number), term: 3, members: [memberOf(number)], next: null })

describe('a ring', () => {
  it('is well when one leads and all go by it', () => {
    const whole = [ringPeer(1), ringPeer(2), ringPeer(3)]
    expect(whole.map((node) => conditionOf(node, nowMs))).toEqual(['leader', 'member', 'member'])
    expect(healthOf(...whole)).toEqual({ word: 'well', reasons: [] })
    expect(storyOf(...whole)).toMatchObject({ kind: 'ring', leader: 'ring-1', size: 3, outside: [] })
  })

  it('is split when two peers lead at the same time, and says so before all else', () => {
    const nodes = [ringPeer(1), ringPeer(2), alone(3)]
    expect(ringSight(ringOf(nodes), nowMs).rings.map(({ peers }) => peers.length)).toEqual([2, 1])
    expect(healthOf(...nodes)).toEqual({ word: 'split', reasons: [{ kind: 'ring-split', cluster: 'ring', count: 2 }] })
    expect(storyOf(...nodes)).toEqual({
      kind: 'ring-split',
      rings: [
        { leader: 'ring-1', size: 2 },
        { leader: 'ring-3', size: 1 },
      ],
    })
  })

  it('elects, and is not split, while its leader is dead and nobody leads', () => {
    const nodes = [ringPeer(1, {}, { state: killed }), ringPeer(2), ringPeer(3)]
    expect(ringSight(ringOf(nodes), nowMs).isSplit).toBe(false)
    expect(healthOf(...nodes).word).toBe('electing')
    expect(storyOf(...nodes)).toEqual({ kind: 'ring-leaderless' })
  })

  it('goes by what a leader outside this lab is believed to be', () => {
    const far = { leader: '10.0.0.9:9001', members: [memberOf(1), memberOf(2), memberOf(3)] }
    const nodes = [1, 2, 3].map((one) => ringPeer(one, { ...far, state: 'member' }))
    expect(healthOf(...nodes).word).toBe('well')
    expect(storyOf(...nodes)).toMatchObject({ kind: 'ring', leader: '10.0.0.9:9001' })
  })

  it('names whom a peer suspects, before anybody is dead', () => {
    const nodes = [ringPeer(1, suspects(3)), ringPeer(2), ringPeer(3)]
    expect(healthOf(...nodes)).toEqual({
      word: 'impaired',
      reasons: [{ kind: 'peer-suspected', node: 'ring-3', by: 'ring-1' }],
    })
    expect(nodes.map((node) => ringNodeSight(ringOf(nodes), node, nowMs)?.suspectedBy)).toEqual([[], [], ['ring-1']])
    expect(storyOf(...nodes)).toMatchObject({ suspected: ['ring-3'] })
  })

  it('does not ask those who are paused, stopped or silent', () => {
    const paused = { ...ringPeer(1).view, isPaused: true } as NodeCard['view'] // a view, but for one field
    const nodes = [ringPeer(1, {}, { view: paused }), alone(2), ringPeer(3, {}, { viewWallMs: nowMs - 10_000 })]
    const { speaking, isSplit } = ringSight(ringOf(nodes), nowMs)
    expect([speaking.map(({ node }) => node.id), isSplit]).toEqual([['ring-2'], false])
    expect(healthOf(...nodes).word).toBe('impaired')
  })
})

it('is laid out as it goes round, begun with the first node, and those outside last', () => {
  const members = [3, 1, 2].map((one) => memberOf(one))
  const nodes = [ringPeer(1, { members }), ringPeer(2, { members }), ringPeer(3), ringPeer(4, { members: [] })]
  expect(ringOrder(ringOf(nodes))).toEqual(['ring-1', 'ring-2', 'ring-3', 'ring-4'])
  expect(ringOrder(ringOf([ringPeer(1, { members: [2, 1, 3].map((one) => memberOf(one)) })]))).toEqual(['ring-1'])
})

describe('what a peer of a ring believes', () => {
  it('is its list, with its doubts, held against the evidence', () => {
    const believer = ringPeer(2, { members: [memberOf(1, { state: 'suspected' }), memberOf(2)] })
    const seen = (node: NodeCard) => beliefAbout({ believer, node }, nowMs)
    expect(seen(ringPeer(1))).toMatchObject({ seen: 'suspected', condition: 'suspected', differs: true })
    expect(seen(believer)).toMatchObject({ seen: 'self', term: 2 })
    expect(seen(ringPeer(3))).toMatchObject({ seen: 'outside' })
  })
})
