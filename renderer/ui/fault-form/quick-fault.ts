import type { NodeCard } from '#contract/window/topology'
import type { Fault, FaultKind } from '#contract/worker/faults'

/** How long a fault lasts when nobody said otherwise: long enough to watch, short enough to be forgotten safely. */
export const defaultForMs = 30_000

/** A fault of this kind at this node with usual numbers, against all the others where it is about links. */
export function quickFault(kind: FaultKind, node: NodeCard, nodes: readonly NodeCard[]): Fault | null {
  const others = nodes.filter((other) => other.clusterId === node.clusterId && other.id !== node.id)
  const first = others[0]
  switch (kind) {
    case 'kill':
    case 'pause':
    case 'full-disk':
      return { kind, node: node.id }
    case 'slow-disk':
      return { kind, node: node.id, ms: 200 }
    case 'skew':
      return { kind, node: node.id, ms: 60_000 }
    case 'cut':
      return first ? { kind, from: [node.id], to: others.map(({ id }) => id), both: true } : null
    case 'delay':
      return first ? { kind, from: node.id, to: first.id, ms: 300, jitterMs: 100 } : null
    case 'loss':
    case 'duplicate':
      return first ? { kind, from: node.id, to: first.id, percent: 50 } : null
  }
}
