import type { LinkCard, NodeCard, WorkerState } from '#contract/window/topology'
import type { ActiveFault } from '#contract/worker/faults'
import type { PeerLinkView } from '#contract/worker/view'
import type { FaultId } from '#kit/ids'
import { clockSyncOf, groupOf, logViewOf } from './fake-log.ts'
import type { FakeNode } from './fake-node.ts'

/** What a running node reports of itself at a moment. */
export function reportOf(node: FakeNode, nodes: readonly FakeNode[], nowMs: number): NonNullable<NodeCard['view']> {
  const peers = nodes.filter((peer) => peer !== node)
  const answering = peers.filter((peer) => nowMs - (node.heard.get(peer.id) ?? 0) < 500).length + 1
  const isLeader = node.leadership === 'leader'
  return {
    leadership: {
      leadership: node.leadership,
      term: node.term,
      leader: node.leader,
      votedFor: node.votedFor,
      leaderHeardMsAgo: isLeader ? 0 : node.leader === null ? null : nowMs - node.heardLeaderAtMs,
      answering: isLeader ? answering : null,
      ...groupOf(node, nodes),
    },
    log: logViewOf(node, nodes),
    clockSync: clockSyncOf(node, nodes, nowMs),
    notary: null,
    desk: null,
    ring: null,
    chat: null,
    shop: null,
    lamport: node.lamport,
    skewMs: node.skewMs,
    isPaused: node.isPaused,
    canWrite: true,
    timers: isLeader
      ? [{ name: 'heartbeat', leftMs: 100 - (nowMs % 100), ofMs: 100 }]
      : [
          {
            name: 'election',
            leftMs: Math.max(0, node.patienceMs - (nowMs - node.heardLeaderAtMs)),
            ofMs: node.patienceMs,
          },
        ],
    links: peers.map((peer) => linkView(node, peer, nowMs)),
    inboxLength: 0,
    anomalies: 0,
    traceDropped: 0,
    cpuPercent: isLeader ? 2.4 : 1.1,
    memoryMb: 38.5 + (node.port % 10),
    logTail: node.log.slice(-40),
  }
}

function linkView(node: FakeNode, peer: FakeNode, nowMs: number): PeerLinkView {
  const heardAtMs = node.heard.get(peer.id)
  return {
    peer: peer.id,
    isConnected: peer.life === 'running',
    sentCount: node.sent.get(peer.id) ?? 0,
    sentBytes: (node.sent.get(peer.id) ?? 0) * 42,
    receivedCount: node.received.get(peer.id) ?? 0,
    receivedBytes: (node.received.get(peer.id) ?? 0) * 42,
    droppedCount: node.dropped.get(peer.id) ?? 0,
    latencyMs: heardAtMs === undefined ? null : 0.4,
    heardMsAgo: heardAtMs === undefined ? null : nowMs - heardAtMs,
  }
}

export function cardOf(node: FakeNode, faults: readonly ActiveFault[]): NodeCard {
  return {
    id: node.id,
    clusterId: 'notary' as NodeCard['clusterId'], // the only cluster of the fake lab
    role: 'notary-peer',
    state: stateOf(node, faults),
    address: { host: '127.0.0.1', port: node.port },
    http: null,
    crashes: 0,
    view: node.reported,
    viewWallMs: node.reportedAtMs,
  }
}

function stateOf(node: FakeNode, faults: readonly ActiveFault[]): WorkerState {
  const since = { sinceWallMs: node.lifeSinceMs }
  if (node.life === 'stopped') return { kind: 'stopped' }
  if (node.life === 'starting') return { kind: 'starting', ...since, pid: 4000 + node.port }
  if (node.life === 'running') return { kind: 'running', ...since, pid: 4000 + node.port }
  const kill = faults.find(({ fault }) => fault.kind === 'kill' && fault.node === node.id)
  return { kind: 'killed', ...since, fault: kill?.id ?? ('fault-0' as FaultId) } // a killed node has its fault
}

export function linksOf(nodes: readonly FakeNode[], faults: readonly ActiveFault[]): readonly LinkCard[] {
  return nodes.flatMap((from) =>
    nodes
      .filter((to) => to !== from)
      .map((to) => {
        const rate = from.life === 'running' && (from.leadership === 'leader' || to.leadership === 'leader') ? 10 : 0
        return {
          from: from.id,
          to: to.id,
          messagesPerSecond: rate,
          bytesPerSecond: rate * 42,
          droppedPerSecond: 0,
          latencyMs: to.heard.has(from.id) ? 0.4 : null,
          heardWallMs: to.heard.get(from.id) ?? null,
          faults: faults
            .filter(({ fault }) => 'from' in fault && `${fault.from}`.includes(from.id))
            .map(({ id }) => id),
        }
      }),
  )
}
