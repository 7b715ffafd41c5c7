import type { NodeCard } from '#contract/window/topology'
import type { Leadership, RoleChangeWhy } from '#contract/worker/trace'
import type { NodeId } from '#kit/ids'

/** One peer of the scripted cluster. It follows the rules of an election as far as a picture of one needs them. */
export interface FakeNode {
  readonly id: NodeId
  readonly port: number
  life: 'stopped' | 'starting' | 'running' | 'killed'
  lifeSinceMs: number
  isPaused: boolean
  leadership: Leadership
  term: number
  votedFor: NodeId | null
  leader: NodeId | null
  heardLeaderAtMs: number
  patienceMs: number
  heard: Map<NodeId, number>
  sent: Map<NodeId, number>
  received: Map<NodeId, number>
  dropped: Map<NodeId, number>
  lamport: number
  positions: { last: number; lastTerm: number; committed: number; snapshot: number }
  match: Map<NodeId, number>
  standing: 'voter' | 'learner' | 'lost'
  incarnation: number
  handingOverTo: NodeId | null
  skewMs: number
  reportedAtMs: number | null
  reported: NodeCard['view']
  log: string[]
}

export interface Turn {
  readonly to: Leadership
  readonly why: RoleChangeWhy
  readonly silentMs: number | null
}

export function fakeNode(index: number): FakeNode {
  return {
    id: `notary-${index + 1}` as NodeId, // the shape that kit/ids would check
    port: 7101 + index,
    life: 'stopped',
    lifeSinceMs: 0,
    isPaused: false,
    leadership: 'none',
    term: 0,
    votedFor: null,
    leader: null,
    heardLeaderAtMs: 0,
    patienceMs: 320 + 90 * index,
    heard: new Map(),
    sent: new Map(),
    received: new Map(),
    dropped: new Map(),
    lamport: 0,
    positions: { last: 0, lastTerm: 0, committed: 0, snapshot: 0 },
    match: new Map(),
    standing: 'voter',
    incarnation: 1,
    handingOverTo: null,
    skewMs: 0,
    reportedAtMs: null,
    reported: null,
    log: [],
  }
}

export const isAwake = (node: FakeNode): boolean => node.life === 'running' && !node.isPaused
