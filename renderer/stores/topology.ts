import { createStore } from 'zustand/vanilla'
import type { ClusterCard, NodeCard, TopologySnapshot } from '#contract/window/topology'
import { shareUnchanged } from './share.ts'

export interface TopologyState {
  readonly snapshot: TopologySnapshot | null
  /** When the snapshot arrived, by the window's clock. */
  readonly receivedMs: number
  /** Add it to the window's clock to get the host's. Snapshots age on their way, so the greatest seen is nearest. */
  readonly hostAheadMs: number
}

export const emptyTopology: TopologyState = { snapshot: null, receivedMs: 0, hostAheadMs: Number.NEGATIVE_INFINITY }

export const createTopologyStore = () => createStore<TopologyState>()(() => emptyTopology)

/** The latest revision wins; one that overtook another on the way is dropped. */
export function withSnapshot(state: TopologyState, snapshot: TopologySnapshot, nowMs: number): TopologyState {
  if (state.snapshot !== null && snapshot.revision <= state.snapshot.revision) return state
  return {
    snapshot: shareUnchanged(state.snapshot, snapshot),
    receivedMs: nowMs,
    hostAheadMs: Math.max(state.hostAheadMs, snapshot.takenWallMs - nowMs),
  }
}

/** After a broken line another host may answer, which counts its revisions from the start. What is drawn stays, aging. */
export function withNewLine(state: TopologyState): TopologyState {
  if (state.snapshot === null) return state
  return { ...state, snapshot: { ...state.snapshot, revision: -1 }, hostAheadMs: Number.NEGATIVE_INFINITY }
}

export function hostNow(state: TopologyState, nowMs: number): number {
  return Number.isFinite(state.hostAheadMs) ? nowMs + state.hostAheadMs : nowMs
}

export function allNodes(snapshot: TopologySnapshot | null): readonly NodeCard[] {
  return snapshot?.clusters.flatMap((cluster) => cluster.nodes) ?? noNodes
}

export function findNode(snapshot: TopologySnapshot | null, id: string): NodeCard | null {
  return allNodes(snapshot).find((node) => node.id === id) ?? null
}

export function clusterOf(snapshot: TopologySnapshot | null, nodeId: string): ClusterCard | null {
  return snapshot?.clusters.find((cluster) => cluster.nodes.some((node) => node.id === nodeId)) ?? null
}

const noNodes: readonly NodeCard[] = []
