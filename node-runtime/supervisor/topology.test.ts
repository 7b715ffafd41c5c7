import { describe, expect, it } from 'vitest'
import type { WorkerState } from '#contract/window/topology'
import type { ActiveFault } from '#contract/worker/faults'
import type { NodeView } from '#contract/worker/view'
import { faultId, type NodeId, nodeId } from '#kit/ids'
import { nodeView, noRole } from '#roles/status'
import { CommitRates } from './commit-rates.ts'
import { LinkRates } from './link-rates.ts'
import type { ManagedNode } from './managed-node.ts'
import { presets } from './presets.ts'
import { clusterCard, silentAfterMs } from './topology.ts'

const spec = presets[0]!
const ids = spec.nodes.map(({ id }) => id) as [NodeId, NodeId, NodeId]
const running: WorkerState = { kind: 'running', sinceWallMs: 0, pid: 1 }
const stopped: WorkerState = { kind: 'stopped' }
const leftDown: WorkerState = { kind: 'left-down', sinceWallMs: 0, code: 'store-damaged', detail: '' }

type Shown = Pick<ManagedNode, 'id' | 'state' | 'crashes' | 'lastView'>

function card(shown: readonly Partial<Shown>[], options: { now?: number; faults?: readonly ActiveFault[] } = {}) {
  const rates = new LinkRates()
  const commits = new CommitRates()
  for (const { id, lastView } of shown) {
    if (id === undefined || !lastView) continue
    const still = lastView.view.links.map((link) => ({ ...link, sentCount: 0, sentBytes: 0 }))
    rates.saw(id, still, lastView.wallMs - 1_000)
    rates.saw(id, lastView.view.links, lastView.wallMs)
    commits.saw(id, withCommitted(lastView.view, 0), lastView.wallMs - 1_000)
    commits.saw(id, lastView.view, lastView.wallMs)
  }
  const nodes = shown.map((node) => ({ crashes: 0, lastView: null, ...node })) as ManagedNode[] // only these are read
  const { now = 1_000, faults = [] } = options
  return clusterCard(
    {
      ...{ spec, nodes, faults, rates, commits, host: '127.0.0.1', dialect: 'B', sizes: null },
      ...{ portOf: () => 5_710, httpPortOf: () => 5_001 },
    },
    now,
  )
}

function viewWith(peer: NodeId, heardMsAgo: number): NodeView {
  const counts = { sentCount: 20, sentBytes: 2_000, receivedCount: 0, receivedBytes: 0, droppedCount: 0 }
  const links = [{ peer, isConnected: true, ...counts, latencyMs: 2, heardMsAgo }]
  const process = { lamport: 0, skewMs: 0, traceDropped: 0, cpuPercent: 0, memoryMb: 0, logTail: [] }
  return nodeView(noRole, { ...process, links })
}

function withCommitted(view: NodeView, committedIndex: number): NodeView {
  return { ...view, log: view.log && { ...view.log, committedIndex, lastIndex: committedIndex } }
}

function leaderView(term: number, committedIndex: number): NodeView {
  const group = { members: ids, learners: [], lost: [], incarnation: 1, favourite: null, handingOverTo: null }
  const known = { leader: ids[0], votedFor: ids[0], leaderHeardMsAgo: 0, answering: 3 }
  const positions = { lastIndex: committedIndex, lastTerm: term, appliedIndex: 0, snapshotIndex: 0, peers: [] }
  return {
    ...viewWith(ids[1], 0),
    leadership: { leadership: 'leader', term, ...known, ...group },
    log: { ...positions, committedIndex },
  }
}

describe('the commits of a cluster', () => {
  const leading = (id: NodeId, term: number, committed: number) => ({
    id,
    state: running,
    lastView: { view: leaderView(term, committed), wallMs: 1_000 },
  })

  it('are those of the leader of the newest term, and of nobody else', () => {
    expect(card([leading(ids[0], 3, 900), leading(ids[1], 4, 40)]).commitsPerSecond).toBe(40)
  })

  it('are unknown when no leader speaks: its last rate is not shown as a live one', () => {
    expect(card([{ ...leading(ids[0], 3, 900), state: stopped }]).commitsPerSecond).toBeNull()
    expect(card([leading(ids[0], 3, 900)], { now: 1_000 + silentAfterMs }).commitsPerSecond).toBeNull()
    expect(card([{ id: ids[0], state: running }]).commitsPerSecond).toBeNull()
  })
})

describe('a cluster', () => {
  it.each<[string, readonly WorkerState[]]>([
    ['stopped', [stopped, stopped, stopped]],
    ['stopped', [stopped, leftDown, leftDown]],
    ['running', [running, leftDown, stopped]],
    ['running', [running, { kind: 'crashed', sinceWallMs: 0, how: '', retryWallMs: 1 }, running]],
    ['starting', [running, { kind: 'waiting', sinceWallMs: 0 }, running]],
    ['stopping', [{ kind: 'stopping', sinceWallMs: 0, pid: 1 }, { kind: 'waiting', sinceWallMs: 0 }, stopped]],
  ])('is %s by the states of its nodes', (state, states) => {
    expect(card(states.map((one, index) => ({ id: ids[index]!, state: one }))).state).toBe(state)
  })
})

describe('a link', () => {
  const two = (state: WorkerState) => [
    { id: ids[0], state, lastView: { view: viewWith(ids[1], 300), wallMs: 1_000 } },
    { id: ids[1], state: running, lastView: { view: viewWith(ids[0], 40), wallMs: 900 } },
  ]

  it('shows what its sender sent, and when its receiver heard it by the clock of the host', () => {
    const [there, back] = card(two(running)).links
    expect(there).toMatchObject({ from: ids[0], to: ids[1], messagesPerSecond: 20, latencyMs: 2, heardWallMs: 860 })
    expect(back).toMatchObject({ from: ids[1], to: ids[0], heardWallMs: 700 })
  })

  it('shows no old rate as a live one: not of a node that is down, and not of one that has fallen silent', () => {
    const down = card(two(stopped)).links[0]
    const silent = card(two(running), { now: 1_000 + silentAfterMs }).links[0]
    for (const link of [down, silent]) expect(link).toMatchObject({ messagesPerSecond: 0, latencyMs: null })
  })

  it('names the faults that act on its direction', () => {
    const fault = { kind: 'loss', from: ids[0], to: ids[1], percent: 5 } as const
    const faults = [{ id: faultId('fault-1'), fault, sinceWallMs: 0, endsWallMs: null }]
    const [there, back] = card(two(running), { faults }).links
    expect([there?.faults, back?.faults]).toEqual([[faultId('fault-1')], []])
  })
})

describe('ids of the presets', () => {
  it('are ids, and no two nodes share one', () => {
    const all = presets.flatMap(({ nodes }) => nodes.map(({ id }) => id))
    expect(new Set(all).size).toBe(all.length)
    expect(all.map((id) => nodeId(id))).toEqual(all)
  })
})
