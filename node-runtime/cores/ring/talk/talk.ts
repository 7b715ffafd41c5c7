import { unreachable } from '#kit/assert'
import { ringLimits } from '../limits.ts'
import type { LifeId, PeerId, RestoredRing, RingRecord } from '../messages.ts'
import type { RingHome, TalkMessage, TalkPart, TextBorder } from '../parts.ts'
import { drawUuid } from '../uuid.ts'
import { CatchUp } from './catch-up.ts'
import { flawOf, type Sender } from './flaws.ts'
import { History } from './history.ts'
import { type TalkLimits, talkLimits } from './limits.ts'
import { inMessages, lacking, tellMarks } from './marks.ts'
import { comparePlaces, type Place } from './order.ts'
import { Recent } from './recent.ts'
import { Window } from './window.ts'

type Have = Extract<TalkMessage, { kind: 'have' }>
type Records = Extract<TalkMessage, { kind: 'records' }>
type Words = Pick<RingRecord, 'uuid' | 'source' | 'author' | 'text' | 'atMs'>

/** What people say: kept in one order, passed round the ring, and made up for where it was missed. SPEC.md has the rules. */
export class Talk implements TalkPart {
  readonly #home: RingHome
  readonly #texts: TextBorder
  readonly #limits: TalkLimits
  readonly #history: History
  readonly #window: Window
  readonly #catchUp: CatchUp
  /** Came out of the round: should they still come round, they are passed on, or they would end here. */
  readonly #outOfRound: Recent<RingRecord>
  /** What this step passes on. */
  #passing: RingRecord[] = []
  #revisionBefore: number
  #lateNotes = 0
  #next: PeerId | null = null
  #hasNextAll = false
  #ticksUntilSync: number
  #ticksSinceQuestion = 0
  /** Whoever passed on a record behind a hole may have what is missing. */
  #askAboutHole: PeerId | null = null

  constructor(home: RingHome, restored: RestoredRing, texts: TextBorder, limits: TalkLimits = talkLimits) {
    this.#home = home
    this.#texts = texts
    this.#limits = limits
    this.#history = new History(limits)
    this.#window = new Window(limits)
    this.#catchUp = new CatchUp(limits.offersMax)
    this.#outOfRound = new Recent(limits.outOfRoundMax)
    this.#ticksUntilSync = this.#drawSync()
    this.#restore(restored.records)
    this.#revisionBefore = this.#history.revision
  }

  get counts(): { readonly records: number; readonly underWay: number; readonly waiting: number } {
    const { underWay, waiting } = this.#window
    return { records: this.#history.places, underWay, waiting }
  }

  get history(): Pick<History, 'newestFirst' | 'isLate' | 'places' | 'revision'> {
    return this.#history
  }

  get isHandedOver(): boolean {
    if (this.#home.nextOwn === null) return true
    return this.#hasNextAll && this.#window.underWay + this.#window.waiting === 0
  }

  tick(): void {
    const { suspicionTicks } = this.#home.config.timing
    this.#window.tick(suspicionTicks)
    if (this.#catchUp.tick(suspicionTicks)) this.#endCatchUp(null)
    this.#ticksSinceQuestion += 1
    this.#ticksUntilSync -= 1
    const isLeaving = this.#home.state === 'leaving' && !this.isHandedOver
    if (this.#ticksSinceQuestion >= this.#limits.holeTicks) {
      if (isLeaving) this.#ask(this.#next)
      else if (this.#askAboutHole !== null) this.#ask(this.#askAboutHole)
    }
    if (this.#ticksUntilSync > 0) return
    this.#ticksUntilSync = this.#drawSync()
    const { others, random } = this.#home
    if (others.length > 0 && !this.#catchUp.isRunning) this.#ask(random.pick(others).id)
  }

  ringChanged(): void {
    const { nextOwn } = this.#home
    this.#next = nextOwn
    this.#hasNextAll = false
    this.#window.forgetUnderWay()
    this.#ask(nextOwn)
  }

  receive(from: PeerId, life: LifeId, message: TalkMessage): void {
    if (message.kind === 'have') this.#give(from, message)
    else this.#receiveRecords({ from, life }, message)
  }

  say({ ref, text, atMs }: { readonly ref: number; readonly text: string; readonly atMs: number }): void {
    const { out, random, config, state } = this.#home
    if (this.#window.isFull || text.length > ringLimits.textCharsMax || state === 'leaving' || state === 'left') {
      out.said({ ref, uuid: null, isFitted: false })
      return
    }
    const uuid = drawUuid(random)
    this.#stamp({ uuid, source: 'own', author: config.name, text, atMs })
    out.said({ ref, uuid, isFitted: this.#texts.isFitted(text) })
  }

  hearChat(chat: Omit<Words, 'source'>): boolean {
    if (this.#history.has(chat.uuid) || this.#window.isFull) return false
    this.#stamp({ ...chat, source: 'reference' })
    return true
  }

  finish(): void {
    this.#sendOwn()
    this.#pass()
    this.#lateNotes = 0
    if (this.#history.revision === this.#revisionBefore) return
    this.#revisionBefore = this.#history.revision
    this.#history.show()
  }

  #restore(records: readonly RingRecord[]): void {
    const { clock } = this.#home
    for (const record of records) {
      if (!clock.accepts(record.stamp)) continue
      this.#history.add(record)
      if (record.stamp > clock.value) clock.onReceive(record.stamp)
    }
    this.#history.show()
  }

  #stamp(words: Words): void {
    const { config, clock } = this.#home
    const stamp = clock.beforeSend()
    const { uuid, source, author, text, atMs } = words
    const { life: origin, id: peer } = config
    const record = { origin, sequence: this.#window.number(), stamp, peer, uuid, source, author, text, atMs }
    if (this.#history.add(record).kind === 'new') this.#home.out.record(record)
    this.#hasNextAll = false
  }

  #receiveRecords(sender: Sender, { records, isRound, hasMore }: Records): void {
    const { from } = sender
    let fresh = 0
    for (const record of records) if (this.#isSound(sender, record) && this.#take(from, record, isRound)) fresh += 1
    if (isRound) return
    if (fresh > 0) this.#hasNextAll = false
    const outcome = this.#catchUp.given(from, fresh, hasMore)
    if (outcome === 'go-on') this.#sendHave(from, true)
    else if (outcome === 'ended') this.#endCatchUp(from)
  }

  #isSound(sender: Sender, record: RingRecord): boolean {
    const { config, clock, out } = this.#home
    const flaw = clock.accepts(record.stamp) ? flawOf(record, sender, this.#history) : `stamp ${record.stamp}`
    const isForged = record.origin === config.life && record.sequence > this.#window.last
    if (flaw === null && !isForged) return true
    out.anomaly(flaw ?? `${sender.from} gives a record of this life that it never made`)
    return false
  }

  /** True if it was new here. */
  #take(from: PeerId, record: RingRecord, isRound: boolean): boolean {
    const { config, clock } = this.#home
    const added = this.#history.add(record)
    switch (added.kind) {
      case 'new':
        if (record.stamp > clock.value) clock.onReceive(record.stamp)
        this.#keep(record, isRound ? this.#history.shownUpTo : this.#catchUp.base)
        if (!isRound) this.#outOfRound.add(record)
        else {
          this.#passing.push(record)
          if (added.isAfterHole) this.#askAboutHole = from
        }
        return true
      case 'had':
        if (!isRound) return false
        if (record.origin === config.life) this.#cameHome(added.record)
        else if (this.#outOfRound.take(added.record)) this.#passing.push(added.record)
        return false
      case 'too-old':
        return false
      default:
        return unreachable(added)
    }
  }

  #cameHome(record: RingRecord): void {
    this.#window.cameHome(record.sequence)
    this.#texts.recordPassed(record)
  }

  #keep(record: RingRecord, shownUpTo: Place | null): void {
    const { out } = this.#home
    out.record(record)
    if (shownUpTo === null || comparePlaces(record, shownUpTo) > 0 || !this.#history.isBest(record)) return
    this.#history.markLate(record)
    this.#lateNotes += 1
    if (this.#lateNotes <= this.#limits.lateNotesMax) out.note({ kind: 'inserted-late', uuid: record.uuid })
  }

  #give(to: PeerId, have: Have): void {
    const { records, hasMore } = lacking(this.#history, have, this.#limits)
    if (to === this.#next) this.#hasNextAll = records.length === 0 && have.isFromFirst && have.isToLast
    if (records.length > 0) this.#home.out.send(to, { kind: 'records', records, isRound: false, hasMore })
    if (!have.isAnswer) this.#sendHave(to, true)
  }

  #ask(peer: PeerId | null): void {
    if (peer === null) return
    this.#ticksSinceQuestion = 0
    this.#askAboutHole = null
    this.#sendHave(peer, false)
  }

  #sendHave(to: PeerId, isAnswer: boolean): void {
    this.#catchUp.asking(this.#history.shownUpTo)
    this.#home.out.send(to, { kind: 'have', ...tellMarks(this.#history, this.#limits, this.#home.random), isAnswer })
  }

  /** What was brought is offered to the next, so that it goes on round the ring. */
  #endCatchUp(from: PeerId | null): void {
    const { records, offers } = this.#catchUp.end()
    if (records === 0) return
    if (from !== null) this.#home.out.note({ kind: 'caught-up', records, from })
    for (const peer of offers) if (peer !== this.#next) this.#ask(peer)
    if (from !== this.#next) this.#ask(this.#next)
  }

  #sendOwn(): void {
    const { config, nextOwn } = this.#home
    const { from, upTo } = this.#window.take(nextOwn === null)
    const own = this.#history.origins.get(config.life)?.records
    for (let sequence = from; sequence <= upTo; sequence += 1) {
      const record = own?.get(sequence)
      if (record !== undefined) this.#passing.push(record)
    }
  }

  /** In as few messages as their limits allow. */
  #pass(): void {
    const passing = this.#passing
    if (passing.length === 0) return
    this.#passing = []
    for (const record of passing) this.#texts.recordPassed(record)
    const { nextOwn, out } = this.#home
    if (nextOwn === null) return
    for (const records of inMessages(passing, this.#limits))
      out.send(nextOwn, { kind: 'records', records, isRound: true, hasMore: false })
  }

  /** Not all at the same tick, though all began together. */
  #drawSync(): number {
    const { config, random } = this.#home
    return config.timing.syncTicks + random.below(config.timing.syncTicks)
  }
}
