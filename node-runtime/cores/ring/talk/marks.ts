import type { Random } from '#kit/random'
import type { LifeId, Marks, RingRecord } from '../messages.ts'
import type { History } from './history.ts'
import type { TalkLimits } from './limits.ts'
import { comparePlaces } from './order.ts'
import { type Range, without } from './ranges.ts'

/**
 * Of all that could be told, in the order of origins as text and then of numbers, what a message tells: everything from
 * its first mark to its last, and beyond an end where there is no more.
 */
export interface Told {
  readonly marks: Marks
  readonly isFromFirst: boolean
  readonly isToLast: boolean
}

/** What is here, as others are told. Of more than a message takes one part that luck chooses, so each has its turn. */
export function tellMarks(history: History, { marksMax }: Pick<TalkLimits, 'marksMax'>, random: Random): Told {
  const marks: Marks[number][] = []
  for (const [origin, { ranges }] of history.origins)
    for (const { from, upTo } of ranges) marks.push({ origin, from, upTo })
  if (marks.length <= marksMax) return { marks, isFromFirst: true, isToLast: true }
  // Ranges of one origin rise already, and a sort leaves equals as they were.
  marks.sort((one, other) => (one.origin === other.origin ? 0 : one.origin < other.origin ? -1 : 1))
  // Each part begins with the last mark of the one before, so that nothing lies between two parts.
  const step = marksMax - 1
  const first = step * random.below(Math.ceil((marks.length - 1) / step))
  const part = marks.slice(first, first + marksMax)
  return { marks: part, isFromFirst: first === 0, isToLast: first + marksMax >= marks.length }
}

/** What is told of each origin. Of what is not told whether it is there it says that it is. */
function readTold({ marks, isFromFirst, isToLast }: Told): (origin: LifeId) => readonly Range[] {
  const [first, last] = [isFromFirst ? undefined : marks[0], isToLast ? undefined : marks.at(-1)]
  const told = readMarks(marks)
  return (origin) => {
    const isUntold = (first !== undefined && origin < first.origin) || (last !== undefined && origin > last.origin)
    if (isUntold) return everything
    const ranges = told.get(origin) ?? []
    const before = first !== undefined && origin === first.origin ? [{ from: 1, upTo: first.from - 1 }] : []
    const behind = last !== undefined && origin === last.origin ? [{ from: last.upTo + 1, upTo: endless }] : []
    return [...before, ...ranges, ...behind]
  }
}

const endless = Number.MAX_SAFE_INTEGER
const everything: readonly Range[] = [{ from: 0, upTo: endless }]

function readMarks(marks: Marks): ReadonlyMap<LifeId, readonly Range[]> {
  const told = new Map<LifeId, Range[]>()
  for (const { origin, from, upTo } of marks) {
    const ranges = told.get(origin)
    if (ranges === undefined) told.set(origin, [{ from, upTo }])
    else ranges.push({ from, upTo })
  }
  return told
}

export interface Batch {
  readonly records: readonly RingRecord[]
  readonly hasMore: boolean
}

type MessageLimits = Pick<TalkLimits, 'recordsPerMessageMax' | 'charsPerMessageMax'>

/** What is here and not among those marks, the oldest first, as much as a message takes. */
export function lacking(history: History, told: Told, limits: MessageLimits): Batch {
  const toldOf = readTold(told)
  const cursors: Cursor[] = []
  for (const [id, { ranges, records }] of history.origins) {
    const cursor = new Cursor(without(ranges, toldOf(id)), records)
    if (cursor.record !== null) cursors.push(cursor)
  }
  // The oldest stands last: it is taken, goes on, and is put back where it belongs then.
  cursors.sort((one, other) => compareCursors(other, one))
  const batch = new Filling(limits)
  for (let oldest = cursors.pop(); oldest !== undefined; oldest = cursors.pop()) {
    if (oldest.record === null) continue
    if (!batch.add(oldest.record)) return { records: batch.records, hasMore: true }
    oldest.goOn()
    if (oldest.record !== null) putBack(cursors, oldest)
  }
  return { records: batch.records, hasMore: false }
}

/** Records in their order, in messages that are not too large. */
export function* inMessages(records: readonly RingRecord[], limits: MessageLimits): Generator<readonly RingRecord[]> {
  let filling = new Filling(limits)
  for (const record of records) {
    if (filling.add(record)) continue
    yield filling.records
    filling = new Filling(limits)
    filling.add(record)
  }
  if (filling.records.length > 0) yield filling.records
}

/** One message: any record is taken as its first. */
class Filling {
  readonly #limits: MessageLimits
  readonly #records: RingRecord[] = []
  #chars = 0

  constructor(limits: MessageLimits) {
    this.#limits = limits
  }

  get records(): readonly RingRecord[] {
    return this.#records
  }

  add(record: RingRecord): boolean {
    const { recordsPerMessageMax, charsPerMessageMax } = this.#limits
    const isFull = this.#records.length >= recordsPerMessageMax || this.#chars + record.text.length > charsPerMessageMax
    if (isFull && this.#records.length > 0) return false
    this.#records.push(record)
    this.#chars += record.text.length
    return true
  }
}

/** Goes through some ranges of an origin, which are in the order of all because a life's stamps rise. */
class Cursor {
  readonly #ranges: readonly Range[]
  readonly #records: ReadonlyMap<number, RingRecord>
  #range = 0
  #sequence: number
  #record: RingRecord | null

  constructor(ranges: readonly Range[], records: ReadonlyMap<number, RingRecord>) {
    this.#ranges = ranges
    this.#records = records
    this.#sequence = ranges[0]?.from ?? 0
    this.#record = records.get(this.#sequence) ?? null
  }

  get record(): RingRecord | null {
    return this.#record
  }

  goOn(): void {
    this.#sequence += 1
    if (this.#sequence > (this.#ranges[this.#range]?.upTo ?? 0)) {
      this.#range += 1
      this.#sequence = this.#ranges[this.#range]?.from ?? 0
    }
    this.#record = this.#records.get(this.#sequence) ?? null
  }
}

function compareCursors({ record: one }: Cursor, { record: other }: Cursor): number {
  return one === null || other === null ? 0 : comparePlaces(one, other)
}

function putBack(cursors: Cursor[], cursor: Cursor): void {
  let low = 0
  let high = cursors.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = cursors[middle]
    if (other !== undefined && compareCursors(other, cursor) > 0) low = middle + 1
    else high = middle
  }
  cursors.splice(low, 0, cursor)
}
