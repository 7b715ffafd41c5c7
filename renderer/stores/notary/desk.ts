import type { NodeCard, TopologySnapshot } from '#contract/window/topology'
import type { DeskView } from '#contract/worker/desk'
import { allNodes } from '../topology.ts'

/** The desk's own word in its node's view; null: it does not run, or has not spoken yet. */
export function deskOf(snapshot: TopologySnapshot | null): DeskView | null {
  return deskCard(snapshot)?.view?.desk ?? null
}

export function deskCard(snapshot: TopologySnapshot | null): NodeCard | null {
  return allNodes(snapshot).find(({ role }) => role === 'desk') ?? null
}

export function notaryCluster(snapshot: TopologySnapshot | null) {
  return snapshot?.clusters.find(({ kind }) => kind === 'notary') ?? null
}
