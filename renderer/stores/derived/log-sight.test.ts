import { describe, expect, it } from 'vitest'
import type { LogView, PeerLogView } from '#contract/worker/view'
import { clusterOf, id, leaderView, logOf, nodeOf, nowMs, running, viewOf } from '../../testing/cards.ts'
import { barParts, logScale, logSight } from './log-sight.ts'

const killed = { kind: 'killed', sinceWallMs: nowMs, fault: 'fault-1' as never } as const
const peer = (name: string, part: Partial<PeerLogView> = {}): PeerLogView => ({
  ...{ peer: id(name), isVoter: true, state: 'replicating', matchIndex: 100, isPresent: true },
  ...part,
})
const withLog = (name: string, log: LogView | null) => nodeOf(name, { view: viewOf({}, { log }) })
const leading = (part: Partial<LogView>) => ({
  ...nodeOf('notary-1'),
  view: { ...leaderView(), log: logOf({ lastIndex: 100, committedIndex: 100, ...part }) },
})

describe('where a node is in the log', () => {
  const lagging = withLog('notary-2', logOf({ lastIndex: 60 }))
  const behindOf = (known: readonly PeerLogView[]) =>
    logSight(clusterOf([leading({ peers: known }), lagging]), lagging, nowMs)?.behind

  it('is what it says itself; how far it is behind is what the leader knows', () => {
    expect(behindOf([peer('notary-2', { matchIndex: 60 })])).toBe(40)
    expect(behindOf([peer('notary-2', { matchIndex: 100 })])).toBe(0)
  })

  it('claims no lag of a peer that the leader has not heard of yet', () => {
    expect(behindOf([peer('notary-2', { state: 'probing', matchIndex: 0 })])).toBeNull()
    expect(behindOf([])).toBeNull()
  })

  it('claims no lag where nobody leads, and none at the leader', () => {
    expect(logSight(clusterOf([lagging]), lagging, nowMs)?.behind).toBeNull()
    const leader = leading({})
    expect(logSight(clusterOf([leader]), leader, nowMs)?.behind).toBe(0)
  })

  it('is old as soon as the node is down or silent, and none at all in a new life that has not spoken', () => {
    const dead = { ...lagging, state: killed }
    const silent = { ...lagging, viewWallMs: nowMs - 10_000 }
    const reborn = { ...lagging, state: { ...running, sinceWallMs: nowMs } as typeof running }
    const mute = withLog('notary-2', null)
    const sights = [lagging, dead, silent, reborn, mute].map((node) => logSight(clusterOf([node]), node, nowMs))
    expect(sights.map((sight) => sight?.isOld)).toEqual([false, true, true, undefined, undefined])
  })

  it('of a paused node is no old news: it stands there and says so', () => {
    const paused = nodeOf('notary-2', { view: viewOf({}, { isPaused: true }) })
    expect(logSight(clusterOf([paused]), paused, nowMs)?.isOld).toBe(false)
  })
})

describe('the bars', () => {
  const nodes = [
    withLog('notary-1', logOf({ snapshotIndex: 40, appliedIndex: 85, committedIndex: 90, lastIndex: 100 })),
    withLog('notary-2', logOf({ snapshotIndex: 20, appliedIndex: 60, committedIndex: 60, lastIndex: 60 })),
  ]
  const scale = logScale(clusterOf(nodes))

  it('share one scale, from the earliest beginning to the latest end', () => {
    expect(scale).toEqual({ from: 20, to: 100 })
    expect(nodes.map((node) => barParts(node.view?.log ?? logOf(), scale))).toEqual([
      { begin: 0.25, applied: 65 / 80, committed: 70 / 80, last: 1 },
      { begin: 0, applied: 0.5, committed: 0.5, last: 0.5 },
    ])
  })

  it('can be drawn of empty logs, and of none', () => {
    const empty = logOf({ lastIndex: 0, committedIndex: 0, appliedIndex: 0 })
    expect(barParts(empty, logScale(clusterOf([withLog('notary-1', empty)])))).toMatchObject({ begin: 0, last: 0 })
    expect(barParts(empty, logScale(clusterOf([])))).toMatchObject({ begin: 0, last: 0 })
  })
})
