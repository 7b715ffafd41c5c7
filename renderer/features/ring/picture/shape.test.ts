import { describe, expect, it } from 'vitest'
import type { NodeCard } from '#contract/window/topology'
import type { RingPeerFacts } from '#contract/worker/ring'
import { ringSight } from '../../../stores/derived/rings.ts'
import { nowMs } from '../../../testing/cards.ts'
import { memberOf, ringFacts, ringId, ringOf, ringPeer } from '../../../testing/ring-cards.ts'
import { flightPaths } from './paths.ts'
import { ringShape } from './shape.ts'

const killed = { kind: 'killed', sinceWallMs: nowMs, fault: 'fault-1' as never } as const
const shapeOf = (mine: RingPeerFacts, cards: readonly NodeCard[] = []) =>
  ringShape({ mine, cards, sight: ringSight(ringOf(cards), nowMs) })
const four = { members: [2, 3, 4, 1].map((one) => memberOf(one)), leader: ringId(2) }

describe('the drawing of a ring', () => {
  it('has the peer that is asked at the bottom, and the others clockwise in the order of the ring', () => {
    const { peers, rings } = shapeOf(ringFacts(3, four))
    expect(peers.map(({ name }) => name)).toEqual(['Caio', 'Davi', 'Ana', 'Bia'])
    const [bottom, left, top, right] = peers
    expect(bottom?.isMine).toBe(true)
    expect(bottom?.y).toBeGreaterThan(left?.y ?? Infinity)
    expect(left?.x).toBeLessThan(right?.x ?? 0)
    expect(top?.y).toBeLessThan(left?.y ?? 0)
    expect(peers.filter(({ isLeader }) => isLeader).map(({ name }) => name)).toEqual(['Bia'])
    expect(rings).toHaveLength(1)
  })

  it('draws arrows as each peer says them itself, and none for one that does not run', () => {
    const cards = [ringPeer(1), ringPeer(2), ringPeer(3, {}, { state: killed })]
    const { arrows, peers } = shapeOf(ringFacts(1), cards)
    expect(arrows.map(({ from, to }) => `${from.name}>${to.name}`).sort()).toEqual(['Ana>Bia', 'Bia>Caio'])
    expect(peers.find(({ name }) => name === 'Caio')?.mark).toBe('stopped')
  })

  it('draws no arrow for a peer that runs and hangs: what it said last does not hold now', () => {
    const hung = ringPeer(2, {}, { viewWallMs: nowMs - 10_000 })
    const { arrows } = shapeOf(ringFacts(1), [ringPeer(1), hung, ringPeer(3)])
    expect(arrows.map(({ from, to }) => `${from.name}>${to.name}`).sort()).toEqual(['Ana>Bia', 'Caio>Ana'])
  })

  it('shows what is believed of the others, and one that is in no ring as outside', () => {
    const members = [memberOf(2, { state: 'suspected' }), memberOf(4, { node: null, kind: 'reference', state: 'dead' })]
    const { peers } = shapeOf(ringFacts(1, { members }))
    expect(peers.map(({ name, mark, isReference }) => [name, mark, isReference])).toEqual([
      ['Ana', 'outside', false],
      ['Bia', 'suspected', false],
      ['Davi', 'dead', true],
    ])
  })

  it('says paused of whoever the lab has paused, until it is suspected', () => {
    const card = ringPeer(2)
    const paused = { ...card, view: card.view && { ...card.view, isPaused: true } }
    const markIn = (facts: RingPeerFacts) => shapeOf(facts, [paused]).peers.find(({ name }) => name === 'Bia')?.mark
    expect(markIn(ringFacts(1))).toBe('paused')
    expect(markIn(ringFacts(1, { members: [memberOf(1), memberOf(2, { state: 'suspected' })] }))).toBe('suspected')
  })

  it('stands another ring beside ours when the ring is split, with its own leader', () => {
    const alone = { state: 'leader', leader: ringId(3), members: [memberOf(3)], next: null } as const
    const cards = [ringPeer(1), ringPeer(2), ringPeer(3, alone)]
    const { peers, rings, width } = shapeOf(ringFacts(1), cards)
    expect(rings).toHaveLength(2)
    expect(width).toBeGreaterThan(shapeOf(ringFacts(1)).width)
    const apart = peers.filter(({ isOurs }) => !isOurs)
    expect(apart.map(({ name, isLeader, isMine }) => [name, isLeader, isMine])).toEqual([['Caio', true, false]])
    expect(new Set(peers.map(({ key }) => key)).size).toBe(peers.length)
    expect([...flightPaths(shapeOf(ringFacts(1), cards)).keys()]).toContain('ring-1>ring-2')
  })
})
