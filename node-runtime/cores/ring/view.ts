import type { LifeId, Member, PeerId, RingStamp, RingView } from './messages.ts'

/** Above 0: `left` is the later ring. Its version counts only within one leader's term. */
export function compareStamps(left: RingStamp, right: RingStamp): number {
  if (left.term !== right.term) return left.term - right.term
  if (left.leader !== right.leader) return left.leader < right.leader ? -1 : 1
  if (left.life !== right.life) return (left.life ?? '') < (right.life ?? '') ? -1 : 1
  return left.version - right.version
}

/** The same leader in the same term, however often it changed its ring meanwhile. */
export function isSameReign(left: RingStamp, right: RingStamp): boolean {
  return left.term === right.term && left.leader === right.leader && left.life === right.life
}

export function stampOf({ term, leader, life, version }: RingView): RingStamp {
  return { term, leader, life, version }
}

export function memberOf(view: RingView | null, id: PeerId): Member | null {
  return view?.members.find((member) => member.id === id) ?? null
}

/** Whether that very life of it is a member. */
export function hasLife(view: RingView | null, id: PeerId, life: LifeId | null): boolean {
  const member = memberOf(view, id)
  return member !== null && member.life === life
}

/** All members in the order of the ring, beginning behind that one, which comes last and is left out. */
export function behind(view: RingView, id: PeerId): readonly Member[] {
  const place = view.members.findIndex((member) => member.id === id)
  return [...view.members.slice(place + 1), ...view.members.slice(0, Math.max(place, 0))]
}

/** The newcomer second, as reference peers count; if its id was there already, it is moved, and not doubled. */
export function withNewcomer(members: readonly Member[], newcomer: Member): readonly Member[] {
  const [leader, ...others] = members.filter(({ id }) => id !== newcomer.id)
  return leader === undefined ? [newcomer] : [leader, newcomer, ...others]
}

export function without(members: readonly Member[], id: PeerId): readonly Member[] {
  return members.filter((member) => member.id !== id)
}

/** One list behind the other; who is in both keeps the place and the life of the first. */
export function joined(members: readonly Member[], others: readonly Member[]): readonly Member[] {
  const known = new Set(members.map(({ id }) => id))
  return [...members, ...others.filter(({ id }) => !known.has(id))]
}
