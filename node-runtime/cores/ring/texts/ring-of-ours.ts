import type { AnswerTo, Member, PeerId, RingView, TextMessage } from '../messages.ts'
import { memberOf } from '../view.ts'
import type { Speaking } from './speaking.ts'

/** A ring without reference peers looks for one that a reference peer leads so many heartbeats apart. */
const heartbeatsPerCall = 6

/** More reference peers than this are not remembered after they have gone. */
const formerMax = 64

/** Reference peers in a ring that an own peer leads: they are told who leads, who is in it, and who comes after them. */
export class RingOfOurs {
  readonly #speaking: Speaking
  /** What each reference member was last told about its next, and when. */
  readonly #toldNext = new Map<PeerId, { readonly next: PeerId; readonly atTick: number }>()
  /** When one that was said to be dead was believed to live: members only. */
  readonly #spared = new Map<PeerId, number>()
  /** Reference peers that were in the ring and are not. One that elects has not gone: it was taken for dead, or forgotten. */
  readonly #former = new Set<PeerId>()
  #now = 0
  /** Whoever asks now is told its next by the answer alone. */
  #asking: PeerId | null = null
  #toldList = ''
  #ticksSinceHeartbeat = Number.MAX_SAFE_INTEGER
  #ticksUntilCall = 0
  #ticksSeeking = 0

  constructor(speaking: Speaking) {
    this.#speaking = speaking
  }

  tick(): void {
    const { state, view, config } = this.#speaking.home
    const { seekTicks, textHeartbeatTicks } = config.timing
    this.#now += 1
    if (this.#ticksSinceHeartbeat < textHeartbeatTicks) this.#ticksSinceHeartbeat += 1
    this.#ticksSeeking = state === 'seeking' ? this.#ticksSeeking + 1 : 0
    if (this.#ticksSeeking === Math.ceil(seekTicks / 2)) this.#speaking.discover()
    if (state !== 'leader' || view === null || hasReference(view)) return
    if (this.#ticksUntilCall > 0) this.#ticksUntilCall -= 1
    else {
      this.#ticksUntilCall = heartbeatsPerCall * textHeartbeatTicks
      this.#speaking.discover()
    }
  }

  isHeartbeatDue(): boolean {
    if (this.#ticksSinceHeartbeat < this.#speaking.home.config.timing.textHeartbeatTicks) return false
    this.#ticksSinceHeartbeat = 0
    return true
  }

  ringChanged(before: RingView | null): void {
    const { view } = this.#speaking.home
    if (before !== null && view !== null) this.#rememberFormer(before, view)
    if (view === null || !this.#leads()) return this.#forget()
    const references = view.members.filter(({ kind }) => kind === 'reference')
    for (const known of [this.#toldNext, this.#spared])
      for (const id of known.keys()) if (memberOf(view, id) === null) known.delete(id)
    for (const { id } of references) this.#tellNext(id, nextOf(view, id))
    const list = view.members.map(({ id }) => id).join()
    if (references.length > 0 && list !== this.#toldList) this.tellList()
    this.#toldList = list
  }

  elected(): void {
    const { view, config } = this.#speaking.home
    if (view === null || !hasReference(view)) return
    this.#speaking.passOn(this.#speaking.word({ kind: 'elected', leader: config.id }))
  }

  tellList(): void {
    const { view } = this.#speaking.home
    if (view === null || !this.#leads() || !hasReference(view)) return
    const ids = view.members.map(({ id }) => id)
    this.#speaking.passOn(this.#speaking.word({ kind: 'list-update', ids }))
  }

  /**
   * The newcomer's next is who comes after the leader now. One that is a member already asks again because its next
   * refused it: is that a reference peer too, nobody else will notice.
   */
  discovered(id: PeerId, answerTo: AnswerTo): void {
    if (!this.#leads()) return
    // Its answer goes over UDP, and may be there before a word over TCP that says what was so before.
    this.#asking = id
    this.#takeOutNextOf(id)
    this.#asking = null
    const { view, config, out } = this.#speaking.home
    if (view === null) return
    const next = view.members.find((member) => member.id !== id && member.id !== config.id)?.id ?? config.id
    this.#toldNext.set(id, { next, atTick: this.#now })
    out.invite(answerTo, next, config.id)
    const newcomer: Member = { id, kind: 'reference', life: null, name: memberOf(view, id)?.name ?? '' }
    this.#speaking.steering.takeIn(newcomer)
  }

  hear(word: TextMessage): void {
    const { content } = word
    const { view } = this.#speaking.home
    if (view === null) return
    switch (content.kind) {
      case 'exit':
        // Own peers leave in their own form; a stranger could name anybody.
        if (memberOf(view, content.leaving)?.kind === 'reference') this.#speaking.steering.takeOut(content.leaving)
        return
      case 'token':
        return this.#elects(content.initiator, word)
      case 'list-build':
        return
      case 'list-update':
      case 'elected':
      case 'heartbeat':
        // Own words that come home; others that believe to lead follow the heartbeat of a greater one by themselves.
        if (content.kind === 'elected' && content.leader === view.leader) this.#speaking.passOn(word)
        if (content.kind === 'list-update' && content.ids[0] === view.leader) this.#speaking.passOn(word)
        return
      default:
        return
    }
  }

  /** With none but reference peers left, one of them has to be told to elect. */
  leaving(): void {
    const { view, config, nextOwn } = this.#speaking.home
    if (view === null || !this.#leads() || nextOwn !== null || !hasReference(view)) return
    const predecessor = view.members.at(-1)?.id ?? config.id
    const successor = nextOf(view, config.id)
    this.#speaking.passOn(this.#speaking.word({ kind: 'leader-exit', leader: config.id, predecessor, successor }))
  }

  #takeOutNextOf(id: PeerId): void {
    const { view } = this.#speaking.home
    if (view === null || memberOf(view, id) === null) return
    const next = memberOf(view, nextOf(view, id))
    if (next?.kind !== 'reference' || next.id === id || this.#isSpared(id, next.id)) return
    this.#speaking.steering.takeOut(next.id)
  }

  /**
   * Whom the asker was told of a moment ago it has not tried: it asks because of whoever it had before. Once only: those
   * who stand before a dead one would else send each other there.
   */
  #isSpared(asker: PeerId, next: PeerId): boolean {
    const { textHeartbeatTicks } = this.#speaking.home.config.timing
    const told = this.#toldNext.get(asker)
    if (told === undefined || this.#now - told.atTick >= textHeartbeatTicks) return false
    const sparedAtTick = this.#spared.get(next)
    if (sparedAtTick !== undefined && this.#now - sparedAtTick < textHeartbeatTicks) return false
    this.#spared.set(next, this.#now)
    return true
  }

  #rememberFormer(before: RingView, view: RingView): void {
    for (const { id } of view.members) this.#former.delete(id)
    for (const { id, kind } of before.members) {
      if (kind !== 'reference' || memberOf(view, id) !== null) continue
      const [oldest] = this.#former
      if (this.#former.size >= formerMax && oldest !== undefined) this.#former.delete(oldest)
      this.#former.add(id)
    }
  }

  /** It misses its leader. What others pass on of it comes to the leader, which sees to it that it hears again. */
  #elects(initiator: PeerId, word: TextMessage): void {
    const { view, nextOfAny, out } = this.#speaking.home
    const isFormer = this.#former.has(initiator)
    if (view === null || (!isFormer && memberOf(view, initiator)?.kind !== 'reference')) return
    if (isFormer && this.#leads())
      return this.#speaking.steering.takeIn({ id: initiator, kind: 'reference', life: null, name: '' })
    if (nextOfAny !== null) out.note({ kind: 'token-passed', term: view.term, initiator, to: nextOfAny.id })
    this.#speaking.passOn(word)
    // After its token, which would else come home, and make it lead.
    if (this.#leads()) this.#tellAllNexts(view)
  }

  /** Whoever goes by another next than it was told is told again. */
  #tellAllNexts(view: RingView): void {
    this.#toldNext.clear()
    for (const { id, kind } of view.members) if (kind === 'reference') this.#tellNext(id, nextOf(view, id))
  }

  #tellNext(id: PeerId, next: PeerId): void {
    if (id === this.#asking || this.#toldNext.get(id)?.next === next) return
    this.#toldNext.set(id, { next, atTick: this.#now })
    this.#speaking.home.out.sendText(id, this.#speaking.word({ kind: 'reconnect', target: id, next }))
  }

  #leads(): boolean {
    const { view, config } = this.#speaking.home
    return view?.leader === config.id
  }

  #forget(): void {
    this.#toldNext.clear()
    this.#spared.clear()
    this.#toldList = ''
  }
}

export function hasReference(view: RingView): boolean {
  return view.members.some(({ kind }) => kind === 'reference')
}

export function nextOf({ members }: RingView, id: PeerId): PeerId {
  const place = members.findIndex((member) => member.id === id)
  return (members[place + 1] ?? members[0])?.id ?? id
}
