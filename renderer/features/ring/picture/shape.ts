import type { NodeCard } from '#contract/window/topology'
import type { RingMemberFacts, RingPeerFacts } from '#contract/worker/ring'
import type { NodeId } from '#kit/ids'
import type { Ring, RingSight } from '../../../stores/derived/rings.ts'

export type PeerMark = 'well' | 'suspected' | 'dead' | 'stopped' | 'paused' | 'outside'

export interface DrawnPeer {
  /** Of all drawings of all rings: a peer may still stand in one ring when another has it already. */
  readonly key: string
  readonly id: string
  readonly node: NodeId | null
  readonly name: string
  readonly isMine: boolean
  readonly isLeader: boolean
  readonly isReference: boolean
  /** In the ring of the peer that is asked; false: in another, of which it knows nothing. */
  readonly isOurs: boolean
  readonly mark: PeerMark
  readonly x: number
  readonly y: number
}

export interface DrawnArrow {
  readonly from: DrawnPeer
  readonly to: DrawnPeer
}

export interface RingShape {
  readonly peers: readonly DrawnPeer[]
  /** As each peer that speaks says it itself; nobody speaks for another. */
  readonly arrows: readonly DrawnArrow[]
  /** Where each ring stands; more than one: the ring is split. */
  readonly rings: readonly Place[]
  readonly width: number
}

interface Place {
  readonly x: number
  readonly y: number
  readonly radius: number
}

export const shapeHeight = 400
const ours: Place = { x: 220, y: 188, radius: 132 }
/** Another ring stands beside ours, and is smaller: nothing is known of it here. */
const others = { firstX: 540, stepX: 250, y: 188, radius: 88 } as const
const marginRight = 140

export interface RingScene {
  readonly mine: RingPeerFacts
  readonly sight: RingSight
  readonly cards: readonly NodeCard[]
}

/** The ring as one peer believes it, that peer at the bottom; beside it whatever other rings there are. */
export function ringShape({ mine, sight, cards }: RingScene): RingShape {
  const apart = sight.isSplit ? sight.rings.filter(({ leader, isLed }) => isLed && leader !== mine.leader) : []
  const places = [ours, ...apart.map((_, index) => ({ ...others, x: others.firstX + index * others.stepX }))]
  const peers = [
    ...orderFrom(mine).map((member, index, order) => drawn(member, at(ours, index, order.length), { mine, cards })),
    ...apart.flatMap((ring, index) => drawnApart(ring, places[index + 1] ?? ours, cards)),
  ]
  const arrows = peers.flatMap((from) => arrowOf(from, peers, sight))
  const width = apart.length === 0 ? 2 * ours.x : (places.at(-1)?.x ?? 0) + marginRight
  return { peers, arrows, rings: places, width }
}

/** From the bottom on, clockwise; one that is alone stands in the middle. */
function at({ x, y, radius }: Place, index: number, count: number): Pick<Place, 'x' | 'y'> {
  if (count === 1) return { x, y }
  const angle = Math.PI / 2 + (index / count) * 2 * Math.PI
  return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) }
}

/** The members, begun with the peer that is asked; it stands first even where it is not among them. */
function orderFrom(mine: RingPeerFacts): readonly RingMemberFacts[] {
  const index = mine.members.findIndex(({ id }) => id === mine.id)
  if (index >= 0) return [...mine.members.slice(index), ...mine.members.slice(0, index)]
  return [{ id: mine.id, node: null, kind: 'own', name: mine.name, state: 'well' }, ...mine.members]
}

interface Eyes {
  readonly mine: RingPeerFacts
  readonly cards: readonly NodeCard[]
  /** The ring of others, drawn by what one of them says. */
  readonly apart?: string
}

function drawn(member: RingMemberFacts, { x, y }: Pick<Place, 'x' | 'y'>, { mine, cards, apart }: Eyes): DrawnPeer {
  return {
    key: apart === undefined ? member.id : `${apart} ${member.id}`,
    id: member.id,
    node: member.node ?? cardOf(member.id, cards)?.id ?? null,
    name: member.name,
    isMine: apart === undefined && member.id === mine.id,
    isLeader: member.id === mine.leader,
    isReference: member.kind === 'reference',
    isOurs: apart === undefined,
    mark: markOf(member, mine, cards),
    x,
    y,
  }
}

function drawnApart({ leader, peers }: Ring, place: Place, cards: readonly NodeCard[]): readonly DrawnPeer[] {
  const speaker = peers.find(({ facts }) => facts.id === leader) ?? peers[0]
  if (speaker === undefined) return []
  const { members } = speaker.facts
  const eyes = { mine: speaker.facts, cards, apart: leader }
  return members.map((member, index) => drawn(member, at(place, index, members.length), eyes))
}

/** A doubt comes from the peer that is asked; that another is paused or does not run, from the lab. */
function markOf(member: RingMemberFacts, mine: RingPeerFacts, cards: readonly NodeCard[]): PeerMark {
  const card = cardOf(member.id, cards)
  if (card !== undefined && card.state.kind !== 'running') return 'stopped'
  if (!mine.members.some(({ id }) => id === member.id)) return 'outside'
  if (member.state !== 'well') return member.state
  return card?.view?.isPaused === true ? 'paused' : 'well'
}

function arrowOf(from: DrawnPeer, peers: readonly DrawnPeer[], { speaking }: RingSight): readonly DrawnArrow[] {
  const spoken = speaking.find(({ facts }) => facts.id === from.id)?.facts
  if (spoken === undefined) return []
  const to = peers.find(({ id, isOurs }) => id === spoken.next && isOurs === from.isOurs)
  return to === undefined || to === from ? [] : [{ from, to }]
}

function cardOf(id: string, cards: readonly NodeCard[]): NodeCard | undefined {
  return cards.find(({ view }) => view?.ring?.id === id)
}
