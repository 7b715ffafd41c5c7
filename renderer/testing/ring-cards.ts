import type { ClusterCard, NodeCard } from '#contract/window/topology'
import type { RingMemberFacts, RingPeerFacts } from '#contract/worker/ring'
import type { ClusterId } from '#kit/ids'
import { clusterOf, id, nodeOf, viewOf } from './cards.ts'

/** Builders for tests: a ring of three that is well, led by the first, and parts of it that differ. */
export const ringId = (number: number): string => `127.0.0.1:${9000 + number}`

export function memberOf(number: number, part: Partial<RingMemberFacts> = {}): RingMemberFacts {
  const name = ['Ana', 'Bia', 'Caio', 'Davi'][number - 1] ?? `${number}`
  return { id: ringId(number), node: id(`ring-${number}`), kind: 'own', name, state: 'well', ...part }
}

export function ringFacts(number: number, part: Partial<RingPeerFacts> = {}): RingPeerFacts {
  const members = [1, 2, 3].map((one) => memberOf(one))
  return {
    id: ringId(number),
    name: memberOf(number).name,
    state: number === 1 ? 'leader' : 'member',
    leader: ringId(1),
    term: 2,
    version: 1,
    members,
    next: ringId((number % 3) + 1),
    localHealth: 0,
    records: 0,
    historyRevision: 0,
    underWay: 0,
    waiting: 0,
    refused: {},
    ...part,
  }
}

export function ringPeer(number: number, facts: Partial<RingPeerFacts> = {}, card: Partial<NodeCard> = {}): NodeCard {
  const view = viewOf({}, { leadership: null, log: null, ring: ringFacts(number, facts) })
  return nodeOf(`ring-${number}`, { clusterId: ringCluster, role: 'ring-peer', view, ...card })
}

export function ringOf(nodes: readonly NodeCard[], part: Partial<ClusterCard> = {}): ClusterCard {
  return clusterOf(nodes, { id: ringCluster, kind: 'ring', ...part })
}

const ringCluster = 'ring' as ClusterId // the shape that kit/ids would check
