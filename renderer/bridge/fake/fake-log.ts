import type { ClockSyncView, LeadershipView, LogView, PeerLogView } from '#contract/worker/view'
import type { NodeId } from '#kit/ids'
import { type FakeNode, isAwake } from './fake-node.ts'

/** Entries that the scripted users propose with each heartbeat; what a peer can take in one; what a node keeps. */
const proposedPerBeat = 3
const takenPerBeat = 25
const keptMax = 400
const keptStep = 100

/** A new leader begins its term with an entry of its own. */
export function beginTerm(node: FakeNode): void {
  node.positions.last += 1
  node.positions.lastTerm = node.term
  node.match.clear()
}

export function propose(leader: FakeNode): void {
  leader.positions.last += proposedPerBeat
}

/** What a heartbeat carries along. True: the peer is so far behind that it was sent a snapshot instead. */
export function replicate(leader: FakeNode, peer: FakeNode): boolean {
  const [from, to] = [leader.positions, peer.positions]
  const needsSnapshot = to.last < from.snapshot
  if (needsSnapshot) Object.assign(to, { snapshot: from.snapshot, last: from.snapshot })
  to.last = Math.min(from.last, to.last + takenPerBeat)
  to.lastTerm = from.lastTerm
  leader.match.set(peer.id, to.last)
  advanceTo(peer, Math.min(from.committed, to.last))
  return needsSnapshot
}

/** Up to where a majority of the voters has it. */
export function commit(leader: FakeNode, nodes: readonly FakeNode[]): void {
  const voters = nodes.filter(({ standing }) => standing !== 'learner')
  const matches = voters
    .map((node) => (node === leader ? leader.positions.last : (leader.match.get(node.id) ?? 0)))
    .sort((one, other) => other - one)
  advanceTo(leader, matches[Math.floor(voters.length / 2)] ?? 0)
}

function advanceTo({ positions }: FakeNode, index: number): void {
  positions.committed = Math.max(positions.committed, index)
  const since = positions.committed - positions.snapshot
  if (since > keptMax) positions.snapshot += Math.floor((since - keptMax) / keptStep) * keptStep
}

export function loseDisk(node: FakeNode): void {
  node.positions = { last: 0, lastTerm: 0, committed: 0, snapshot: 0 }
  node.match.clear()
  node.term = 0
  node.incarnation += 1
}

export function logViewOf(node: FakeNode, nodes: readonly FakeNode[]): LogView {
  const { last, lastTerm, committed, snapshot } = node.positions
  const peers = node.leadership === 'leader' ? nodes.filter((peer) => peer !== node) : []
  return {
    lastIndex: last,
    lastTerm,
    committedIndex: committed,
    appliedIndex: Math.max(snapshot, committed - 1),
    snapshotIndex: snapshot,
    peers: peers.map((peer): PeerLogView => peerOf(node, peer)),
  }
}

function peerOf(leader: FakeNode, peer: FakeNode): PeerLogView {
  const matchIndex = leader.match.get(peer.id) ?? 0
  const state = matchIndex === 0 || !isAwake(peer) ? 'probing' : 'replicating'
  return { peer: peer.id, isVoter: peer.standing !== 'learner', state, matchIndex, isPresent: isAwake(peer) }
}

type GroupView = Pick<LeadershipView, 'members' | 'learners' | 'lost' | 'incarnation' | 'favourite' | 'handingOverTo'>

export function groupOf(node: FakeNode, nodes: readonly FakeNode[]): GroupView {
  const idsOf = (standing: FakeNode['standing']): readonly NodeId[] =>
    nodes.filter((one) => one.standing === standing).map(({ id }) => id)
  return {
    // Whoever began anew knows of nobody until it is told.
    members: node.standing === 'lost' ? [] : nodes.filter((one) => one.standing !== 'learner').map(({ id }) => id),
    learners: idsOf('learner'),
    lost: node.standing === 'lost' ? [] : idsOf('lost'),
    incarnation: node.incarnation,
    favourite: nodes[0]?.id ?? null,
    handingOverTo: node.handingOverTo,
  }
}

export function clockSyncOf(node: FakeNode, nodes: readonly FakeNode[], nowMs: number): ClockSyncView | null {
  if (node.leader === null) return null
  const isCoordinator = node.leader === node.id
  const outliers = nodes.filter(({ skewMs }) => Math.abs(skewMs) > 1_000).map(({ id }) => id)
  return {
    coordinator: node.leader,
    offsetMs: node.port % 2 === 0 ? -3.2 : 1.4,
    errorMs: 1.1,
    lastSyncMsAgo: nowMs % 5_000,
    takenPart: isCoordinator ? nodes.filter(isAwake).length - outliers.length : null,
    outliers: isCoordinator ? outliers : [],
  }
}
