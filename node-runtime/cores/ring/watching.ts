import type { LifeId, PeerId, RingMessage } from './messages.ts'
import type { Standing } from './standing.ts'
import { memberOf } from './view.ts'

export const watchingLimits = {
  /** The next, and two more, so that two neighbours may die together. */
  successors: 3,
  /** Local health: 0 is well. With each step this peer is more patient by one time. */
  healthMax: 8,
  /** Of whom others are asked about one suspect. */
  probers: 2,
  /** Who gets no answer from anybody asks others once more: it may be the one that is cut off. */
  roundsMax: 2,
  /** Questions of others that this peer has open. */
  favoursMax: 64,
  /** So often in a row nobody may listen at an address before its peer is dead without further ado. */
  refusalsMax: 2,
} as const

export type DeadWhy = 'refused' | 'silent'

interface Watched {
  readonly life: LifeId | null
  /** When it was heard last, or taken under watch, or vouched for. */
  heardAt: number
  pinged: number
  refusals: number
  suspicion: Suspicion | null
}

interface Suspicion {
  atTick: number
  readonly number: number
  readonly round: number
  readonly asked: readonly PeerId[]
  answers: number
}

interface Favour {
  readonly asker: PeerId
  readonly target: PeerId
  readonly number: number
  readonly untilTick: number
}

/** Whether those behind this peer in the ring are alive. SPEC.md, WA. */
export class Watching {
  readonly #home: Standing
  readonly #dead: (peer: PeerId, why: DeadWhy) => void
  readonly #watched = new Map<PeerId, Watched>()
  readonly #again = new Set<PeerId>()
  #favours: Favour[] = []
  #number = 0
  #health = 0

  constructor(home: Standing, dead: (peer: PeerId, why: DeadWhy) => void) {
    this.#home = home
    this.#dead = dead
  }

  get health(): number {
    return this.#health
  }

  get patience(): number {
    return this.#home.config.timing.suspicionTicks * (1 + this.#health)
  }

  get suspects(): readonly PeerId[] {
    return [...this.#watched].filter(([, { suspicion }]) => suspicion !== null).map(([id]) => id)
  }

  /** Another view: who is new in it is watched from now on, and in a life that it had not before as somebody new. */
  ringChanged(): void {
    const { view } = this.#home
    for (const [id, { life }] of this.#watched) {
      const member = memberOf(view, id)
      if (member === null || member.life !== life) this.#forget(id)
    }
    for (const { id, life } of this.#home.others) {
      if (this.#watched.has(id)) continue
      this.#watched.set(id, { life, heardAt: this.#home.now, pinged: 0, refusals: 0, suspicion: null })
    }
  }

  tick(): void {
    const { now, config } = this.#home
    const again = [...this.#again]
    this.#again.clear()
    for (const peer of again) this.ping(peer)
    this.#favours = this.#favours.filter((favour) => favour.untilTick > now || this.#deny(favour))
    const targets = this.#home.others.slice(0, watchingLimits.successors)
    if (now % config.timing.heartbeatTicks === 0) {
      for (const { id } of targets) this.ping(id)
      for (const id of this.#home.skipped) if (this.#watched.has(id)) this.ping(id)
    }
    for (const { id } of targets) this.#look(id)
  }

  /** Any word of a member, in the life that is one. */
  heard(peer: PeerId): void {
    const watched = this.#watched.get(peer)
    if (watched === undefined) return
    watched.heardAt = this.#home.now
    watched.refusals = 0
    this.#again.delete(peer)
    this.#clear(peer, watched)
    this.#home.takeBack(peer)
    for (const { asker, target, number } of this.#favours) {
      if (target === peer) this.#home.out.send(asker, { kind: 'probed', target, number, isAlive: true })
    }
    this.#favours = this.#favours.filter(({ target }) => target !== peer)
  }

  ping(peer: PeerId): void {
    this.#number += 1
    const watched = this.#watched.get(peer)
    if (watched !== undefined) watched.pinged = this.#number
    this.#home.out.send(peer, { kind: 'ping', number: this.#number, ring: this.#home.stamp })
  }

  /** An answer to the latest question shows that this peer is well itself, or that another life has taken a place. */
  answered(peer: PeerId, life: LifeId, number: number): void {
    const watched = this.#watched.get(peer)
    if (watched === undefined || watched.pinged !== number) return
    if (life === watched.life) this.#health = Math.max(0, this.#health - 1)
    else if (!this.#home.isSkipped(peer)) this.#dead(peer, 'refused')
  }

  lost(peer: PeerId, why: 'refused' | 'closed'): void {
    const watched = this.#watched.get(peer)
    if (watched === undefined || this.#home.isSkipped(peer)) return
    if (why === 'refused') watched.refusals += 1
    if (watched.refusals >= watchingLimits.refusalsMax) this.#condemn(peer, watched, 'refused')
    else this.#again.add(peer)
  }

  /** It speaks in another life there, says somebody else. */
  doubt(peer: PeerId): void {
    if (this.#watched.has(peer)) this.#again.add(peer)
  }

  probe(asker: PeerId, { target, life, number }: Extract<RingMessage, { kind: 'probe' }>): void {
    const watched = this.#watched.get(target)
    const { now, config } = this.#home
    const isKnown = watched !== undefined && watched.life === life && !this.#home.isSkipped(target)
    if (!isKnown || this.#favours.length >= watchingLimits.favoursMax)
      return this.#home.out.send(asker, { kind: 'probed', target, number, isAlive: false })
    // The asker has to hear from us before its own patience ends, or it takes itself for the one that is cut off.
    const ticks = Math.max(1, Math.floor((config.timing.probeTicks * 3) / 4))
    this.#favours.push({ asker, target, number, untilTick: now + ticks })
    this.ping(target)
  }

  probed(from: PeerId, { target, number, isAlive }: Extract<RingMessage, { kind: 'probed' }>): void {
    const watched = this.#watched.get(target)
    const suspicion = watched?.suspicion ?? null
    if (watched === undefined || suspicion === null) return
    if (suspicion.number !== number || !suspicion.asked.includes(from)) return
    suspicion.answers += 1
    if (!isAlive) return
    this.#worsen()
    watched.heardAt = this.#home.now
    this.#clear(target, watched)
  }

  /** Its own ticks were late: for so long it could not have heard anybody. */
  wasLate(ticks: number): void {
    this.#worsen()
    for (const watched of this.#watched.values()) {
      watched.heardAt = Math.min(this.#home.now, watched.heardAt + ticks)
      if (watched.suspicion !== null)
        watched.suspicion.atTick = Math.min(this.#home.now, watched.suspicion.atTick + ticks)
    }
  }

  #look(peer: PeerId): void {
    const watched = this.#watched.get(peer)
    if (watched === undefined) return
    const { now, config, out } = this.#home
    const { suspicion } = watched
    if (suspicion === null) {
      const silentTicks = now - watched.heardAt
      if (silentTicks < this.patience) return
      out.note({ kind: 'suspected', peer, silentTicks })
      return this.#ask(peer, watched, 1)
    }
    if (now - suspicion.atTick < config.timing.probeTicks) return
    const isAlone = suspicion.asked.length > 0 && suspicion.answers === 0
    if (isAlone) this.#worsen()
    if (isAlone && suspicion.round < watchingLimits.roundsMax) return this.#ask(peer, watched, suspicion.round + 1)
    this.#condemn(peer, watched, 'silent')
  }

  #ask(peer: PeerId, watched: Watched, round: number): void {
    const { now, others, random, out } = this.#home
    const candidates = others.map(({ id }) => id).filter((id) => id !== peer)
    const asked: PeerId[] = []
    while (asked.length < watchingLimits.probers && candidates.length > 0)
      asked.push(...candidates.splice(random.below(candidates.length), 1))
    this.ping(peer)
    watched.suspicion = { atTick: now, number: this.#number, round, asked, answers: 0 }
    for (const id of asked) out.send(id, { kind: 'probe', target: peer, life: watched.life, number: this.#number })
  }

  #condemn(peer: PeerId, watched: Watched, why: DeadWhy): void {
    watched.suspicion = null
    this.#again.delete(peer)
    this.#dead(peer, why)
  }

  #clear(peer: PeerId, watched: Watched): void {
    if (watched.suspicion === null && !this.#home.isSkipped(peer)) return
    watched.suspicion = null
    this.#home.out.note({ kind: 'cleared', peer })
  }

  #deny({ asker, target, number }: Favour): false {
    this.#home.out.send(asker, { kind: 'probed', target, number, isAlive: false })
    return false
  }

  #worsen(): void {
    this.#health = Math.min(watchingLimits.healthMax, this.#health + 1)
  }

  #forget(peer: PeerId): void {
    this.#watched.delete(peer)
    this.#again.delete(peer)
    this.#favours = this.#favours.filter(({ target }) => target !== peer)
  }
}
