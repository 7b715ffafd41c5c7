import type { LamportClock } from '#cores/clocks/lamport'
import type { Random } from '#kit/random'
import type { LifeId, Member, PeerId, RingConfig, RingStamp, RingState, RingView } from './messages.ts'
import type { RingHome } from './parts.ts'
import type { StepOutput } from './step-output.ts'
import { behind, compareStamps, hasLife, memberOf, stampOf } from './view.ts'

export interface StandingParts {
  readonly config: RingConfig
  readonly random: Random
  readonly clock: LamportClock
  readonly out: StepOutput
  /** The view, or whom of it this peer takes for dead, is another one now. */
  readonly changed: (before: RingView | null) => void
}

/** Where this peer stands: the ring it is in, its place there, and whom of it it takes for dead. */
export class Standing implements RingHome {
  readonly config: RingConfig
  readonly random: Random
  readonly clock: LamportClock
  readonly out: StepOutput
  readonly #changed: (before: RingView | null) => void
  #phase: 'settled' | 'electing' | 'leaving' | 'left' = 'settled'
  #view: RingView | null = null
  /** It does not go back to a ring that is not later than this one. */
  #latest: RingStamp | null = null
  #knownTerm = 0
  #asked: PeerId | null = null
  #now = 0
  /** A dead one counts as dead in that life only. */
  readonly #skipped = new Map<PeerId, LifeId | null>()
  #others: readonly Member[] = nobody
  #nextOfAny: Member | null = null

  constructor({ config, random, clock, out, changed }: StandingParts) {
    this.config = config
    this.random = random
    this.clock = clock
    this.out = out
    this.#changed = changed
  }

  get now(): number {
    return this.#now
  }

  get me(): Member {
    const { id, life, name } = this.config
    return { id, kind: 'own', life, name }
  }

  get state(): RingState {
    if (this.#phase === 'left' || this.#phase === 'leaving') return this.#phase
    if (this.#view === null) return this.#asked === null ? 'seeking' : 'joining'
    if (this.#phase === 'electing') return 'electing'
    return this.isGuest ? 'guest' : this.leads ? 'leader' : 'member'
  }

  get view(): RingView | null {
    return this.#view
  }

  /** As others are told: what a reference peer leads has no order that own peers could agree on. */
  get stamp(): RingStamp | null {
    return this.#view === null || this.isGuest ? null : stampOf(this.#view)
  }

  get leader(): PeerId | null {
    return this.#view?.leader ?? null
  }

  /** True in an election too, until another has won it. */
  get leads(): boolean {
    return this.#view?.leader === this.config.id
  }

  get isGuest(): boolean {
    return this.#view?.members[0]?.kind === 'reference'
  }

  get asked(): PeerId | null {
    return this.#asked
  }

  get knownTerm(): number {
    return this.#knownTerm
  }

  /** The latest ring that it went by. */
  get latest(): RingStamp | null {
    return this.#latest
  }

  get skipped(): readonly PeerId[] {
    return [...this.#skipped.keys()]
  }

  /** The other own members that were not found dead, beginning with the next. */
  get others(): readonly Member[] {
    return this.#others
  }

  get nextOwn(): PeerId | null {
    return this.#others[0]?.id ?? null
  }

  get nextOfAny(): Member | null {
    return this.#nextOfAny
  }

  tick(): void {
    this.#now += 1
  }

  noticeTerm(term: number): void {
    this.#knownTerm = Math.max(this.#knownTerm, term)
  }

  /** Whether this peer, as it is now, would go by that view. */
  isNews(view: RingView): boolean {
    return this.#latest === null || compareStamps(view, this.#latest) > 0
  }

  hasMe(view: RingView): boolean {
    return hasLife(view, this.config.id, this.config.life)
  }

  isSkipped(peer: PeerId): boolean {
    return this.#skipped.has(peer)
  }

  become(view: RingView): void {
    const before = this.#view
    this.#view = view
    this.#asked = null
    if (this.#phase === 'electing') this.#phase = 'settled'
    if (!this.isGuest) this.#latest = stampOf(view)
    this.noticeTerm(view.term)
    for (const [id, life] of this.#skipped) if (!hasLife(view, id, life)) this.#skipped.delete(id)
    this.#count()
    this.#changed(before)
  }

  /** Out of its ring, if it was in one; whoever is asked is to take it in. */
  seek(asked: PeerId | null, because: RingStamp | null): void {
    const before = this.#view
    this.#asked = asked
    this.#view = null
    if (this.#phase === 'electing') this.#phase = 'settled'
    if (because !== null) this.#latest = because
    this.#skipped.clear()
    this.#count()
    if (before !== null) this.#changed(before)
  }

  goOver(peer: PeerId): void {
    const member = memberOf(this.#view, peer)
    if (member === null || this.#skipped.has(peer)) return
    this.#skipped.set(peer, member.life)
    this.#count()
    this.#changed(this.#view)
  }

  /** It was taken for dead, and speaks. */
  takeBack(peer: PeerId): void {
    if (!this.#skipped.delete(peer)) return
    this.#count()
    this.#changed(this.#view)
  }

  setElecting(isElecting: boolean): void {
    if (this.#phase === 'settled' || this.#phase === 'electing') this.#phase = isElecting ? 'electing' : 'settled'
  }

  setLeaving(): void {
    if (this.#phase !== 'left') this.#phase = 'leaving'
  }

  leave(): void {
    this.#phase = 'left'
    this.out.leave()
  }

  #count(): void {
    const view = this.#view
    const alive = view === null ? nobody : behind(view, this.config.id).filter(({ id }) => !this.#skipped.has(id))
    this.#others = alive.filter(({ kind }) => kind === 'own')
    this.#nextOfAny = alive[0] ?? null
  }
}

const nobody: readonly Member[] = Object.freeze([])
