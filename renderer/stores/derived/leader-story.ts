import type { RecordedEvent } from '#contract/window/recording'
import type { ClusterCard, NodeCard } from '#contract/window/topology'
import { conditionOf } from './condition.ts'
import { leadersOf } from './leaders.ts'
import { isGroupLost, isGroupRole, isUnled, membershipOf } from './membership.ts'
import { type RingStory, ringStory } from './ring-story.ts'

/** Why the present leader was chosen, as far as the recording still tells. */
export type ElectionWhy =
  | { readonly kind: 'silent'; readonly before: string; readonly silentMs: number | null }
  | { readonly kind: 'start' }
  /** The leader before asked it to stand. null: the recording does not name that one. */
  | { readonly kind: 'handed-over'; readonly before: string | null }
  | { readonly kind: 'unknown' }
  /** The election itself is no longer recorded: then no votes are claimed either. */
  | { readonly kind: 'forgotten' }

export type LeaderStory =
  | {
      readonly kind: 'leads'
      readonly leader: string
      readonly term: number
      /** Votes that are recorded; null: too few of them, or the members are others now. Then "a majority" is certain. */
      readonly votes: number | null
      readonly members: number
      readonly why: ElectionWhy
      readonly missing: readonly string[]
      readonly outdated: readonly { readonly node: string; readonly term: number }[]
      /** Members that count in no majority, because their disks are lost. */
      readonly lost: readonly string[]
      readonly learners: readonly string[]
      readonly handingOverTo: string | null
    }
  /** A majority of the disks is gone: nothing will be decided any more, whoever comes back. */
  | {
      readonly kind: 'lost'
      readonly lost: readonly string[]
      readonly members: number
      readonly left: readonly string[]
    }
  | {
      readonly kind: 'leads-alone'
      readonly leader: string
      readonly term: number
      readonly answering: number
      readonly members: number
    }
  | { readonly kind: 'electing'; readonly candidate: string; readonly term: number }
  | { readonly kind: 'no-leader' | 'starting' | 'stopped' }
  | { readonly kind: 'halted'; readonly alive: number; readonly members: number; readonly needed: number }
  | { readonly kind: 'stale'; readonly ageMs: number }
  /** Nobody is elected here: each of them serves by itself. */
  | { readonly kind: 'unled'; readonly here: number; readonly all: number }
  | RingStory

/** The sentence above the picture, as a value: who leads and why, or what keeps it from being so. */
export function leaderStory(cluster: ClusterCard, story: readonly RecordedEvent[], hostNowMs: number): LeaderStory {
  if (cluster.state === 'stopped') return { kind: 'stopped' }
  if (cluster.kind === 'ring') return ringStory(cluster, hostNowMs)
  if (isUnled(cluster)) {
    const servers = cluster.nodes.filter(({ role }) => isServing(role))
    const here = servers.filter((node) => conditionOf(node, hostNowMs) === 'serving').length
    return { kind: 'unled', here, all: servers.length }
  }
  const membership = membershipOf(cluster, hostNowMs)
  if (membership !== null && isGroupLost(membership)) {
    const { voters, lost } = membership
    return { kind: 'lost', lost, members: voters.length, left: voters.filter((id) => !lost.includes(id)) }
  }
  const leaders = leadersOf(cluster, hostNowMs)
  const { leader, term, members, needed, answering, present: alive } = leaders
  if (leader !== null && !leaders.hasMajority && answering !== null) {
    return { kind: 'leads-alone', leader: leader.id, term, answering, members }
  }
  if (leader !== null) {
    const { why, votes } = electionOf({ story, leader: leader.id, term, needed })
    const missing = cluster.nodes
      .filter((node) => isGroupRole(node.role) && node !== leader && !isFollowing(node, leader, hostNowMs))
      .map((node) => node.id)
    const outdated = leaders.outdated.map((node) => ({ node: node.id, term: node.view?.leadership?.term ?? 0 }))
    const handingOverTo = leader.view?.leadership?.handingOverTo ?? null
    const { lost, learners } = membership ?? { lost: [], learners: [] }
    return {
      kind: 'leads',
      leader: leader.id,
      ...{ term, votes, members, why, missing, outdated, lost, learners, handingOverTo },
    }
  }
  const conditions = cluster.nodes.map((node) => ({ node, condition: conditionOf(node, hostNowMs) }))
  const staleAges = conditions.filter(({ condition }) => condition === 'stale').map(({ node }) => node.viewWallMs ?? 0)
  if (alive === 0 && staleAges.length > 0) return { kind: 'stale', ageMs: hostNowMs - Math.max(...staleAges) }
  const isStarting = conditions.some(({ condition }) => ['waiting', 'starting', 'unknown'].includes(condition))
  if (alive < needed) return isStarting ? { kind: 'starting' } : { kind: 'halted', alive, members, needed }
  const candidate = conditions.find(({ condition }) => condition === 'candidate')?.node
  if (candidate) return { kind: 'electing', candidate: candidate.id, term: candidate.view?.leadership?.term ?? term }
  return { kind: 'no-leader' }
}

/** Broker, proxy and bots stand beside those who answer. */
function isServing(role: NodeCard['role']): boolean {
  return role === 'chat-server' || role === 'desk'
}

/** It is there, and says that it follows this leader. */
function isFollowing(node: NodeCard, leader: NodeCard, hostNowMs: number): boolean {
  return conditionOf(node, hostNowMs) === 'follower' && node.view?.leadership?.leader === leader.id
}

interface Election {
  readonly story: readonly RecordedEvent[]
  readonly leader: string
  readonly term: number
  readonly needed: number
}

function electionOf(election: Election): { readonly why: ElectionWhy; readonly votes: number | null } {
  const { story, leader, term, needed } = election
  const wonAt = story.findLastIndex(
    ({ node, what }) => node === leader && what.kind === 'role-changed' && what.to === 'leader' && what.term === term,
  )
  if (wonAt < 0) return { why: { kind: 'forgotten' }, votes: null }
  // Whoever was a member then may be none now: a count of votes would be held against another number of members.
  const isOtherGroup = story.slice(wonAt).some(({ what }) => what.kind === 'members-changed')
  const voters = new Set([leader])
  for (const { node, what } of story) {
    if (what.kind === 'voted' && what.term === term && what.for === leader && node !== null) voters.add(node)
  }
  return { why: whyOf(election, wonAt), votes: voters.size >= needed && !isOtherGroup ? voters.size : null }
}

/**
 * Whose silence it was about: the winner's own doubt since the election before; failing that, the doubt of another
 * node, because a winner at the second try no longer knows a leader of which to doubt.
 */
function whyOf({ story, leader }: Election, wonAt: number): ElectionWhy {
  let why: ElectionWhy = { kind: 'unknown' }
  for (let index = wonAt - 1; index >= 0; index -= 1) {
    const event = story[index]
    if (event === undefined || event.what.kind !== 'role-changed') continue
    if (event.what.to === 'leader') break
    if (event.what.why === 'was-handed-over' && event.node === leader) {
      return { kind: 'handed-over', before: event.what.leader === leader ? null : event.what.leader }
    }
    if (event.what.why !== 'heard-no-leader') continue
    const { leader: before, silentMs } = event.what
    const isNamed = before !== null && before !== leader
    if (isNamed && event.node === leader) return { kind: 'silent', before, silentMs }
    if (isNamed && why.kind !== 'silent') why = { kind: 'silent', before, silentMs }
    else if (event.node === leader && why.kind === 'unknown') why = { kind: 'start' }
  }
  return why
}
