import type { LamportClock } from '#cores/clocks/lamport'
import { assert, unreachable } from '#kit/assert'
import type { Random } from '#kit/random'
import { Electing, type ElectWhy } from './electing.ts'
import { Following } from './following.ts'
import { Leading } from './leading.ts'
import { Leaving } from './leaving.ts'
import type {
  LifeId,
  Member,
  PeerId,
  RestoredRing,
  RingConfig,
  RingFacts,
  RingInput,
  RingMessage,
  RingOutput,
  RingShout,
  RingStamp,
  RingView,
} from './messages.ts'
import type { RingSteering } from './parts.ts'
import { Seeking } from './seeking.ts'
import { Standing } from './standing.ts'
import { StepOutput } from './step-output.ts'
import type { History } from './talk/history.ts'
import type { TalkLimits } from './talk/limits.ts'
import { Talk } from './talk/talk.ts'
import { Texts } from './texts/texts.ts'
import { compareStamps, hasLife, isSameReign, memberOf, stampOf } from './view.ts'
import { type DeadWhy, Watching } from './watching.ts'

export interface RingParts {
  readonly random: Random
  readonly clock: LamportClock
  /** Left out: those of a real peer. The simulator meets tiny ones. */
  readonly talkLimits?: TalkLimits
}

/** One peer of the ring as a machine of values: no clock, no socket, no disk. Begin with SPEC.md. */
export class RingCore implements RingSteering {
  readonly #out = new StepOutput()
  readonly #home: Standing
  readonly #watching: Watching
  readonly #following: Following
  readonly #seeking: Seeking
  readonly #electing: Electing
  readonly #leading: Leading
  readonly #leaving: Leaving
  readonly #talk: Talk
  readonly #texts: Texts

  constructor(config: RingConfig, restored: RestoredRing, { random, clock, talkLimits }: RingParts) {
    const { heartbeatTicks, suspicionTicks, probeTicks } = config.timing
    // A leader speaks more often than others lose patience, or no reign would last.
    assert(heartbeatTicks >= 1 && heartbeatTicks < suspicionTicks && probeTicks >= 1, 'heartbeats are the faster')
    const changed = (before: RingView | null): void => this.#ringChanged(before)
    this.#home = new Standing({ config, random: random.fork('ring'), clock, out: this.#out, changed })
    const home = this.#home
    this.#texts = new Texts(home, this)
    this.#talk = new Talk(home, restored, this.#texts, talkLimits)
    const [talk, texts] = [this.#talk, this.#texts]
    this.#watching = new Watching(home, (peer, why) => this.#foundDead(peer, why))
    const watching = this.#watching
    this.#following = new Following({ home, watching, texts, silent: () => this.#leaderSilent() })
    const following = this.#following
    const won = (term: number, path: readonly Member[]): void => this.#won(term, path)
    this.#electing = new Electing({ home, watching, following, texts, won })
    this.#leading = new Leading(home, watching, following)
    this.#leaving = new Leaving({ home, talk, texts })
    this.#seeking = new Seeking(home, () => this.#leading.lead(home.knownTerm + 1, [home.me], 'alone'))
  }

  /** What is shown of the history, read where it is kept. */
  get history(): Pick<History, 'places' | 'revision' | 'isLate' | 'newestFirst'> {
    return this.#talk.history
  }

  get facts(): RingFacts {
    const { id, life } = this.#home.config
    const { state, view, nextOfAny, skipped, isGuest } = this.#home
    return {
      id,
      life,
      state,
      view,
      next: nextOfAny?.id ?? null,
      suspects: this.#watching.suspects,
      skipped,
      leaderHeardTicksAgo: isGuest ? this.#texts.leaderHeardTicksAgo : this.#following.ticksAgo,
      localHealth: this.#watching.health,
      ...this.#talk.counts,
    }
  }

  /** Everything that waits, in the order in which it came; what it leads to comes out as one. */
  step(inputs: readonly RingInput[]): RingOutput {
    for (const input of inputs) if (this.#home.state !== 'left') this.#take(input)
    if (this.#home.state !== 'left') {
      this.#leading.finish()
      this.#talk.finish()
    }
    return this.#out.take()
  }

  #take(input: RingInput): void {
    switch (input.kind) {
      case 'tick':
        return this.#tick()
      case 'message':
        return this.#receive(input.from, input.life, input.message)
      case 'disconnected':
        return this.#watching.lost(input.peer, input.why)
      case 'shout':
        return this.#hear(input.shout)
      case 'was-late':
        this.#following.wasLate(input.ticks)
        return this.#watching.wasLate(input.ticks)
      case 'say':
        return this.#talk.say(input)
      case 'elect':
        return this.beginElection('asked')
      case 'refresh':
        return this.#refresh()
      case 'leave':
        return this.#leaving.begin()
      case 'text':
        return this.#texts.hearText(input.message, input.atMs)
      case 'discover':
        return this.#texts.discovered(input.id, input.answerTo)
      case 'invited':
        return this.#texts.invited(input.next, input.leader)
      case 'text-undelivered':
        return this.#texts.undelivered(input.peer)
      case 'cannot-write':
      case 'can-write':
        return // Records are written behind: a peer without a disk is as good a link of the ring as any.
      default:
        return unreachable(input)
    }
  }

  #tick(): void {
    this.#home.tick()
    this.#seeking.tick()
    this.#leading.tick()
    this.#watching.tick()
    this.#accuse()
    this.#following.tick()
    this.#electing.tick()
    this.#leaving.tick()
    this.#talk.tick()
    this.#texts.tick()
  }

  #receive(from: PeerId, life: LifeId, message: RingMessage): void {
    const { config, view } = this.#home
    if (from === config.id || life === config.life)
      return this.#out.anomaly(`${message.kind} from ${from}, as this peer`)
    this.#texts.heardOwn(from, life)
    if (hasLife(view, from, life)) {
      this.#watching.heard(from)
      this.#leading.heard(from)
    }
    switch (message.kind) {
      case 'ping':
      case 'pong':
        return this.#greeted(from, life, message)
      case 'probe':
        return this.#watching.probe(from, message)
      case 'probed':
        return this.#watching.probed(from, message)
      case 'join':
        return this.#join({ id: from, kind: 'own', life, name: message.name }, message.latest)
      case 'leave':
        return this.#goes(from, life)
      case 'lost':
        return this.#leading.accused(from, message.peer, message.life)
      case 'ring':
        return this.#shown(from, message.view)
      case 'beat':
        if (this.#following.beat(from, message)) this.#leaderHeard()
        return
      case 'token':
        return this.#electing.receive(from, message)
      case 'merge':
        return this.#leading.merge(from, life, message.view)
      case 'invite':
        return this.#leading.invited(from)
      case 'records':
      case 'have':
        return this.#talk.receive(from, life, message)
      case 'text':
        return this.#texts.hearWord(from, message.word)
      default:
        return unreachable(message)
    }
  }

  #hear(shout: RingShout): void {
    const [from, life] = shout.kind === 'seek' ? [shout.id, shout.life] : [shout.ring.leader, shout.ring.life]
    if (from === this.#home.config.id) return
    this.#texts.heardOwn(from, life)
    if (shout.kind === 'seek') return this.#leading.sought(from, life)
    this.#home.noticeTerm(shout.ring.term)
    this.#seeking.beacon(shout.ring, life)
    this.#leading.met(shout.ring, life)
  }

  #greeted(from: PeerId, life: LifeId, { kind, number, ring }: Extract<RingMessage, { kind: 'ping' | 'pong' }>): void {
    const { view, stamp } = this.#home
    if (kind === 'ping') this.#out.send(from, { kind: 'pong', number, ring: stamp })
    else this.#watching.answered(from, life, number)
    if (view === null || stamp === null) return
    const order = ring === null ? (hasLife(view, from, life) ? -1 : 0) : compareStamps(ring, stamp)
    if (order < 0) this.#out.send(from, { kind: 'ring', view })
    if (!hasLife(view, from, life) || from !== view.leader) return
    this.#following.word(from, ring)
    if (ring !== null && order >= 0) this.#leaderHeard()
  }

  #goes(from: PeerId, life: LifeId): void {
    const { view, leads, isGuest, state } = this.#home
    // Its next may lead already, and would not hear of it from here: who goes as well asks again, and asks that one.
    if (leads && state === 'leaving') return
    if (leads || isGuest || view?.leader !== from || !hasLife(view, from, life)) return this.#leading.left(from, life)
    this.#leading.takeOver(from)
  }

  #join(newcomer: Member, latest: RingStamp | null): void {
    const { view, leads, isGuest, state } = this.#home
    if (leads && state === 'leaving') return
    if (leads) return this.#leading.takeIn(newcomer, latest)
    if (view !== null && !isGuest) this.#out.send(newcomer.id, { kind: 'ring', view })
  }

  /** How the ring is, says another: its leader, or somebody who knows more than this peer did. */
  #shown(from: PeerId, view: RingView): void {
    const { config, state } = this.#home
    if (view.members[0]?.kind !== 'own') return this.#out.anomaly(`${from} shows a ring that no own peer leads`)
    if (view.leader === config.id && view.life === config.life && this.#home.isNews(view))
      return this.#out.anomaly(`${from} shows a ring in the name of this peer`)
    this.#home.noticeTerm(view.term)
    if (this.#home.hasMe(view)) return this.#home.isNews(view) ? this.#adopt(view) : this.#shownAgain(from, view)
    if (state === 'seeking' || state === 'joining') return this.#seeking.pointed(view)
    if (!this.#home.isNews(view)) return this.#shownAgain(from, view)
    if (state === 'leaving') return this.#home.leave()
    if (this.#home.leads) return this.#leading.shown(view)
    // An earlier life of it led; those who were led then will see for themselves.
    if (view.leader === config.id) return
    // It was taken for dead, or its ring went on without it.
    this.#seeking.begin(stampOf(view))
  }

  /** Nothing new; but it may say that the leader lives, or that its sender knows less. */
  #shownAgain(from: PeerId, shown: RingView): void {
    const { view } = this.#home
    if (view === null || this.#home.isGuest) return
    const order = compareStamps(shown, view)
    if (order < 0 && memberOf(view, from) !== null) this.#out.send(from, { kind: 'ring', view })
    if (order !== 0 || this.#home.leads) return
    this.#following.renew()
    this.#electing.leaderHeard()
  }

  #adopt(view: RingView): void {
    const { state, leader } = this.#home
    const [ring, size] = [stampOf(view), view.members.length]
    this.#home.become(view)
    if (state === 'seeking' || state === 'joining') this.#out.note({ kind: 'joined', ring, size })
    if (leader !== view.leader && leader !== null) this.#out.note({ kind: 'followed', ring, size })
  }

  #leaderHeard(): void {
    const { leader } = this.#home
    if (leader !== null && !this.#home.isSkipped(leader)) this.#electing.leaderHeard()
  }

  #ringChanged(before: RingView | null): void {
    const { view } = this.#home
    if (view !== null && (before === null || compareStamps(view, before) !== 0)) {
      this.#electing.ringChanged()
      if (before === null || !isSameReign(before, view)) this.#following.begin()
    }
    this.#watching.ringChanged()
    this.#electing.wentOver()
    this.#talk.ringChanged()
    this.#texts.ringChanged(before)
  }

  #foundDead(peer: PeerId, why: DeadWhy): void {
    const { nextOwn, leader, leads, isGuest } = this.#home
    this.#out.note({ kind: 'found-dead', peer, why })
    this.#home.goOver(peer)
    if (nextOwn === peer)
      this.#out.note({ kind: 'closed', over: peer, next: this.#home.nextOwn ?? this.#home.config.id })
    if (leads) return this.#leading.takeOut(peer)
    if (peer !== leader || isGuest) return this.#tellLost(peer)
    this.#electing.leaderDead()
    this.#electLater('leader-dead')
  }

  #leaderSilent(): void {
    const { leader } = this.#home
    if (leader === null) return
    if (!this.#home.isSkipped(leader)) {
      this.#out.note({ kind: 'found-dead', peer: leader, why: 'silent' })
      this.#home.goOver(leader)
    }
    this.#electing.leaderDead()
    this.#electLater('leader-silent')
  }

  /** Whoever has just passed on a token waits for what becomes of it. */
  #electLater(why: ElectWhy): void {
    if (this.#home.state !== 'electing') this.#electing.begin(why)
  }

  #won(term: number, path: readonly Member[]): void {
    this.#leading.lead(term, path, 'elected')
    this.#texts.elected()
  }

  /** The leader may not have heard of it, or not have believed it yet. */
  #accuse(): void {
    const { leads, skipped, now, config } = this.#home
    if (leads || now % config.timing.heartbeatTicks !== 0) return
    for (const peer of skipped) this.#tellLost(peer)
  }

  #tellLost(peer: PeerId): void {
    const { view, leader, leads, isGuest } = this.#home
    const member = memberOf(view, peer)
    if (member === null || leader === null || leads || isGuest || peer === leader) return
    this.#out.send(leader, { kind: 'lost', peer, life: member.life })
  }

  #refresh(): void {
    const { leads, leader, isGuest } = this.#home
    if (leads) this.#leading.tell()
    else if (leader !== null && !isGuest) this.#out.send(leader, { kind: 'ping', number: 0, ring: null })
    this.#texts.refresh()
  }

  takeIn(member: Member): void {
    this.#leading.takeIn(member)
  }

  takeOut(peer: PeerId): void {
    if (this.#home.leads) return this.#leading.takeOut(peer)
    this.#home.goOver(peer)
    this.#tellLost(peer)
  }

  beGuest({ leader, members }: { readonly leader: PeerId; readonly members: readonly Member[] }): void {
    if (members[0]?.id !== leader || members[0].kind !== 'reference') return
    const { view, knownTerm } = this.#home
    const version = view?.leader === leader ? view.version + 1 : 1
    this.#home.become({ term: knownTerm, leader, life: null, version, members })
  }

  seekAgain(): void {
    this.#seeking.begin(null)
  }

  beginElection(why: ElectWhy): void {
    this.#electing.begin(why)
  }

  hearChat(chat: Parameters<RingSteering['hearChat']>[0]): boolean {
    return this.#talk.hearChat(chat)
  }
}
