import type { ClusterCard, NodeCard } from '#contract/window/topology'
import type { LogView, PeerLogView } from '#contract/worker/view'
import { type Condition, conditionOf, isViewOfThisLife } from './condition.ts'
import { leadersOf } from './leaders.ts'

/** Where a node is in the log, and whether that may be drawn as live. */
export interface LogSight {
  readonly log: LogView
  /** It is what the node last said, and the node is silent, down or on its way since. */
  readonly isOld: boolean
  /** Committed entries that the leader does not know to be on this node's disk; null: no leader can tell. */
  readonly behind: number | null
}

/** The stretch of the log that all bars of a group are drawn on, so that they can be compared at a glance. */
export interface LogScale {
  readonly from: number
  readonly to: number
}

/** A bar on its scale, in parts of the whole width: 0 is the left edge, 1 the right. */
export interface LogBarParts {
  readonly begin: number
  readonly applied: number
  readonly committed: number
  readonly last: number
}

const live: readonly Condition[] = ['leader', 'follower', 'candidate', 'pre-candidate', 'paused']

export function logSight(cluster: ClusterCard, node: NodeCard, hostNowMs: number): LogSight | null {
  const log = node.view?.log ?? null
  if (log === null || !isViewOfThisLife(node)) return null
  const isOld = !live.includes(conditionOf(node, hostNowMs))
  return { log, isOld, behind: behindOf(cluster, node, hostNowMs) }
}

/**
 * By the leader's word alone: two nodes report at two moments, and under load the difference of their reports would say
 * more about the moments than about the nodes.
 */
function behindOf(cluster: ClusterCard, node: NodeCard, hostNowMs: number): number | null {
  const { leader } = leadersOf(cluster, hostNowMs)
  const log = leader?.view?.log ?? null
  if (leader === null || log === null) return null
  if (leader.id === node.id) return 0
  const known = log.peers.find(({ peer }) => peer === node.id)
  return known === undefined ? null : peerBehind(log, known)
}

/** A peer that its leader has not heard of yet may be behind by anything, which is not the same as by everything. */
export function peerBehind({ committedIndex }: LogView, { state, matchIndex }: PeerLogView): number | null {
  if (state === 'probing' && matchIndex === 0) return null
  return Math.max(0, committedIndex - matchIndex)
}

/** From the earliest beginning to the latest end of all logs that are drawn. */
export function logScale(cluster: ClusterCard): LogScale {
  const logs = cluster.nodes.flatMap((node) => (node.view?.log && isViewOfThisLife(node) ? [node.view.log] : []))
  return {
    from: Math.min(...logs.map(({ snapshotIndex }) => snapshotIndex), Number.MAX_SAFE_INTEGER),
    to: Math.max(...logs.map(({ lastIndex }) => lastIndex), 0),
  }
}

export function barParts(log: LogView, { from, to }: LogScale): LogBarParts {
  const at = (index: number): number => (to <= from ? 0 : Math.min(1, Math.max(0, (index - from) / (to - from))))
  const { snapshotIndex, appliedIndex, committedIndex, lastIndex } = log
  return { begin: at(snapshotIndex), applied: at(appliedIndex), committed: at(committedIndex), last: at(lastIndex) }
}
