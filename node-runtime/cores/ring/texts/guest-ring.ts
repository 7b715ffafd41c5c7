import type { Member, PeerId, TextMessage } from '../messages.ts'
import { memberOf } from '../view.ts'
import { nextOf } from './ring-of-ours.ts'
import type { Speaking } from './speaking.ts'

/** In a ring that a reference peer leads: its lists say who is in it, and what it cannot mend is mended by an election. */
export class GuestRing {
  readonly #speaking: Speaking
  #ticksSinceLeader = 0
  #ticksSinceShout = 0
  /** Those that the leader was told of as gone. */
  #toldGone: ReadonlySet<PeerId> = new Set()

  constructor(speaking: Speaking) {
    this.#speaking = speaking
  }

  get isGuest(): boolean {
    return this.#speaking.home.state === 'guest'
  }

  get ticksSinceLeader(): number {
    return this.#ticksSinceLeader
  }

  /** Within the time of two of its heartbeats. */
  get hearsLeader(): boolean {
    return this.isGuest && this.#ticksSinceLeader <= 2 * this.#speaking.home.config.timing.textHeartbeatTicks
  }

  tick(): void {
    if (!this.isGuest) return
    const { config, out } = this.#speaking.home
    const { textSilenceTicks, beaconTicks } = config.timing
    // A list of the text form does not tell own peers from others: they show themselves to each other.
    this.#ticksSinceShout += 1
    if (this.#ticksSinceShout >= beaconTicks) {
      this.#ticksSinceShout = 0
      out.shout({ kind: 'seek', id: config.id, life: config.life })
    }
    this.#ticksSinceLeader += 1
    if (this.#ticksSinceLeader !== textSilenceTicks) return
    this.#ticksSinceLeader = 0
    this.#elect('leader-silent')
  }

  /** Whoever comes between this peer and its next by the list, and is no longer gone to, is dead. */
  ringChanged(): void {
    const { view, config, nextOfAny } = this.#speaking.home
    if (view === null || !this.isGuest) {
      this.#toldGone = new Set()
      return
    }
    // Nobody else is left, and so no leader either.
    if (nextOfAny === null) return this.#elect('leader-dead')
    const gone = new Set<PeerId>()
    for (let id = nextOf(view, config.id); id !== nextOfAny.id && id !== config.id; id = nextOf(view, id)) gone.add(id)
    const told = this.#toldGone
    this.#toldGone = gone
    if (gone.has(view.leader)) return this.#elect('leader-dead')
    for (const leaving of gone) {
      const exit = { kind: 'exit', leaving, predecessor: config.id, successor: nextOfAny.id } as const
      if (!told.has(leaving)) this.#speaking.passOn(this.#speaking.word(exit))
    }
  }

  invited(next: PeerId, leader: PeerId): void {
    const { view, config } = this.#speaking.home
    if (leader === config.id || (view !== null && view.leader !== config.id && !this.isGuest)) return
    this.#ticksSinceLeader = 0
    const ids = new Set([leader, config.id, next])
    this.#speaking.steering.beGuest({ leader, members: [...ids].map((id) => this.#asReferenceIf(id === leader, id)) })
  }

  hear(word: TextMessage): void {
    const { content } = word
    switch (content.kind) {
      case 'heartbeat':
        return this.#hearHeartbeat(content.leader, word)
      case 'elected':
        this.#speaking.passOn(word)
        return this.#follow(content.leader)
      case 'list-build':
        return this.#build(word)
      case 'list-update':
        this.#speaking.passOn(word)
        return this.#goBy(content.ids)
      case 'reconnect':
        return this.#reconnect(content, word)
      case 'leader-exit':
        return this.#leaderGoes(content, word)
      default:
        return this.#speaking.passOn(word)
    }
  }

  leaving(): void {
    const { view, config, nextOfAny } = this.#speaking.home
    if (view?.members[0]?.kind !== 'reference' || nextOfAny === null) return
    const place = view.members.findIndex(({ id }) => id === config.id)
    const predecessor = (view.members[place - 1] ?? view.members.at(-1))?.id ?? config.id
    const exit = { kind: 'exit', leaving: config.id, predecessor, successor: nextOfAny.id } as const
    this.#speaking.passOn(this.#speaking.word(exit))
  }

  #hearHeartbeat(leader: PeerId, word: TextMessage): void {
    const { view } = this.#speaking.home
    if (view === null) return
    if (leader !== view.leader && leader < view.leader) return
    this.#speaking.passOn(word)
    this.#follow(leader)
  }

  /** By the same list, turned so that it begins with who leads now. */
  #follow(leader: PeerId): void {
    const { view } = this.#speaking.home
    this.#ticksSinceLeader = 0
    if (view === null || (view.leader === leader && this.isGuest)) return
    const place = view.members.findIndex(({ id }) => id === leader)
    if (place === -1) return
    this.#speaking.steering.beGuest({
      leader,
      members: [...view.members.slice(place), ...view.members.slice(0, place)],
    })
  }

  #goBy(ids: readonly PeerId[]): void {
    const { config } = this.#speaking.home
    const [leader] = ids
    if (leader === undefined) return
    this.#ticksSinceLeader = 0
    if (!ids.includes(config.id)) return this.#speaking.discover()
    const members = ids.map((id) => this.#speaking.memberFor(id))
    if (members[0]?.kind === 'reference') this.#speaking.steering.beGuest({ leader, members })
  }

  /** Gathers its members in their order, so it goes to the next alone, whatever that is. */
  #build({ uuid, user, content }: TextMessage): void {
    const { config, nextOfAny, out } = this.#speaking.home
    if (content.kind !== 'list-build' || nextOfAny === null || content.ids.includes(config.id)) return
    const word: TextMessage = { uuid, user, content: { ...content, ids: [...content.ids, config.id] } }
    if (nextOfAny.kind === 'reference') out.sendText(nextOfAny.id, word)
    else out.send(nextOfAny.id, { kind: 'text', word })
  }

  #reconnect({ target, next }: { readonly target: PeerId; readonly next: PeerId }, word: TextMessage): void {
    const { view, config } = this.#speaking.home
    if (target !== config.id) return this.#speaking.passOn(word)
    if (view === null || memberOf(view, next) === null || next === config.id) return
    const between = new Set<PeerId>()
    for (let id = nextOf(view, config.id); id !== next; id = nextOf(view, id)) between.add(id)
    if (between.has(view.leader) || between.has(config.id)) return
    const members = view.members.filter(({ id }) => !between.has(id))
    this.#speaking.steering.beGuest({ leader: view.leader, members })
  }

  #leaderGoes(exit: { readonly leader: PeerId; readonly predecessor: PeerId }, word: TextMessage): void {
    const { view, config } = this.#speaking.home
    if (view === null || exit.leader !== view.leader) return
    this.#speaking.passOn(word)
    this.#speaking.steering.takeOut(exit.leader)
    if (exit.predecessor === config.id) this.#elect('leader-dead')
  }

  #elect(why: 'leader-dead' | 'leader-silent'): void {
    const { state, view } = this.#speaking.home
    if (state !== 'guest' || view === null) return
    this.#speaking.steering.takeOut(view.leader)
    this.#speaking.steering.beginElection(why)
  }

  #asReferenceIf(isReference: boolean, id: PeerId): Member {
    return isReference ? { id, kind: 'reference', life: null, name: '' } : this.#speaking.memberFor(id)
  }
}
