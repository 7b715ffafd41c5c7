import type { Following } from './following.ts'
import { ringLimits } from './limits.ts'
import type { Member, PeerId } from './messages.ts'
import type { TextsPart, Token } from './parts.ts'
import type { Standing } from './standing.ts'
import { behind } from './view.ts'
import type { Watching } from './watching.ts'

export type ElectWhy = 'leader-dead' | 'leader-silent' | 'asked'

export interface ElectingParts {
  readonly home: Standing
  readonly watching: Watching
  readonly following: Following
  readonly texts: Pick<TextsPart, 'hearsLeader'>
  readonly won: (term: number, path: readonly Member[]) => void
}

/** An election by a token that goes round the ring. SPEC.md, EL. */
export class Electing {
  readonly #home: Standing
  readonly #watching: Watching
  readonly #following: Following
  readonly #texts: ElectingParts['texts']
  readonly #won: ElectingParts['won']
  /** The greatest token that this peer has begun or passed on; it lets no lesser one by. */
  #greatest: { readonly term: number; readonly initiator: PeerId } | null = null
  /** Waits for a word of the leader before it goes on. */
  #held: { readonly token: Token; readonly untilTick: number } | null = null
  /** Whom it gave its latest token to: should that one be dead, the token is lost with it. */
  #passed: { readonly token: Token; readonly to: PeerId } | null = null
  #isAsked = false
  #ticksLeft = 0

  constructor({ home, watching, following, texts, won }: ElectingParts) {
    this.#home = home
    this.#watching = watching
    this.#following = following
    this.#texts = texts
    this.#won = won
  }

  begin(why: ElectWhy): void {
    const { view, state, config, knownTerm, out } = this.#home
    if (view === null || state === 'leaving') return
    const rival = this.#greatest
    const isBeaten = rival !== null && rival.initiator >= config.id
    const term = Math.max(knownTerm + 1, rival === null ? 0 : isBeaten ? rival.term + 1 : rival.term)
    if (term > ringLimits.termMax) return out.anomaly('terms have come to their end')
    this.#greatest = { term, initiator: config.id }
    out.note({ kind: 'token-began', term, why })
    this.#held = null
    this.#wait(why === 'asked')
    const token: Token = { kind: 'token', term, path: this.#stretch(), isAsked: why === 'asked' }
    this.#pass(token)
  }

  tick(): void {
    if (this.#held !== null && this.#held.untilTick <= this.#home.now) this.#release()
    if (this.#home.state !== 'electing') return
    this.#ticksLeft -= 1
    if (this.#ticksLeft > 0) return
    if (this.#isAsked) return this.#settle()
    this.begin('leader-silent')
  }

  /** The leader lives: no election is needed, but for one that a person asked for. */
  leaderHeard(): void {
    const { view, out } = this.#home
    const initiator = this.#held?.token.path[0]
    this.#held = null
    if (view !== null && initiator !== undefined && !this.#home.isGuest) out.send(initiator.id, { kind: 'ring', view })
    if (this.#home.state === 'electing' && !this.#isAsked) this.#settle()
  }

  leaderDead(): void {
    this.#release()
  }

  /** Another view is in force: whatever went round before is over. */
  ringChanged(): void {
    this.#held = null
    this.#passed = null
    const { knownTerm } = this.#home
    if (this.#greatest !== null && this.#greatest.term <= knownTerm) this.#greatest = null
  }

  /** Somebody is gone over: a token that went there goes to whoever comes behind, and gathers who stood behind the dead. */
  wentOver(): void {
    const passed = this.#passed
    if (passed === null || this.#home.state !== 'electing' || !this.#home.isSkipped(passed.to)) return
    this.#pass(this.#stretched(passed.token))
  }

  receive(from: PeerId, token: Token): void {
    const { view, config, out } = this.#home
    const [initiator] = token.path
    if (view === null || initiator === undefined) return
    if (token.path.findLast(({ kind }) => kind === 'own')?.id !== from)
      return out.anomaly(`a token from ${from}, who is not the last that it met`)
    if (initiator.id === config.id) return this.#cameHome(token)
    if (!this.#home.isGuest && token.term <= view.term) return out.send(initiator.id, { kind: 'ring', view })
    if (token.path.some(({ id }) => id === config.id) || token.path.length >= ringLimits.membersMax) return
    if (this.#isLesser(token, initiator.id)) return
    this.#greatest = { term: token.term, initiator: initiator.id }
    if (token.isAsked) return this.#passOn(token)
    if (this.#home.leads) return out.send(initiator.id, { kind: 'ring', view })
    if (!this.#hearsLeader()) return this.#passOn(token)
    // A leader that was well a moment ago may be dead now: it is asked, and the token waits for the answer.
    this.#held = { token, untilTick: this.#home.now + config.timing.probeTicks }
    if (!this.#home.isGuest) this.#watching.ping(view.leader)
  }

  #hearsLeader(): boolean {
    return this.#home.isGuest ? this.#texts.hearsLeader : this.#following.hearsLeader
  }

  /** Equal is what was passed on already. */
  #isLesser({ term }: Token, initiator: PeerId): boolean {
    const greatest = this.#greatest
    if (greatest === null || term > greatest.term) return false
    return term < greatest.term || initiator <= greatest.initiator
  }

  #cameHome({ term, path }: Token): void {
    const { config } = this.#home
    const isOwn = path[0]?.life === config.life && this.#greatest?.term === term
    if (!isOwn || this.#greatest?.initiator !== config.id || this.#home.state !== 'electing') return
    this.#won(term, path)
  }

  #release(): void {
    const held = this.#held
    this.#held = null
    if (held !== null) this.#passOn(held.token)
  }

  #passOn(token: Token): void {
    this.#wait(token.isAsked)
    this.#pass(this.#stretched(token))
  }

  #stretched(token: Token): Token {
    const path = [...token.path, ...this.#stretch()]
    return { ...token, path: path.filter(({ id }, place) => path.findIndex((one) => one.id === id) === place) }
  }

  #pass(token: Token): void {
    const { nextOwn, out } = this.#home
    const [initiator] = token.path
    if (initiator === undefined) return
    if (nextOwn === null) return this.#cameHome(token)
    this.#passed = { token, to: nextOwn }
    out.note({ kind: 'token-passed', term: token.term, initiator: initiator.id, to: nextOwn })
    out.send(nextOwn, token)
  }

  /** This peer, and the reference peers between it and its next own one: they stay where they are. */
  #stretch(): readonly Member[] {
    const { view, config, nextOwn, me } = this.#home
    if (view === null) return [me]
    const following = behind(view, config.id)
    const end = nextOwn === null ? following.length : following.findIndex(({ id }) => id === nextOwn)
    return [me, ...following.slice(0, end).filter(({ id, kind }) => kind === 'reference' && !this.#home.isSkipped(id))]
  }

  #wait(isAsked: boolean): void {
    const { random, config } = this.#home
    const { electionTicks } = config.timing
    this.#isAsked = isAsked
    this.#ticksLeft = electionTicks + random.below(electionTicks)
    this.#home.setElecting(true)
  }

  #settle(): void {
    this.#home.setElecting(false)
    this.#following.renew()
  }
}
