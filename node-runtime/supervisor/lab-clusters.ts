import type { ClusterId, NodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { type Cluster, isAtRest } from './cluster-ports.ts'
import type { ManagedNode } from './managed-node.ts'
import type { ClusterSpec } from './presets.ts'

export interface ClusterParts {
  readonly presets: readonly ClusterSpec[]
  /** The cluster as it is to run: a person may have chosen how many nodes it has. */
  shaped(preset: ClusterSpec): ClusterSpec
  makeNode(id: NodeId): ManagedNode
}

/** The clusters of a lab and their nodes. A node that stays in its cluster is the same one when that is shaped anew. */
export class LabClusters {
  readonly #parts: ClusterParts
  readonly #all: Cluster[]

  constructor(parts: ClusterParts) {
    this.#parts = parts
    this.#all = parts.presets.map((preset) => this.#shape(preset, []))
  }

  /** In the order of the lab; always the same list. */
  get all(): readonly Cluster[] {
    return this.#all
  }

  get nodes(): readonly ManagedNode[] {
    return this.#all.flatMap(({ nodes }) => nodes)
  }

  find(id: ClusterId): Result<Cluster> {
    const cluster = this.#all.find(({ spec }) => spec.id === id)
    return cluster === undefined ? fail('unknown-cluster', `the lab has no cluster ${id}`) : ok(cluster)
  }

  node(id: NodeId): ManagedNode | null {
    return this.nodes.find((node) => node.id === id) ?? null
  }

  /** Nothing of it lives or is about to: there is nothing to kill, and no reason to bring it back afterwards. */
  isDown(id: NodeId): boolean {
    const kind = this.node(id)?.state.kind
    return kind === undefined || kind === 'stopped' || kind === 'stopping' || kind === 'left-down'
  }

  clusterOf(id: NodeId): Cluster | undefined {
    return this.#all.find(({ nodes }) => nodes.some((node) => node.id === id))
  }

  isUp(id: ClusterId): boolean {
    const cluster = this.find(id)
    return cluster.ok && !isAtRest(cluster.value)
  }

  /** Those that run are left as they are. */
  shapeAnew(): void {
    this.#parts.presets.forEach((preset, index) => {
      const before = this.#all[index]
      if (before !== undefined && isAtRest(before)) this.#all[index] = this.#shape(preset, before.nodes)
    })
  }

  /** While it runs: whoever stays is left as it is, and whoever goes has stopped. */
  shapeNow(id: ClusterId): void {
    const index = this.#all.findIndex(({ spec }) => spec.id === id)
    const [preset, before] = [this.#parts.presets[index], this.#all[index]]
    if (preset !== undefined && before !== undefined) this.#all[index] = this.#shape(preset, before.nodes)
  }

  #shape(preset: ClusterSpec, nodes: readonly ManagedNode[]): Cluster {
    const spec = this.#parts.shaped(preset)
    const nodeFor = (id: NodeId) => nodes.find((node) => node.id === id) ?? this.#parts.makeNode(id)
    return { spec, nodes: spec.nodes.map(({ id }) => nodeFor(id)) }
  }
}
