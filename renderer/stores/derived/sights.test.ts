import { describe, expect, it } from 'vitest'
import type { LinkCard } from '#contract/window/topology'
import type { ActiveFault, Fault } from '#contract/worker/faults'
import { clusterOf, healthy, id, leaderView, nodeOf, nowMs, viewOf } from '../../testing/cards.ts'
import { beliefAbout } from './beliefs.ts'
import { faultsAt } from './faults-of.ts'
import { linkSights } from './links.ts'

const link = (from: string, to: string, heardWallMs: number | null): LinkCard => ({
  from: id(from),
  to: id(to),
  messagesPerSecond: 20,
  bytesPerSecond: 800,
  droppedPerSecond: 0,
  latencyMs: 0.4,
  heardWallMs,
  faults: [],
})
const active = (fault: Fault): ActiveFault => ({ id: 'fault-1' as never, fault, sinceWallMs: 0, endsWallMs: null })
const cut = (both: boolean) => active({ kind: 'cut', from: [id('notary-1')], to: [id('notary-2')], both })

describe('a link', () => {
  const links = [
    link('notary-1', 'notary-2', nowMs - 100),
    link('notary-2', 'notary-1', nowMs - 9_000),
    link('notary-1', 'notary-3', null),
  ]
  const cluster = { ...healthy(), links }
  const conditions = (faults: readonly ActiveFault[]) =>
    linkSights(cluster, faults, nowMs).map(({ condition }) => condition)

  it('is live only while something came through lately', () => {
    expect(conditions([])).toEqual(['live', 'quiet', 'never'])
  })

  it('is cut in the direction of the cut, and in both only when the cut says so', () => {
    expect(conditions([cut(false)])).toEqual(['cut', 'quiet', 'never'])
    expect(conditions([cut(true)])).toEqual(['cut', 'cut', 'never'])
  })

  it('says that its end is down rather than that it is quiet', () => {
    const dead = nodeOf('notary-2', { state: { kind: 'stopped' } })
    const [first] = linkSights(clusterOf([nodeOf('notary-1'), dead], { links }), [], nowMs)
    expect(first?.condition).toBe('ended')
  })
})

describe('a belief', () => {
  const deposed = nodeOf('notary-1', { view: leaderView({ term: 2 }) })
  const leader = nodeOf('notary-2', { view: leaderView({ term: 3 }) })
  const heard = (heardMsAgo: number | null) => ({
    ...viewOf({ leader: id('notary-1'), term: 2 }),
    links: [
      {
        peer: id('notary-2'),
        isConnected: true,
        sentCount: 0,
        sentBytes: 0,
        receivedCount: 0,
        receivedBytes: 0,
        droppedCount: 0,
        latencyMs: null,
        heardMsAgo,
      },
    ],
  })

  it('of a deposed leader in itself is shown as it believes', () => {
    expect(beliefAbout({ believer: deposed, node: deposed }, nowMs)).toMatchObject({
      seen: 'self',
      condition: 'leader',
      term: 2,
    })
  })

  it('in the wrong leader is marked as different from the evidence', () => {
    const believer = nodeOf('notary-3', { view: heard(30) })
    const wrong = nodeOf('notary-1', { view: viewOf({ leadership: 'follower' }) })
    expect(beliefAbout({ believer, node: wrong }, nowMs)).toMatchObject({ seen: 'leader', differs: true })
    expect(beliefAbout({ believer, node: leader }, nowMs)).toMatchObject({ seen: 'member', differs: true })
  })

  it('about a peer that was not heard is that it is not heard', () => {
    const believer = nodeOf('notary-3', { view: heard(null) })
    expect(beliefAbout({ believer, node: leader }, nowMs)).toMatchObject({ seen: 'silent' })
  })

  it('is none when the node has told nothing', () => {
    expect(beliefAbout({ believer: nodeOf('notary-3', { view: null }), node: leader }, nowMs)).toBeNull()
  })
})

it('finds the faults of a node on itself and on both ends of its links', () => {
  const faults = [cut(false), active({ kind: 'kill', node: id('notary-3') })]
  expect([1, 2, 3].map((number) => faultsAt(faults, `notary-${number}`).length)).toEqual([1, 1, 1])
  expect(faultsAt(faults, 'notary-4')).toEqual([])
})
