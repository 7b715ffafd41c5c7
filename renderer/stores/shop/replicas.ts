import type { ClusterCard } from '#contract/window/topology'
import type { ShopServiceFacts } from '#contract/worker/shop'
import { catalogueSizes } from '#contract/worker/sizes'
import type { NodeId } from '#kit/ids'

export type ReplicaState = 'primary' | 'live' | 'silent' | 'learner' | 'coming'

/** A service as the gateway sees it, or a node that runs and does not belong to the catalogue yet. */
export interface ReplicaRow {
  readonly nodeId: NodeId
  readonly state: ReplicaState
  readonly isReplica: boolean
  /** null: the gateway does not know it yet. */
  readonly facts: ShopServiceFacts | null
}

export interface Replicas {
  readonly rows: readonly ReplicaRow[]
  readonly canAdd: boolean
  readonly canRemove: boolean
}

export function replicasOf(services: readonly ShopServiceFacts[], cluster: ClusterCard | null): Replicas {
  const seated = (cluster?.nodes ?? []).flatMap(({ id, role }) => (role === 'shop-catalog' ? [id] : []))
  const learners = learnersIn(cluster)
  const known = services.map((facts) => {
    const { nodeId } = facts
    return {
      nodeId,
      facts,
      state: learners.includes(nodeId) ? ('learner' as const) : stateOf(facts),
      isReplica: seated.includes(nodeId),
    }
  })
  const coming = seated
    .filter((id) => !services.some(({ nodeId }) => nodeId === id))
    .map((nodeId) => ({
      nodeId,
      facts: null,
      state: learners.includes(nodeId) ? ('learner' as const) : ('coming' as const),
      isReplica: true,
    }))
  return {
    rows: [...known, ...coming],
    canAdd: seated.length > 0 && seated.length < catalogueSizes.max,
    canRemove: seated.length > catalogueSizes.min,
  }
}

/** By the word of who leads, who tells it sooner than the gateway is asked again; learning may be over by then. */
function learnersIn(cluster: ClusterCard | null): readonly NodeId[] {
  const views = (cluster?.nodes ?? []).flatMap(({ state, view }) =>
    state.kind === 'running' && view?.leadership?.leadership === 'leader' ? [view.leadership] : [],
  )
  const [newest] = views.toSorted((one, other) => other.term - one.term)
  return newest?.learners ?? []
}

/** Whoever learns does so whether it is asked or not. */
export function stateOf({ isLive, isPrimary, isLearner }: ShopServiceFacts): Exclude<ReplicaState, 'coming'> {
  if (isLearner) return 'learner'
  if (!isLive) return 'silent'
  return isPrimary ? 'primary' : 'live'
}
