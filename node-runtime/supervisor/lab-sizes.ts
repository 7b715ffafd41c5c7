import { type NodeId, nodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { type Cluster, isAtRest } from './cluster-ports.ts'
import type { LabFile } from './lab-file.ts'
import type { LabFolder } from './lab-folder.ts'
import type { ClusterSpec } from './presets.ts'

/**
 * With how many nodes the clusters of a lab are founded. A group chooses its first members once, so this is chosen before
 * any of them has run; who is a member later, the group itself decides.
 */
export class LabSizes {
  readonly #sizes: Map<string, number>
  /** As of the last look into the lab; a lab that was reset has none. */
  readonly #hasRun: Set<string>

  constructor({ sizes, hasRun }: Pick<LabFile, 'sizes' | 'hasRun'>) {
    this.#sizes = new Map(Object.entries(sizes))
    this.#hasRun = new Set(hasRun)
  }

  /** The lab is as new. */
  forget(): void {
    this.#sizes.clear()
    this.#hasRun.clear()
  }

  runs(node: NodeId): void {
    this.#hasRun.add(node)
  }

  shaped(spec: ClusterSpec): ClusterSpec {
    const size = this.#sizes.get(spec.id)
    return spec.sizes === null || size === undefined ? spec : withNodes(spec, size)
  }

  /** null: it is as it is. */
  choiceOf({ sizes, nodes }: ClusterSpec): ClusterSpec['sizes'] {
    return nodes.some(({ id }) => this.#hasRun.has(id)) ? null : sizes
  }

  choose({ spec, nodes }: Cluster, count: number, folder: LabFolder): Result<null> {
    const { id, sizes } = spec
    if (nodes.length === count) return ok(null)
    if (sizes === null) return fail('does-not-apply', `${id} has as many nodes as it has`)
    if (count < sizes.min || count > sizes.max)
      return fail('bad-request', `${id} has ${sizes.min} to ${sizes.max} nodes`)
    if (this.choiceOf(spec) === null || !isAtRest({ spec, nodes })) {
      return fail(
        'does-not-apply',
        `${id} was founded with ${nodes.length} nodes; only a lab that is reset can choose again`,
      )
    }
    const kept = folder.keepSize(id, count)
    if (kept.ok) this.#sizes.set(id, count)
    return kept
  }
}

/** Named and made like the first one. */
function withNodes(spec: ClusterSpec, count: number): ClusterSpec {
  const named = (index: number): NodeId => nodeId(`${spec.id}-${index + 1}`)
  const [first] = spec.nodes
  if (first === undefined || count === spec.nodes.length) return spec
  return { ...spec, nodes: Array.from({ length: count }, (_, index) => ({ ...first, id: named(index) })) }
}
