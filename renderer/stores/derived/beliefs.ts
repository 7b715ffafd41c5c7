import type { ClusterCard, NodeCard } from '#contract/window/topology'
import type { RingMemberFacts, RingPeerFacts } from '#contract/worker/ring'
import { type Condition, conditionOf } from './condition.ts'

/** What one node is in the eyes of another, and how that compares with the evidence. */
export interface Belief {
  readonly seen: 'leader' | 'self' | 'member' | 'silent' | 'unknown' | 'suspected' | 'dead' | 'outside'
  /** How the card is to be coloured: by the belief, not by the truth. */
  readonly condition: Condition | 'suspected'
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
  if (view?.ring) return ringBelief({ believer, node, facts: view.ring }, hostNowMs)
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

interface RingBelief {
  readonly believer: NodeCard
  readonly node: NodeCard
  readonly facts: RingPeerFacts
}

/** A peer of a ring has a list of members, and a mark beside whoever it doubts. */
function ringBelief({ believer, node, facts }: RingBelief, hostNowMs: number): Belief | null {
  const truth = conditionOf(node, hostNowMs)
  const id = node.view?.ring?.id ?? null
  const { term } = facts
  if (node.id === believer.id) {
    return { seen: 'self', condition: truth, heardMsAgo: 0, differs: false, term }
  }
  if (node.view === null) return null
  const heardMsAgo = believer.view?.links.find((link) => link.peer === node.id)?.heardMsAgo ?? null
  const member = id === null ? null : memberOf(facts, id)
  if (member === null) return { seen: 'outside', condition: 'unknown', heardMsAgo, differs: false, term: null }
  const isAlive = ['leader', 'member', 'candidate'].includes(truth)
  if (member.state === 'dead') return { seen: 'dead', condition: 'down', heardMsAgo, differs: isAlive, term: null }
  if (member.state === 'suspected')
    return { seen: 'suspected', condition: 'suspected', heardMsAgo, differs: isAlive, term: null }
  if (id === facts.leader) return { seen: 'leader', condition: 'leader', heardMsAgo, differs: truth !== 'leader', term }
  return { seen: 'member', condition: 'member', heardMsAgo, differs: truth !== 'member', term: null }
}

function memberOf({ members }: RingPeerFacts, id: string): RingMemberFacts | null {
  return members.find((member) => member.id === id) ?? null
}
