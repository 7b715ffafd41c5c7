import type { ClusterCard, NodeCard } from '#contract/window/topology'
import { type Condition, conditionOf } from './condition.ts'

/** What one node is in the eyes of another, and how that compares with the evidence. */
export interface Belief {
  readonly seen: 'leader' | 'self' | 'member' | 'silent' | 'unknown'
  /** How the card is to be coloured: by the belief, not by the truth. */
  readonly condition: Condition | 'member'
  readonly heardMsAgo: number | null
  readonly differs: boolean
  /** The term in which it is believed to be so; a node knows no other's term but its leader's. */
  readonly term: number | null
}

/** Nothing heard from a peer for this long counts as silence in a belief. */
export const silentAfterMs = 2_000

/** How `believer` sees `node`; null when the believer has told nothing. */
export function beliefAbout(
  { believer, node }: { readonly believer: NodeCard; readonly node: NodeCard },
  hostNowMs: number,
): Belief | null {
  const view = believer.view
  const leadership = view?.leadership ?? null
  if (view === null || leadership === null) return null
  const truth = conditionOf(node, hostNowMs)
  if (node.id === believer.id) {
    const own = leadership.leadership === 'none' ? 'unknown' : leadership.leadership
    return { seen: 'self', condition: own, heardMsAgo: 0, differs: false, term: leadership.term }
  }
  const heardMsAgo = view.links.find((link) => link.peer === node.id)?.heardMsAgo ?? null
  const isSilent = heardMsAgo === null || heardMsAgo > silentAfterMs
  if (leadership.leader === node.id)
    return { seen: 'leader', condition: 'leader', heardMsAgo, differs: truth !== 'leader', term: leadership.term }
  if (isSilent) return { seen: 'silent', condition: 'unknown', heardMsAgo, differs: truth === 'leader', term: null }
  return {
    seen: 'member',
    condition: 'member',
    heardMsAgo,
    differs: truth === 'leader' || truth === 'down',
    term: null,
  }
}

export function findBeliever(cluster: ClusterCard, id: string | null): NodeCard | null {
  return cluster.nodes.find((node) => node.id === id) ?? null
}
