import { describe, expect, it } from 'vitest'
import { clusterOf, healthy, id, leaderView, nodeOf, nowMs, running, snapshotOf, viewOf } from '../../testing/cards.ts'
import { healthOf } from './health.ts'

const killed = { kind: 'killed', sinceWallMs: nowMs, fault: 'fault-1' as never } as const
const ofNodes = (...nodes: Parameters<typeof clusterOf>[0]) =>
  healthOf(snapshotOf({ clusters: [clusterOf(nodes)] }), nowMs)

describe('health in one word', () => {
  it('is well when there is a leader, a majority and everybody', () => {
    expect(healthOf(snapshotOf(), nowMs)).toEqual({ word: 'well', reasons: [] })
  })

  it('is impaired while a fault is active, though all goes well', () => {
    const fault = {
      id: 'fault-1' as never,
      fault: { kind: 'skew', node: id('notary-2'), ms: 1 },
      sinceWallMs: 0,
      endsWallMs: null,
    } as const
    expect(healthOf(snapshotOf({ faults: [fault] }), nowMs)).toEqual({
      word: 'impaired',
      reasons: [{ kind: 'fault-active', count: 1 }],
    })
  })

  it('is impaired when one is down and the rest is led', () => {
    const health = ofNodes(
      nodeOf('notary-1', { view: leaderView() }),
      nodeOf('notary-2'),
      nodeOf('notary-3', { state: killed }),
    )
    expect(health).toEqual({ word: 'impaired', reasons: [{ kind: 'node-down', node: 'notary-3' }] })
  })

  it('names a node that looks for a leader though there is one', () => {
    const astray = nodeOf('notary-3', { view: viewOf({ leadership: 'pre-candidate', leader: null }) })
    const { word, reasons } = ofNodes(nodeOf('notary-1', { view: leaderView() }), nodeOf('notary-2'), astray)
    expect([word, reasons]).toEqual(['impaired', [{ kind: 'node-astray', node: 'notary-3' }]])
  })

  it('is electing when nobody leads but a majority could', () => {
    const nodes = ['notary-1', 'notary-2', 'notary-3'].map((name) => nodeOf(name, { view: viewOf({ leader: null }) }))
    expect(ofNodes(...nodes).word).toBe('electing')
  })

  it('is halted when too few are left, and says how many are needed', () => {
    const down = [nodeOf('notary-2', { state: killed }), nodeOf('notary-3', { state: killed })]
    const { word, reasons } = ofNodes(nodeOf('notary-1', { view: viewOf({ leader: null }) }), ...down)
    expect(word).toBe('halted')
    expect(reasons[0]).toEqual({ kind: 'no-majority', cluster: 'notary', alive: 1, members: 3, needed: 2 })
  })

  it('does not believe a leader whom no majority answers', () => {
    const lonely = nodeOf('notary-1', { view: leaderView({ answering: 1 }) })
    const { word, reasons } = ofNodes(
      lonely,
      nodeOf('notary-2', { state: killed }),
      nodeOf('notary-3', { state: killed }),
    )
    expect(word).toBe('halted')
    expect(reasons[0]?.kind).toBe('few-answer')
  })

  it('counts only the newest of two leaders, and names the other', () => {
    const old = nodeOf('notary-1', { view: leaderView({ term: 3 }) })
    const young = nodeOf('notary-2', { view: leaderView({ term: 4, answering: 2 }) })
    const { word, reasons } = ofNodes(old, young, nodeOf('notary-3'))
    expect([word, reasons]).toEqual(['impaired', [{ kind: 'two-leaders', cluster: 'notary', node: 'notary-1' }]])
  })

  it('does not take a view from an earlier life of the worker for news', () => {
    const restarted = nodeOf('notary-1', {
      view: leaderView(),
      viewWallMs: nowMs - 500,
      state: { ...running, sinceWallMs: nowMs - 100 } as typeof running,
    })
    expect(ofNodes(restarted, nodeOf('notary-2'), nodeOf('notary-3')).word).not.toBe('well')
  })

  it('is lost when too few disks are left, which is worse than halted, and names whose', () => {
    const lost = [id('notary-2'), id('notary-3')]
    const { word, reasons } = ofNodes(nodeOf('notary-1', { view: viewOf({ leader: null, lost }) }))
    expect(word).toBe('lost')
    expect(reasons).toEqual([
      { kind: 'group-lost', cluster: 'notary', lost: 2, members: 3 },
      { kind: 'disk-lost', node: 'notary-2' },
      { kind: 'disk-lost', node: 'notary-3' },
    ])
  })

  it('is impaired while somebody has to learn the log anew', () => {
    const members = [id('notary-1'), id('notary-2')]
    const leader = nodeOf('notary-1', { view: leaderView({ answering: 2, members, learners: [id('notary-3')] }) })
    expect(ofNodes(leader, nodeOf('notary-2'), nodeOf('notary-3'))).toEqual({
      word: 'impaired',
      reasons: [{ kind: 'node-learning', node: 'notary-3' }],
    })
  })

  it('is silent when the snapshot itself is old', () => {
    expect(healthOf(snapshotOf(), nowMs + 20_000)).toEqual({
      word: 'silent',
      reasons: [{ kind: 'no-contact', ageMs: 20_000 }],
    })
  })

  it('is not merely stopped when nodes were left down', () => {
    const state = { kind: 'left-down', sinceWallMs: 0, code: 'port-taken', detail: '' } as const
    const cluster = clusterOf([nodeOf('notary-1', { state })], { state: 'stopped' })
    expect(healthOf(snapshotOf({ clusters: [cluster] }), nowMs).word).toBe('halted')
    expect(healthOf(snapshotOf({ clusters: [{ ...healthy(), state: 'stopped' }] }), nowMs).word).toBe('stopped')
  })
})
