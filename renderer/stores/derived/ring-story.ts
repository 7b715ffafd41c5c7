import type { ClusterCard, NodeCard } from '#contract/window/topology'
import { conditionOf } from './condition.ts'
import { doubtsAbout, type Ring, type RingSight, ringSight } from './rings.ts'

export type RingStory =
  | {
      readonly kind: 'ring'
      readonly leader: string
      readonly term: number
      readonly size: number
      readonly suspected: readonly string[]
      /** Peers of this lab that are in no ring now. */
      readonly outside: readonly string[]
    }
  /** Two or more rings, each with its leader and its size. */
  | { readonly kind: 'ring-split'; readonly rings: readonly { readonly leader: string; readonly size: number }[] }
  | { readonly kind: 'ring-leaderless' | 'ring-silent' | 'ring-forming' }

/** The sentence above a ring: one leader, two rings, or a ring that looks for a leader. */
export function ringStory(cluster: ClusterCard, hostNowMs: number): RingStory {
  const sight = ringSight(cluster, hostNowMs)
  const [ring] = sight.rings.filter(({ isLed }) => isLed)
  if (sight.isSplit) {
    const rings = sight.rings.filter(({ isLed }) => isLed)
    return { kind: 'ring-split', rings: rings.map((one) => ({ leader: nameOf(one, cluster), size: one.peers.length })) }
  }
  if (ring !== undefined) return oneRing(ring, sight, cluster)
  if (sight.rings.length > 0) return { kind: 'ring-leaderless' }
  const isForming = cluster.nodes.some((node) => forming.includes(conditionOf(node, hostNowMs)))
  return { kind: isForming ? 'ring-forming' : 'ring-silent' }
}

const forming: readonly string[] = ['waiting', 'starting', 'unknown', 'seeking']

function oneRing(ring: Ring, sight: RingSight, cluster: ClusterCard): RingStory {
  const inRing = ring.peers.map(({ node }) => node.id)
  const isDoubted = ({ view }: NodeCard): boolean => {
    const doubts = view?.ring ? doubtsAbout(view.ring.id, sight) : null
    return doubts !== null && doubts.suspected.length > 0
  }
  const [first] = ring.peers
  return {
    kind: 'ring',
    leader: nameOf(ring, cluster),
    term: ring.term,
    size: first?.facts.members.length ?? 0,
    suspected: cluster.nodes.filter(isDoubted).map(({ id }) => id),
    outside: cluster.nodes.filter(({ id }) => !inRing.includes(id)).map(({ id }) => id),
  }
}

/** By its node, where it is one of this lab; else by its address. */
function nameOf({ leader }: Ring, { nodes }: ClusterCard): string {
  return nodes.find(({ view }) => view?.ring?.id === leader)?.id ?? leader
}
