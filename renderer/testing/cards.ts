import type { ClusterCard, NodeCard, TopologySnapshot, WorkerState } from '#contract/window/topology'
import type { LeadershipView, LogView, NodeView } from '#contract/worker/view'
import type { ClusterId, NodeId } from '#kit/ids'

/** Builders for tests: a healthy notary at the moment `nowMs`, and parts of it that differ. */
export const nowMs = 1_000_000

export const id = (text: string): NodeId => text as NodeId

export const running: WorkerState = { kind: 'running', sinceWallMs: nowMs - 60_000, pid: 4711 }

export function viewOf(part: Partial<LeadershipView> = {}, view: Partial<NodeView> = {}): NodeView {
  return {
    leadership: {
      leadership: 'follower',
      term: 3,
      leader: id('notary-1'),
      votedFor: id('notary-1'),
      members: [id('notary-1'), id('notary-2'), id('notary-3')],
      leaderHeardMsAgo: 20,
      answering: null,
      learners: [],
      lost: [],
      incarnation: 1,
      favourite: null,
      handingOverTo: null,
      ...part,
    },
    log: logOf(),
    clockSync: null,
    notary: null,
    desk: null,
    ring: null,
    chat: null,
    shop: null,
    lamport: 1,
    skewMs: 0,
    isPaused: false,
    canWrite: true,
    timers: [],
    links: [],
    inboxLength: 0,
    anomalies: 0,
    traceDropped: 0,
    cpuPercent: 1,
    memoryMb: 40,
    logTail: [],
    ...view,
  }
}

export function logOf(part: Partial<LogView> = {}): LogView {
  return { lastIndex: 12, lastTerm: 3, committedIndex: 12, appliedIndex: 12, snapshotIndex: 0, peers: [], ...part }
}

export function nodeOf(name: string, part: Partial<NodeCard> = {}): NodeCard {
  return {
    id: id(name),
    clusterId: 'notary' as ClusterId,
    role: 'notary-peer',
    state: running,
    address: { host: '127.0.0.1', port: 7101 },
    http: null,
    crashes: 0,
    view: viewOf(),
    viewWallMs: nowMs - 50,
    ...part,
  }
}

export const leaderView = (part: Partial<LeadershipView> = {}): NodeView =>
  viewOf({ leadership: 'leader', leaderHeardMsAgo: 0, answering: 3, ...part })

export function clusterOf(nodes: readonly NodeCard[], part: Partial<ClusterCard> = {}): ClusterCard {
  return {
    id: 'notary' as ClusterId,
    kind: 'notary',
    state: 'running',
    nodes,
    links: [],
    dialect: null,
    sizes: null,
    commitsPerSecond: null,
    ...part,
  }
}

export const healthy = (): ClusterCard =>
  clusterOf([nodeOf('notary-1', { view: leaderView() }), nodeOf('notary-2'), nodeOf('notary-3')])

export function snapshotOf(part: Partial<TopologySnapshot> = {}): TopologySnapshot {
  return {
    revision: 1,
    takenWallMs: nowMs,
    lab: 'default',
    clusters: [healthy()],
    faults: [],
    recording: { kept: 0, keptMax: 100, forgotten: 0, droppedByNodes: 0 },
    ...part,
  }
}
