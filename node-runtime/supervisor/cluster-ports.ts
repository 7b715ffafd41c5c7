import type { ClusterId } from '#kit/ids'
import { ok, type Result } from '#kit/result'
import { keepPortsFor, type PlanParts } from './lab-plans.ts'
import type { ManagedNode } from './managed-node.ts'
import type { ClusterSpec } from './presets.ts'
import { seatsOf } from './shop-preset.ts'

export interface Cluster {
  readonly spec: ClusterSpec
  readonly nodes: readonly ManagedNode[]
}

/** Nothing of it runs or is about to. */
export function isAtRest({ nodes }: Cluster): boolean {
  return nodes.every(({ state: { kind } }) => kind === 'stopped' || kind === 'left-down' || kind === 'killed')
}

/**
 * Ports are chosen before the first node of a cluster starts; while one lives, they are as they are. Nodes are told the
 * ports of those whom they ask and of those who ask them, so the ports of all of these are chosen together.
 */
export class ClusterPorts {
  readonly #clusters: readonly Cluster[]
  readonly #movedUnder: (asker: Cluster) => void
  /** Choices that are under way: whoever starts a node that one of them is about waits for the same one. */
  readonly #underWay = new Map<ClusterId, Promise<Result<null>>>()

  /** `movedUnder` hears of one that runs and looks for those whom it asks where they were. */
  constructor(clusters: readonly Cluster[], movedUnder: (asker: Cluster) => void) {
    this.#clusters = clusters
    this.#movedUnder = movedUnder
  }

  choose(cluster: Cluster, parts: PlanParts): Promise<Result<null>> {
    const family = this.#familyOf(cluster)
    const key = family[0]?.spec.id ?? cluster.spec.id
    const underWay = this.#underWay.get(key)
    if (underWay !== undefined) return underWay
    if (!isAtRest(cluster)) return Promise.resolve(ok(null))
    const choosing = this.#choose(family, parts).finally(() => this.#underWay.delete(key))
    this.#underWay.set(key, choosing)
    return choosing
  }

  async settled(): Promise<void> {
    await Promise.all(this.#underWay.values())
  }

  async #choose(family: readonly Cluster[], parts: PlanParts): Promise<Result<null>> {
    // Looked at now: who asked for this choice starts nodes while it is made.
    const awake = family.filter((one) => !isAtRest(one))
    const resting = family.filter((one) => isAtRest(one) && !isKnown(one, awake, parts))
    for (const { spec } of resting) {
      const moved = await keepPortsFor(spec, parts)
      if (!moved.ok) return moved
      if (moved.value) for (const one of awake) if (one.spec.asks.includes(spec.id)) this.#movedUnder(one)
    }
    return ok(null)
  }

  /** Whoever is linked with it by asking, in the order of the lab. */
  #familyOf(cluster: Cluster): readonly Cluster[] {
    const found = new Set([cluster])
    for (const one of found) {
      for (const other of this.#clusters) if (areLinked(one.spec, other.spec)) found.add(other)
    }
    return this.#clusters.filter((one) => found.has(one))
  }
}

function areLinked(one: ClusterSpec, other: ClusterSpec): boolean {
  return one.asks.includes(other.id) || other.asks.includes(one.id)
}

/** Those whom it asks run, and were told where it is. */
function isKnown({ spec }: Cluster, awake: readonly Cluster[], { folder }: PlanParts): boolean {
  const haveAll = seatsOf(spec).every(({ id }) => folder.port(id) !== null)
  return haveAll && awake.some((one) => spec.asks.includes(one.spec.id))
}

export function isPortTaken(started: Result<null>): boolean {
  return !started.ok && started.failure.code === 'port-taken'
}
