import type { ClusterCard, NodeCard } from '#contract/window/topology'
import type { RingMemberFacts, RingPeerFacts } from '#contract/worker/ring'
import { conditionOf } from './condition.ts'

/** A peer that speaks, with what it says; what it said before it stopped or was paused does not hold now. */
export interface RingPeer {
  readonly node: NodeCard
  readonly facts: RingPeerFacts
}

/** Peers of this lab that go by the same leader. */
export interface Ring {
  readonly leader: string
  readonly term: number
  readonly peers: readonly RingPeer[]
  /** Its leader says so itself, or is none of this lab's: a leader that died is no ring of its own. */
  readonly isLed: boolean
}

export interface RingSight {
  /** The largest first. */
  readonly rings: readonly Ring[]
  readonly isSplit: boolean
  /** Every peer that speaks, those in no ring included. */
  readonly speaking: readonly RingPeer[]
}

/** How the ring of a lab stands, by what each of its peers says for itself. */
export function ringSight(cluster: ClusterCard, hostNowMs: number): RingSight {
  const speaking = cluster.nodes.flatMap((node) => {
    const facts = spokenFacts(node, hostNowMs)
    return facts === null ? [] : [{ node, facts }]
  })
  const leaders = [...new Set(speaking.flatMap(({ facts }) => (isIn(facts) ? [facts.leader] : [])))]
  const rings = leaders
    .map((leader) => ringOf(leader, speaking, cluster))
    .sort((one, other) => other.peers.length - one.peers.length || (one.leader < other.leader ? -1 : 1))
  return { rings, isSplit: rings.filter(({ isLed }) => isLed).length > 1, speaking }
}

export function spokenFacts(node: NodeCard, hostNowMs: number): RingPeerFacts | null {
  const condition = conditionOf(node, hostNowMs)
  const isSilent = node.state.kind !== 'running' || ['unknown', 'stale', 'paused'].includes(condition)
  return isSilent ? null : (node.view?.ring ?? null)
}

/** Who believes what of one peer, of those who speak themselves. */
export function doubtsAbout(id: string, { speaking }: RingSight): Readonly<Record<'suspected' | 'dead', string[]>> {
  const among = (state: RingMemberFacts['state']): string[] =>
    speaking
      .filter(({ facts }) => facts.members.some((member) => member.id === id && member.state === state))
      .map(({ node }) => node.id)
  return { suspected: among('suspected'), dead: among('dead') }
}

function isIn(facts: RingPeerFacts): facts is RingPeerFacts & { readonly leader: string } {
  return facts.leader !== null && !['seeking', 'joining', 'left'].includes(facts.state)
}

function ringOf(leader: string, speaking: readonly RingPeer[], cluster: ClusterCard): Ring {
  const peers = speaking.filter(({ facts }) => isIn(facts) && facts.leader === leader)
  const own = peers.find(({ facts }) => facts.id === leader)
  const isOurs = cluster.nodes.some(({ view }) => view?.ring?.id === leader)
  const isLed = isOurs ? own?.facts.state === 'leader' : true
  return { leader, term: Math.max(...peers.map(({ facts }) => facts.term)), peers, isLed }
}

/** What a card of the picture says of a peer of a ring. */
export interface RingNodeSight {
  readonly spoken: RingPeerFacts | null
  /** Whom it gives its messages to, where that is a node of this lab. */
  readonly nextNode: string | null
  readonly suspectedBy: readonly string[]
  readonly deadBy: readonly string[]
}

/** null: the node is no peer of a ring. */
export function ringNodeSight(cluster: ClusterCard, node: NodeCard, hostNowMs: number): RingNodeSight | null {
  if (cluster.kind !== 'ring') return null
  const sight = ringSight(cluster, hostNowMs)
  const spoken = sight.speaking.find((peer) => peer.node.id === node.id)?.facts ?? null
  const doubts = node.view?.ring ? doubtsAbout(node.view.ring.id, sight) : { suspected: [], dead: [] }
  const next = cluster.nodes.find(({ view }) => view?.ring != null && view.ring.id === spoken?.next)
  return { spoken, nextNode: next?.id ?? null, suspectedBy: doubts.suspected, deadBy: doubts.dead }
}

/** All nodes of the cluster as the ring goes round, by whoever knows the most of it; begun with the first of the lab. */
export function ringOrder({ nodes }: ClusterCard): readonly string[] {
  const ids = nodes.map(({ id }) => id as string)
  const lists = nodes.map(({ view }) => (view?.ring?.members ?? []).flatMap(({ node }) => node ?? []))
  const longest = lists.reduce<readonly string[]>((best, list) => (list.length > best.length ? list : best), [])
  const known = longest.filter((id) => ids.includes(id))
  const start = Math.max(0, known.indexOf(ids.find((id) => known.includes(id)) ?? ''))
  const round = [...known.slice(start), ...known.slice(0, start)]
  return [...round, ...ids.filter((id) => !round.includes(id))]
}
