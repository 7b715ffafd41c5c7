import type { ClusterCard, NodeCard } from '#contract/window/topology'
import { conditionOf, isPresent, majorityOf } from './condition.ts'
import { isGroupRole, membershipOf, standingIn } from './membership.ts'

/** A cluster's leadership by all evidence. Two nodes may believe that they lead; only the newest term counts. */
export interface Leaders {
  /** Says that it leads, in the newest term that any node says it leads. */
  readonly leader: NodeCard | null
  readonly term: number
  /** How many answer it, itself included; null: it has not said. */
  readonly answering: number | null
  /** Enough answer it, so that it can decide something. */
  readonly hasMajority: boolean
  /** Others that still believe in an older term of their own. */
  readonly outdated: readonly NodeCard[]
  /** Nodes that have a vote, as far as anybody has told; otherwise all nodes of the cluster. */
  readonly members: number
  /** Of these, the ones that are there and still have their disks. */
  readonly present: number
  readonly needed: number
}

export function leadersOf(cluster: ClusterCard, hostNowMs: number): Leaders {
  const conditions = new Map(cluster.nodes.map((node) => [node, conditionOf(node, hostNowMs)]))
  const claims = cluster.nodes
    .filter((node) => conditions.get(node) === 'leader')
    .sort((one, other) => termOf(other) - termOf(one))
  const leader = claims[0] ?? null
  const membership = membershipOf(cluster, hostNowMs)
  const hasVote = ({ id }: NodeCard): boolean => membership === null || standingIn(membership, id) === 'voter'
  const members = membership?.voters.length ?? cluster.nodes.filter(({ role }) => isGroupRole(role)).length
  const answering = leader?.view?.leadership?.answering ?? null
  const needed = majorityOf(members)
  return {
    leader,
    term: leader === null ? Math.max(0, ...cluster.nodes.map(termOf)) : termOf(leader),
    answering,
    hasMajority: leader !== null && (answering === null || answering >= needed),
    outdated: claims.slice(1),
    members,
    present: [...conditions].filter(([node, condition]) => hasVote(node) && isPresent(condition)).length,
    needed,
  }
}

export function termOf(node: NodeCard): number {
  return node.view?.leadership?.term ?? 0
}
