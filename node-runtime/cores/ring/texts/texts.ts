import type { AnswerTo, LifeId, Member, PeerId, RingRecord, RingView, TextContent, TextMessage } from '../messages.ts'
import type { Beat, RingHome, RingSteering, TextsPart } from '../parts.ts'
import { drawUuid } from '../uuid.ts'
import { memberOf } from '../view.ts'
import { fitAuthor, fitText, fitUser } from './fitting.ts'
import { GuestRing } from './guest-ring.ts'
import { RingOfOurs } from './ring-of-ours.ts'
import { SeenWords } from './seen-words.ts'

/** Words to and from reference peers, whoever leads: SPEC.md beside it, TX. */
export class Texts implements TextsPart {
  readonly #home: RingHome
  readonly #steering: RingSteering
  readonly #seen = new SeenWords()
  /** Own peers that were heard in their own form, which a list of the text form does not tell from others. */
  readonly #ownLives = new Map<PeerId, LifeId>()
  #ticksSinceDiscover = Number.POSITIVE_INFINITY
  readonly #ours: RingOfOurs
  readonly #guest: GuestRing

  constructor(home: RingHome, steering: RingSteering) {
    this.#home = home
    this.#steering = steering
    const speaking = {
      home,
      steering,
      word: (content: TextContent) => this.#word(content),
      passOn: (word: TextMessage) => this.#passOn(word),
      memberFor: (id: PeerId) => this.#memberFor(id),
      discover: () => this.#discover(),
    }
    this.#ours = new RingOfOurs(speaking)
    this.#guest = new GuestRing(speaking)
  }

  get hearsLeader(): boolean {
    return this.#guest.hearsLeader
  }

  get leaderHeardTicksAgo(): number | null {
    return this.#guest.isGuest ? this.#guest.ticksSinceLeader : null
  }

  tick(): void {
    if (!this.#home.config.withTexts) return
    this.#ticksSinceDiscover += 1
    this.#ours.tick()
    this.#guest.tick()
  }

  ringChanged(before: RingView | null): void {
    this.#ours.ringChanged(before)
    this.#guest.ringChanged()
  }

  isFitted(text: string): boolean {
    const hasReference = this.#home.view?.members.some(({ kind }) => kind === 'reference') ?? false
    return hasReference && fitText(text, fitUser(this.#home.config.name)) !== text
  }

  recordPassed({ uuid, author, text }: RingRecord): void {
    const next = this.#referenceNext()
    if (next === null) return
    const user = fitUser(author)
    this.#home.out.sendText(next, { uuid, user, content: { kind: 'chat', text: fitText(text, user) } })
  }

  heardOwn(id: PeerId, life: LifeId): void {
    this.#ownLives.delete(id)
    this.#ownLives.set(id, life)
    const [oldest] = this.#ownLives.keys()
    if (this.#ownLives.size > ownLivesMax && oldest !== undefined) this.#ownLives.delete(oldest)
  }

  hearText(message: TextMessage, atMs: number): void {
    if (!this.#home.config.withTexts) return
    const { uuid, user, content } = message
    if (content.kind === 'chat') this.#steering.hearChat({ uuid, author: fitAuthor(user), text: content.text, atMs })
    else this.#hear(message)
  }

  hearWord(from: PeerId, word: TextMessage): void {
    if (word.content.kind === 'chat') this.#home.out.anomaly(`${from} passed on a chat as a word of the ring`)
    else this.#hear(word)
  }

  discovered(id: PeerId, answerTo: AnswerTo): void {
    const isOwn = this.#ownLives.has(id) || memberOf(this.#home.view, id)?.kind === 'own'
    if (this.#home.config.withTexts && !isOwn) this.#ours.discovered(id, answerTo)
  }

  invited(next: PeerId, leader: PeerId): void {
    const { config, out } = this.#home
    if (!config.withTexts || this.#ownLives.has(leader)) return
    // One datagram of a stranger must not be enough to take a leader away from its ring.
    if (this.#ticksSinceDiscover > config.timing.suspicionTicks)
      return out.anomaly(`invited by ${leader}, whom nobody had asked`)
    this.#guest.invited(next, leader)
  }

  undelivered(peer: PeerId): void {
    if (memberOf(this.#home.view, peer)?.kind === 'reference') this.#steering.takeOut(peer)
  }

  beatPassed({ uuid, ring }: Beat): void {
    const next = this.#referenceNext()
    if (next !== null && this.#ours.isHeartbeatDue()) {
      this.#seen.isNew(uuid)
      this.#home.out.sendText(next, { ...this.#word({ kind: 'heartbeat', leader: ring.leader }), uuid })
    }
  }

  elected(): void {
    this.#ours.elected()
  }

  refresh(): void {
    this.#ours.tellList()
  }

  leaving(): void {
    this.#ours.leaving()
    this.#guest.leaving()
  }

  #discover(): void {
    this.#ticksSinceDiscover = 0
    this.#home.out.discover()
  }

  #hear(word: TextMessage): void {
    if (!this.#seen.isNew(word.uuid)) return
    const isForGuests = this.#guest.isGuest || this.#isOfReferenceLeader(word.content)
    if (isForGuests) this.#guest.hear(word)
    else this.#ours.hear(word)
  }

  /** It leads from now on, or believes that it does and is greater than who leads now: reference peers go by that. */
  #isOfReferenceLeader(content: TextContent): boolean {
    if (content.kind !== 'elected' && content.kind !== 'heartbeat') return false
    const { view } = this.#home
    if (view === null || memberOf(view, content.leader)?.kind !== 'reference') return false
    return content.kind === 'elected' || content.leader > view.leader
  }

  /** Own members have it in their own form, and each that stands before a reference peer says it there in its form. */
  #passOn(word: TextMessage): void {
    this.#seen.isNew(word.uuid)
    const { nextOwn, out } = this.#home
    const next = this.#referenceNext()
    if (next !== null) out.sendText(next, word)
    if (nextOwn !== null) out.send(nextOwn, { kind: 'text', word })
  }

  #referenceNext(): PeerId | null {
    const { nextOfAny, config } = this.#home
    return config.withTexts && nextOfAny?.kind === 'reference' ? nextOfAny.id : null
  }

  #word(content: TextContent): TextMessage {
    return { uuid: drawUuid(this.#home.random), user: fitUser(this.#home.config.name), content }
  }

  #memberFor(id: PeerId): Member {
    const known = memberOf(this.#home.view, id)
    if (known !== null) return known
    const { config } = this.#home
    if (id === config.id) return { id, kind: 'own', life: config.life, name: config.name }
    const life = this.#ownLives.get(id) ?? null
    return { id, kind: life === null ? 'reference' : 'own', life, name: '' }
  }
}

const ownLivesMax = 512
