import type { ClusterCard, NodeCard } from '#contract/window/topology'
import type { LeadershipView } from '#contract/worker/view'
import { conditionOf, isPresent, majorityOf } from './condition.ts'

/** Who belongs to a group, by the word of the node that is most likely to know. */
export interface Membership {
  readonly voters: readonly string[]
  readonly learners: readonly string[]
  /** Voters whose disks are lost: they are members still, and count in no majority. */
  readonly lost: readonly string[]
}

/** What a node is in its group. `outside`: those who know do not count it. */
export type Standing = 'voter' | 'learner' | 'lost' | 'outside' | 'unknown'

/**
 * The newest term wins, then a leader over others, then the longer log: members are an entry like any other, and whoever
 * has more entries knows the later ones. null: nobody who is there has told.
 */
export function membershipOf(cluster: ClusterCard, hostNowMs: number): Membership | null {
  const [best] = cluster.nodes.filter((node) => tells(node, hostNowMs)).sort(byKnowledge)
  const view = best?.view?.leadership
  return view ? { voters: view.members, learners: view.learners, lost: view.lost } : null
}

export function standingIn(membership: Membership | null, nodeId: string): Standing {
  if (membership === null) return 'unknown'
  if (membership.lost.includes(nodeId)) return 'lost'
  if (membership.voters.includes(nodeId)) return 'voter'
  return membership.learners.includes(nodeId) ? 'learner' : 'outside'
}

/** Whether nodes of this role are in the group at all: a broker of a chat and the gateway of a shop stand beside it. */
export function isGroupRole(role: NodeCard['role']): boolean {
  return role === 'notary-peer' || role === 'chat-server' || role === 'shop-catalog'
}

/** The desk stands alone, and of a chat in which every server answers nobody has to lead. */
export function isUnled({ kind, nodes }: ClusterCard): boolean {
  const isEverybodys = nodes.some(({ view }) => view?.chat?.kind === 'server' && view.chat.profile === 'everyone')
  return kind === 'desk' || (kind === 'chat' && isEverybodys)
}

/** So few disks are left that no majority will ever agree again, whoever comes back. */
export function isGroupLost({ voters, lost }: Membership): boolean {
  return lost.length > 0 && voters.length - lost.length < majorityOf(voters.length)
}

function tells(node: NodeCard, hostNowMs: number): boolean {
  const condition = conditionOf(node, hostNowMs)
  const isThere = isPresent(condition) || condition === 'paused'
  return isThere && (node.view?.leadership?.members.length ?? 0) > 0
}

function byKnowledge(one: NodeCard, other: NodeCard): number {
  const of = ({ view }: NodeCard) => ({
    term: view?.leadership?.term ?? 0,
    leads: Number(isLeader(view?.leadership)),
    last: view?.log?.lastIndex ?? 0,
  })
  const [left, right] = [of(one), of(other)]
  return right.term - left.term || right.leads - left.leads || right.last - left.last
}

function isLeader(view: LeadershipView | null | undefined): boolean {
  return view?.leadership === 'leader'
}
