import type { Following } from './following.ts'
import { ringLimits } from './limits.ts'
import type { LeadWhy, LifeId, Member, PeerId, RingStamp, RingView } from './messages.ts'
import type { Beat } from './parts.ts'
import type { Standing } from './standing.ts'
import { drawUuid } from './uuid.ts'
import { behind, compareStamps, hasLife, joined, memberOf, stampOf, withNewcomer, without } from './view.ts'
import type { Watching } from './watching.ts'

/** What a leader does for its ring: it alone changes it, keeps its beat, and meets other leaders. SPEC.md, VI and ME. */
export class Leading {
  readonly #home: Standing
  readonly #watching: Watching
  readonly #following: Following
  #ticks = 0
  #beats = 0
  #isBeaconDue = false
  #mustTell = false
  /** Who is to hear of the change besides those whom it leaves in the ring. */
  readonly #gone = new Set<PeerId>()
  /** Accused by another, and asked by this leader. */
  readonly #accused = new Map<PeerId, number>()

  constructor(home: Standing, watching: Watching, following: Following) {
    this.#home = home
    this.#watching = watching
    this.#following = following
  }

  /** Becomes the leader of these, itself the first of them, and tells all who were in the ring before, too. */
  lead(term: number, members: readonly Member[], why: LeadWhy): void {
    const { view, config, out } = this.#home
    for (const { id, kind } of view?.members ?? []) if (kind === 'own') this.#gone.add(id)
    if (term > ringLimits.termMax) return out.anomaly('terms have come to their end')
    this.#home.become({ term, leader: config.id, life: config.life, version: 1, members })
    this.#mustTell = true
    this.begin(why)
  }

  /** Its view says that it leads: an election, a merge or the leader before it made it so. */
  begin(why: LeadWhy): void {
    const { view, out } = this.#home
    if (view === null) return
    this.#ticks = 0
    this.#isBeaconDue = true
    this.#accused.clear()
    out.note({ kind: 'led', ring: stampOf(view), size: view.members.length, why })
  }

  tick(): void {
    if (!this.#home.leads) return
    const { config, now } = this.#home
    if (this.#ticks % config.timing.beaconTicks === 0) this.#isBeaconDue = true
    if (this.#ticks % config.timing.heartbeatTicks === 0) this.#beat()
    this.#ticks += 1
    for (const [peer, untilTick] of this.#accused) if (untilTick <= now) this.takeOut(peer)
  }

  /** Somebody looks for a ring. */
  sought(id: PeerId, life: LifeId): void {
    if (this.#home.leads) this.#isBeaconDue = true
    if (memberOf(this.#home.view, id) !== null && !hasLife(this.#home.view, id, life)) this.#watching.doubt(id)
  }

  takeIn(newcomer: Member, latest: RingStamp | null = null): void {
    const { view, out, config } = this.#home
    if (view === null || !this.#home.leads || newcomer.id === config.id) return
    if (latest !== null && latest.term < ringLimits.termMax && compareStamps(latest, view) > 0)
      // It has been in a later ring than this one, and goes back to none: so this one has to become a later one.
      return this.#change(withNewcomer(view.members, newcomer), latest.term + 1)
    if (newcomer.kind === 'own' && hasLife(view, newcomer.id, newcomer.life))
      return out.send(newcomer.id, { kind: 'ring', view })
    if (view.members.length >= ringLimits.membersMax) return out.anomaly(`no room for ${newcomer.id}`)
    this.#change(withNewcomer(view.members, newcomer))
  }

  takeOut(peer: PeerId): void {
    this.#accused.delete(peer)
    const { view, config } = this.#home
    if (view === null || !this.#home.leads || peer === config.id) return
    const member = memberOf(view, peer)
    if (member === null) return
    if (member.kind === 'own') this.#gone.add(peer)
    this.#change(without(view.members, peer))
  }

  /** Of one accuser alone nothing is believed: it may be the one that is cut off. */
  accused(from: PeerId, peer: PeerId, life: LifeId | null): void {
    const { view, out, now, config } = this.#home
    if (view === null || !this.#home.leads) return
    if (!hasLife(view, peer, life)) return out.send(from, { kind: 'ring', view })
    if (life === null || this.#home.isSkipped(peer)) return this.takeOut(peer)
    if (peer === config.id || this.#accused.has(peer)) return
    this.#accused.set(peer, now + config.timing.probeTicks)
    this.#watching.ping(peer)
  }

  heard(peer: PeerId): void {
    this.#accused.delete(peer)
  }

  left(peer: PeerId, life: LifeId): void {
    const { view, out } = this.#home
    if (view === null || !this.#home.leads) return
    if (!hasLife(view, peer, life)) return out.send(peer, { kind: 'ring', view })
    out.note({ kind: 'left', peer })
    this.takeOut(peer)
  }

  /** Its leader goes in order, and chose this peer to lead the others. */
  takeOver(from: PeerId): void {
    const { view, config, knownTerm, out } = this.#home
    if (view === null) return
    out.note({ kind: 'left', peer: from })
    const others = behind(view, config.id).filter(({ id }) => id !== from && !this.#home.isSkipped(id))
    this.lead(knownTerm + 1, [this.#home.me, ...others], 'handed-over')
  }

  /** A beacon of a leader, which is not this one. */
  met(other: RingStamp, life: LifeId): void {
    const { view, config, out } = this.#home
    if (view === null || !this.#home.leads || other.leader === config.id) return
    if (!hasLife(view, other.leader, life)) return this.#meet(other.leader)
    if (compareStamps(view, other) > 0) return out.send(other.leader, { kind: 'ring', view })
    this.#watching.ping(other.leader)
  }

  /** Another ring without this leader in it: neither is the other's successor. */
  shown(other: RingView): void {
    // Its own earlier life led that ring: nobody else will, so it takes them in.
    if (other.leader === this.#home.config.id) this.#unite(other.leader, other)
    else this.#meet(other.leader)
  }

  invited(from: PeerId): void {
    const { view, out, config } = this.#home
    if (view !== null && this.#home.leads && config.id < from) out.send(from, { kind: 'merge', view })
  }

  merge(from: PeerId, life: LifeId, other: RingView): void {
    const { view, out } = this.#home
    if (view === null || !this.#home.leads) return
    if (other.leader !== from) return out.anomaly(`${from} would merge a ring that it does not lead`)
    if (hasLife(view, from, life) && compareStamps(view, other) > 0) return out.send(from, { kind: 'ring', view })
    this.#unite(from, other)
  }

  #unite(from: PeerId, other: RingView): void {
    const { view, config, out } = this.#home
    if (view === null) return
    // Of two lives of who speaks now this one is the later; which of others are the later will be seen.
    const members = joined(
      from === config.id ? view.members : without(view.members, from),
      other.members.filter(({ id }) => id !== config.id),
    )
    if (members.length > ringLimits.membersMax) return out.anomaly(`no room for the ring of ${from}`)
    const term = Math.max(view.term, other.term) + 1
    if (term > ringLimits.termMax) return out.anomaly('terms have come to their end')
    const merged: RingView = { term, leader: config.id, life: config.life, version: 1, members }
    this.#home.become(merged)
    this.#mustTell = true
    out.note({ kind: 'merged', with: from, ring: stampOf(merged), size: members.length })
  }

  /** The end of a step: what has changed in it is told once. */
  finish(): void {
    const { view, leads, config, out } = this.#home
    if (leads && view !== null) {
      if (this.#isBeaconDue)
        out.shout({ kind: 'beacon', ring: { ...stampOf(view), life: config.life }, size: view.members.length })
      if (this.#mustTell) this.tell()
    }
    this.#isBeaconDue = false
    this.#mustTell = false
    this.#gone.clear()
  }

  tell(): void {
    const { view, config, out } = this.#home
    if (view === null) return
    const own = view.members.filter(({ kind }) => kind === 'own').map(({ id }) => id)
    for (const to of new Set([...own, ...this.#gone])) if (to !== config.id) out.send(to, { kind: 'ring', view })
  }

  #meet(other: PeerId): void {
    const { view, config, out } = this.#home
    if (view === null) return
    if (config.id < other) out.send(other, { kind: 'merge', view })
    else out.send(other, { kind: 'invite', ring: stampOf(view) })
  }

  #change(members: readonly Member[], term: number | null = null): void {
    const { view, config } = this.#home
    if (view === null) return
    const version = term === null ? view.version + 1 : 1
    this.#home.become({ term: term ?? view.term, leader: config.id, life: config.life, version, members })
    this.#mustTell = true
  }

  #beat(): void {
    const { view, random } = this.#home
    if (view === null) return
    this.#beats += 1
    const beat: Beat = { kind: 'beat', ring: stampOf(view), number: this.#beats, uuid: drawUuid(random) }
    this.#following.pass(beat)
  }
}
