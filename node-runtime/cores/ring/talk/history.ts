import type { LifeId, PeerId, RingRecord } from '../messages.ts'
import type { TalkLimits } from './limits.ts'
import { comparePlaces, type Place } from './order.ts'
import { type Range, Ranges } from './ranges.ts'
import { SortedRecords } from './sorted-records.ts'
import { Uuids } from './uuids.ts'

/** What one life has stamped. */
export interface Origin {
  readonly peer: PeerId
  readonly ranges: readonly Range[]
  readonly records: ReadonlyMap<number, RingRecord>
}

export type Added =
  /** `isAfterHole`: of its origin something before it is missing. */
  | { readonly kind: 'new'; readonly isAfterHole: boolean }
  /** The one that is there already, which should be the same. */
  | { readonly kind: 'had'; readonly record: RingRecord }
  /** Before the floor: it was there and has gone, or would have. */
  | { readonly kind: 'too-old' }

/**
 * All records in the order of all, as many of the newest as its limits allow. Whoever holds what two of them hold keeps
 * the same of it, whatever came first: what is dropped from a part would be dropped from the whole.
 */
export class History {
  readonly #limits: Pick<TalkLimits, 'recordsMax' | 'charsMax'>
  readonly #sorted = new SortedRecords()
  readonly #uuids = new Uuids()
  readonly #origins = new Map<LifeId, OwnedOrigin>()
  readonly #late = new Set<string>()
  #floor: Place | null = null
  #chars = 0
  #revision = 0
  /** The last place that people could have seen when this step began. */
  #shownUpTo: Place | null = null

  constructor(limits: Pick<TalkLimits, 'recordsMax' | 'charsMax'>) {
    this.#limits = limits
  }

  /** Records, of which several may be stampings of one uuid. */
  get size(): number {
    return this.#sorted.size
  }

  /** Messages as people see them. */
  get places(): number {
    return this.#uuids.size
  }

  /** Counts changes. */
  get revision(): number {
    return this.#revision
  }

  get shownUpTo(): Place | null {
    return this.#shownUpTo
  }

  get origins(): ReadonlyMap<LifeId, Origin> {
    return this.#origins
  }

  has(uuid: string): boolean {
    return this.#uuids.has(uuid)
  }

  isBest(record: RingRecord): boolean {
    return this.#uuids.isBest(record)
  }

  isLate(uuid: string): boolean {
    return this.#late.has(uuid)
  }

  /** Each message once, at its place, from the newest on. */
  *newestFirst(before: Place | null = null): Generator<RingRecord> {
    for (const record of this.#sorted.newestFirst(before)) if (this.#uuids.isBest(record)) yield record
  }

  add(record: RingRecord): Added {
    const had = this.#origins.get(record.origin)?.records.get(record.sequence)
    if (had !== undefined) return { kind: 'had', record: had }
    if (this.#isBelowFloor(record)) return { kind: 'too-old' }
    const origin = this.#originOf(record)
    const beginsRange = origin.add(record)
    this.#sorted.add(record)
    this.#uuids.add(record)
    this.#chars += charsOf(record)
    this.#revision += 1
    while (this.#isOver()) this.#dropFirst()
    return this.#isBelowFloor(record)
      ? { kind: 'too-old' }
      : { kind: 'new', isAfterHole: beginsRange && record.sequence > 1 }
  }

  /** It stands before what was shown already. */
  markLate(record: RingRecord): void {
    this.#late.add(record.uuid)
  }

  /** What is here now has been seen. */
  show(): void {
    this.#shownUpTo = this.#sorted.last ?? null
  }

  #originOf({ origin, peer }: RingRecord): OwnedOrigin {
    const known = this.#origins.get(origin)
    if (known !== undefined) return known
    const fresh = new OwnedOrigin(peer)
    this.#origins.set(origin, fresh)
    return fresh
  }

  #isBelowFloor(place: Place): boolean {
    return this.#floor !== null && comparePlaces(place, this.#floor) <= 0
  }

  #isOver(): boolean {
    return this.size > this.#limits.recordsMax || this.#chars > this.#limits.charsMax
  }

  #dropFirst(): void {
    const record = this.#sorted.first
    if (record === undefined) return
    this.#sorted.dropFirst()
    this.#uuids.remove(record)
    if (!this.#uuids.has(record.uuid)) this.#late.delete(record.uuid)
    this.#chars -= charsOf(record)
    this.#floor = record
    const origin = this.#origins.get(record.origin)
    if (origin === undefined) return
    origin.remove(record)
    if (origin.records.size === 0) this.#origins.delete(record.origin)
  }
}

class OwnedOrigin implements Origin {
  readonly peer: PeerId
  readonly #ranges = new Ranges()
  readonly #records = new Map<number, RingRecord>()

  constructor(peer: PeerId) {
    this.peer = peer
  }

  get ranges(): readonly Range[] {
    return this.#ranges.all
  }

  get records(): ReadonlyMap<number, RingRecord> {
    return this.#records
  }

  add(record: RingRecord): boolean {
    this.#records.set(record.sequence, record)
    return this.#ranges.add(record.sequence)
  }

  remove({ sequence }: RingRecord): void {
    this.#records.delete(sequence)
    this.#ranges.remove(sequence)
  }
}

/** What is the same in all of them weighs as much as so many characters. */
const charsPerRecord = 100

function charsOf({ author, text }: RingRecord): number {
  return charsPerRecord + author.length + text.length
}
