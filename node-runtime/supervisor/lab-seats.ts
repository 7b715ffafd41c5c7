import { catalogueSizes } from '#contract/worker/sizes'
import type { FailureCode } from '#kit/failures'
import { type ClusterId, type NodeId, nodeId } from '#kit/ids'
import { fail, ok, type Result } from '#kit/result'
import { type Cluster, isAtRest } from './cluster-ports.ts'
import type { LabFile } from './lab-file.ts'
import type { LabFolder } from './lab-folder.ts'
import type { ManagedNode } from './managed-node.ts'
import type { ClusterSpec } from './presets.ts'
import { seatsOf } from './shop-preset.ts'

export interface LabSeatsParts {
  readonly kept: Pick<LabFile, 'seated'>
  /** The cluster is to have those nodes from now on. */
  readonly changed: (id: ClusterId) => void
  readonly start: (node: NodeId) => Promise<Result<null>>
  readonly gone: (node: NodeId) => void
  readonly pause: (ms: number) => Promise<unknown>
}

/** What a group says whose lead changes hands, or which changes its members already. It is over in a moment. */
const passing: readonly FailureCode[] = ['not-leader', 'busy']
const patience = { times: 20, everyMs: 100 } as const

/**
 * Who has a seat in a cluster that takes nodes in and lets them go while it runs. Its group has the last word on both: who
 * comes asks to be taken in, and learns before it has a vote; who goes is let go of first, and stopped then.
 */
export class LabSeats {
  readonly #parts: LabSeatsParts
  readonly #seated: Map<string, readonly NodeId[]>
  /** One change at a time, as in the group. */
  #isChanging = false

  constructor(parts: LabSeatsParts) {
    this.#parts = parts
    this.#seated = new Map(Object.entries(parts.kept.seated).map(([id, nodes]) => [id, nodes.map(nodeId)]))
  }

  /** The lab is as new. */
  forget(): void {
    this.#seated.clear()
  }

  /** Only nodes of the catalogue come and go. */
  shaped(spec: ClusterSpec): ClusterSpec {
    const seated = this.#seated.get(spec.id)
    if (spec.shop === undefined || seated === undefined) return spec
    const { catalogues } = spec.shop
    return { ...spec, nodes: seatsOf(spec).filter(({ id }) => seated.includes(id) || !catalogues.includes(id)) }
  }

  /** Gives back who has come; it begins with nothing, whoever sat there before. */
  add(cluster: Cluster, folder: LabFolder): Promise<Result<NodeId>> {
    return this.#alone(async () => {
      const { spec } = cluster
      const seated = cataloguesIn(cluster)
      const seat = spec.shop?.catalogues.find((id) => !seated.some((node) => node.id === id))
      if (spec.shop === undefined || isAtRest(cluster))
        return fail('does-not-apply', `${spec.id} is no shop that is open`)
      if (seat === undefined) return fail('does-not-apply', `${spec.id} has as many replicas as it may have`)
      const emptied = await folder.forgetNode(seat)
      if (!emptied.ok) return emptied
      const kept = this.#keep(spec, [...seated.map(({ id }) => id), seat], folder)
      const started = kept.ok ? await this.#parts.start(seat) : kept
      return started.ok ? ok(seat) : started
    })
  }

  remove(cluster: Cluster, id: NodeId, folder: LabFolder): Promise<Result<null>> {
    return this.#alone(async () => {
      const seated = cataloguesIn(cluster)
      const node = seated.find((one) => one.id === id)
      if (node === undefined) return fail('does-not-apply', `${id} is no replica of a shop`)
      if (seated.length <= catalogueSizes.min) {
        return fail('does-not-apply', `${cluster.spec.id} has no fewer than ${catalogueSizes.min} replicas`)
      }
      const agreed = await this.#letGo(cluster, id)
      if (!agreed.ok) return agreed
      await node.stop()
      this.#parts.gone(id)
      const rest = seated.filter((one) => one !== node).map((one) => one.id)
      return this.#keep(cluster.spec, rest, folder)
    })
  }

  async #letGo(cluster: Cluster, id: NodeId): Promise<Result<unknown>> {
    for (let asked = 1; ; asked += 1) {
      const agreed = await letGo(cataloguesIn(cluster), id)
      if (agreed.ok || !passing.includes(agreed.failure.code) || asked === patience.times) return agreed
      await this.#parts.pause(patience.everyMs)
    }
  }

  #keep({ id }: ClusterSpec, seated: readonly NodeId[], folder: LabFolder): Result<null> {
    const kept = folder.keepSeated(id, seated)
    if (!kept.ok) return kept
    this.#seated.set(id, seated)
    this.#parts.changed(id)
    return kept
  }

  async #alone<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    if (this.#isChanging) return fail('busy', 'another replica comes or goes')
    this.#isChanging = true
    try {
      return await work()
    } finally {
      this.#isChanging = false
    }
  }
}

function cataloguesIn({ spec, nodes }: Cluster): readonly ManagedNode[] {
  return nodes.filter(({ id }) => spec.shop?.catalogues.includes(id) === true)
}

/** Its group agrees to be without it. Whoever is no member any more was let go of before, and only not stopped. */
function letGo(nodes: readonly ManagedNode[], id: NodeId): Promise<Result<unknown>> {
  const said = nodes.flatMap((node) => {
    const leadership = node.state.kind === 'running' ? node.lastView?.view.leadership : null
    return leadership?.leadership === 'leader' ? [{ node, leadership }] : []
  })
  // Of two that believe they lead, only the one in the newer term can change anything.
  const [leader] = said.toSorted((one, other) => other.leadership.term - one.leadership.term)
  if (leader === undefined) return Promise.resolve(fail('not-leader', 'nobody leads the catalogue now'))
  const { members, learners } = leader.leadership
  if (![...members, ...learners].includes(id)) return Promise.resolve(ok(null))
  return leader.node.ask({ kind: 'remove-member', node: id })
}
