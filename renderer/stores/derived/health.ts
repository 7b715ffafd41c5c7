import type { ClusterCard, TopologySnapshot } from '#contract/window/topology'
import { conditionOf, staleAfterMs } from './condition.ts'
import { leadersOf } from './leaders.ts'
import { isGroupLost, isUnled, type Membership, membershipOf } from './membership.ts'
import { ringHealth } from './ring-health.ts'

export type HealthWord =
  | 'well'
  | 'impaired'
  | 'electing'
  | 'split'
  | 'halted'
  | 'lost'
  | 'starting'
  | 'stopped'
  | 'silent'

export type HealthReason =
  | {
      readonly kind: 'node-down' | 'node-paused' | 'node-starting' | 'node-astray' | 'node-learning' | 'disk-lost'
      readonly node: string
    }
  | { readonly kind: 'group-lost'; readonly cluster: string; readonly lost: number; readonly members: number }
  | { readonly kind: 'node-stale'; readonly node: string; readonly ageMs: number }
  | {
      readonly kind: 'few-answer'
      readonly cluster: string
      readonly node: string
      readonly answering: number
      readonly members: number
    }
  | { readonly kind: 'no-leader'; readonly cluster: string }
  | { readonly kind: 'ring-split'; readonly cluster: string; readonly count: number }
  | { readonly kind: 'peer-suspected' | 'peer-dead'; readonly node: string; readonly by: string }
  | { readonly kind: 'peer-seeking' | 'peer-left'; readonly node: string }
  | {
      readonly kind: 'no-majority'
      readonly cluster: string
      readonly alive: number
      readonly members: number
      readonly needed: number
    }
  | { readonly kind: 'two-leaders'; readonly cluster: string; readonly node: string }
  | { readonly kind: 'fault-active'; readonly count: number }
  | { readonly kind: 'no-contact'; readonly ageMs: number }

export interface Health {
  readonly word: HealthWord
  readonly reasons: readonly HealthReason[]
}

/** From bad to good: the lab is as well as its worst cluster. */
const order: readonly HealthWord[] = ['lost', 'halted', 'split', 'electing', 'starting', 'impaired', 'well', 'stopped']

export function healthOf(snapshot: TopologySnapshot | null, hostNowMs: number): Health {
  if (snapshot === null) return { word: 'starting', reasons: [] }
  const ageMs = hostNowMs - snapshot.takenWallMs
  if (ageMs > 2 * staleAfterMs) return { word: 'silent', reasons: [{ kind: 'no-contact', ageMs }] }
  const clusters = snapshot.clusters.map((cluster) => clusterHealth(cluster, hostNowMs))
  const word = order.find((candidate) => clusters.some((health) => health.word === candidate)) ?? 'stopped'
  const faults = snapshot.faults.length
  const faultReasons: readonly HealthReason[] = faults === 0 ? [] : [{ kind: 'fault-active', count: faults }]
  return {
    word: word === 'well' && faults > 0 ? 'impaired' : word,
    reasons: [...clusters.flatMap((health) => health.reasons), ...faultReasons],
  }
}

export function clusterHealth(cluster: ClusterCard, hostNowMs: number): Health {
  if (cluster.state === 'stopped') {
    const fallen = cluster.nodes.filter(({ state }) => state.kind === 'left-down')
    const reasons = fallen.map(({ id }): HealthReason => ({ kind: 'node-down', node: id }))
    return { word: fallen.length > 0 ? 'halted' : 'stopped', reasons }
  }
  if (isUnled(cluster)) return loneHealth(cluster, hostNowMs)
  if (cluster.kind === 'ring') return ringHealth(cluster, nodeReasons(cluster, hostNowMs), hostNowMs)
  const membership = membershipOf(cluster, hostNowMs)
  const nodes = [...memberReasons(membership), ...nodeReasons(cluster, hostNowMs)]
  if (membership !== null && isGroupLost(membership)) {
    const { voters, lost } = membership
    const reason = { kind: 'group-lost', cluster: cluster.id, lost: lost.length, members: voters.length } as const
    return { word: 'lost', reasons: [reason, ...nodes] }
  }
  const leaders = leadersOf(cluster, hostNowMs)
  const { leader, members, needed, answering, present: alive } = leaders
  const outdated = leaders.outdated.map(
    (node): HealthReason => ({ kind: 'two-leaders', cluster: cluster.id, node: node.id }),
  )
  if (leader !== null && leaders.hasMajority) {
    const reasons = [...outdated, ...astray(cluster, hostNowMs), ...nodes]
    return { word: reasons.length === 0 ? 'well' : 'impaired', reasons }
  }
  if (leader !== null && answering !== null) {
    return {
      word: 'halted',
      reasons: [{ kind: 'few-answer', cluster: cluster.id, node: leader.id, answering, members }, ...nodes],
    }
  }
  const isStarting = cluster.state === 'starting' || nodes.some(({ kind }) => kind === 'node-starting')
  if (alive < needed && isStarting) return { word: 'starting', reasons: nodes }
  if (alive < needed) {
    return { word: 'halted', reasons: [{ kind: 'no-majority', cluster: cluster.id, alive, members, needed }, ...nodes] }
  }
  return { word: 'electing', reasons: [{ kind: 'no-leader', cluster: cluster.id }, ...nodes] }
}

/** Nobody is elected here: it is as well as its nodes are. The systems behind it go on without it. */
function loneHealth(cluster: ClusterCard, hostNowMs: number): Health {
  const reasons = nodeReasons(cluster, hostNowMs)
  const isStarting = reasons.some(({ kind }) => kind === 'node-starting')
  return { word: reasons.length === 0 ? 'well' : isStarting ? 'starting' : 'impaired', reasons }
}

/** There is a leader, and this node looks for one. */
function astray(cluster: ClusterCard, hostNowMs: number): readonly HealthReason[] {
  return cluster.nodes
    .filter((node) => ['candidate', 'pre-candidate'].includes(conditionOf(node, hostNowMs)))
    .map(({ id }): HealthReason => ({ kind: 'node-astray', node: id }))
}

function memberReasons(membership: Membership | null): readonly HealthReason[] {
  if (membership === null) return []
  return [
    ...membership.lost.map((node): HealthReason => ({ kind: 'disk-lost', node })),
    ...membership.learners.map((node): HealthReason => ({ kind: 'node-learning', node })),
  ]
}

function nodeReasons(cluster: ClusterCard, hostNowMs: number): readonly HealthReason[] {
  return cluster.nodes.flatMap((node): HealthReason[] => {
    switch (conditionOf(node, hostNowMs)) {
      case 'down':
      case 'stopped':
      case 'stopping':
        return [{ kind: 'node-down', node: node.id }]
      case 'paused':
        return [{ kind: 'node-paused', node: node.id }]
      case 'waiting':
      case 'starting':
      case 'unknown':
        return [{ kind: 'node-starting', node: node.id }]
      case 'stale':
        return [{ kind: 'node-stale', node: node.id, ageMs: hostNowMs - (node.viewWallMs ?? hostNowMs) }]
      default:
        return []
    }
  })
}
