import { assert } from '#kit/assert'
import type { Entry } from './entry.ts'
import type { RaftLimits } from './limits.ts'
import { MemberLog } from './member-log.ts'
import type { LogBase, LogEnd, ReadLog } from './messages.ts'

export const logLimits = {
  /**
   * What is left of the newest entries in memory when they weigh twice as much. Older ones are read from the disk, for
   * peers that are far behind.
   */
  tailBytesMax: 8 * 1024 * 1024,
  /** What an entry weighs there beside its record, as measured; of small commands it is the most. */
  bytesBeside: 400,
} as const

export interface LogParts {
  readonly readLog: ReadLog
  readonly limits: RaftLimits['log']
}

export interface Stamps {
  readonly atMs: number
  readonly lamport: number
}

export interface ReadLimit {
  readonly entries: number
  readonly bytes: number
}

/**
 * The log of one node as far as its core must know it.
 *
 * 1. `tail` holds the newest entries without a gap, and always those that are not saved yet.
 * 2. `terms` knows for each term in the log where it begins, so a term is found without reading an entry.
 * 3. `members` is always what this very log says, to its last entry.
 */
export class RaftLog {
  readonly members: MemberLog
  readonly #readLog: ReadLog
  readonly #limits: RaftLimits['log']
  #base: LogEnd
  #tail: Entry[] = []
  #tailBytes = 0
  #terms: { readonly term: number; readonly from: number }[] = []
  #last: LogEnd
  /** Everything from here on is not on the disk yet. */
  #unsavedFrom: number
  #floor: Stamps

  constructor(base: LogBase, entries: readonly Entry[], { readLog, limits }: LogParts) {
    this.members = new MemberLog({ index: base.end.index, membership: base.membership })
    this.#readLog = readLog
    this.#limits = limits
    this.#base = base.end
    this.#last = base.end
    this.#floor = base
    this.#unsavedFrom = base.end.index + 1
    for (const entry of entries) this.append(entry)
    this.takeUnsaved()
  }

  /** What the log begins after. */
  get base(): LogEnd {
    return this.#base
  }

  get last(): LogEnd {
    return this.#last
  }

  /** Time and stamp of the newest entry: the next one may not go below them. */
  get floor(): Stamps {
    return this.#floor
  }

  /** null: before the base, or not there yet. */
  termAt(index: number): number | null {
    if (index === this.#base.index) return this.#base.term
    if (index < this.#base.index || index > this.#last.index) return null
    return this.#terms.findLast(({ from }) => from <= index)?.term ?? null
  }

  has({ index, term }: LogEnd): boolean {
    return this.termAt(index) === term
  }

  /** Of two logs, the one whose last term is later is newer; in the same term, the longer one. */
  isNewerThan({ index, term }: LogEnd): boolean {
    return this.#last.term > term || (this.#last.term === term && this.#last.index > index)
  }

  /** The last place of ours that may agree with a log which has `other` somewhere. Nothing behind it can. */
  lastLike(other: LogEnd): LogEnd {
    let end = Math.min(other.index, this.#last.index)
    for (const { term, from } of this.#terms.toReversed()) {
      if (from > end) continue
      if (term <= other.term) return { index: end, term }
      end = from - 1
    }
    return this.#base
  }

  append(entry: Entry): void {
    assert(entry.index === this.#last.index + 1, `entry ${entry.index} after ${this.#last.index}`)
    assert(entry.term >= this.#last.term, 'terms never go back along a log')
    this.#tail.push(entry)
    this.#tailBytes += weightOf(entry)
    // A log that was compacted to its end has no run left, also not of the term that goes on.
    if (this.#terms.at(-1)?.term !== entry.term) this.#terms.push({ term: entry.term, from: entry.index })
    this.#last = { index: entry.index, term: entry.term }
    this.#floor = entry
    this.members.append(entry)
  }

  /** Everything from this index on is gone. Something is appended in the same step: a log only shrinks to grow anew. */
  cut(from: number): void {
    assert(from > this.#base.index && from <= this.#last.index, `cut at ${from}`)
    const term = this.termAt(from - 1) ?? this.#base.term
    const kept = this.#tail.length - (this.#last.index - from + 1)
    if (kept < 0) this.#tail = []
    else this.#tail.length = kept
    this.#tailBytes = this.#tail.reduce((sum, entry) => sum + weightOf(entry), 0)
    this.#terms = this.#terms.filter((run) => run.from < from)
    this.#last = { index: from - 1, term }
    this.#unsavedFrom = Math.min(this.#unsavedFrom, from)
    this.members.cut(from)
    // With nothing left in memory the old floor stays: higher than it need be, and so never wrong.
    this.#floor = this.#tail.at(-1) ?? this.#floor
  }

  /** A snapshot took the place of everything. */
  resetTo(base: LogBase): void {
    this.members.resetTo({ index: base.end.index, membership: base.membership })
    this.#base = base.end
    this.#last = base.end
    this.#floor = base
    this.#tail = []
    this.#tailBytes = 0
    this.#terms = []
    this.#unsavedFrom = base.end.index + 1
  }

  compactTo(index: number): void {
    const term = this.termAt(index)
    assert(term !== null && index < this.#unsavedFrom, `compacted to ${index}`)
    this.#base = { index, term }
    this.members.compactTo(index)
    const later = this.#terms.filter((run) => run.from > index)
    // The run that holds the index goes on behind it, if there is anything.
    const next = later[0]?.from ?? this.#last.index + 1
    this.#terms = next > index + 1 ? [{ term, from: index + 1 }, ...later] : later
    const surplus = index - (this.#last.index - this.#tail.length)
    if (surplus > 0) this.#forget(surplus)
  }

  /** At least one entry if there is any: a single one may be larger than the limit. */
  read(from: number, limit: ReadLimit): readonly Entry[] {
    if (from > this.#last.index) return []
    assert(from > this.#base.index, `entry ${from} is no longer in the log`)
    const tailFrom = this.#last.index - this.#tail.length + 1
    const start = from - tailFrom
    // Not past the beginning of the tail: what the disk has there may just have been replaced.
    if (start < 0) return this.#readLog(from, { ...limit, entries: Math.min(limit.entries, tailFrom - from) })
    let bytes = 0
    let end = start
    for (; end < this.#tail.length && end - start < limit.entries; end += 1) {
      bytes += this.#tail[end]?.bytes.length ?? 0
      if (bytes > limit.bytes && end > start) break
    }
    return this.#tail.slice(start, end)
  }

  /** What must go to the disk now. */
  takeUnsaved(): readonly Entry[] {
    const count = this.#last.index - this.#unsavedFrom + 1
    this.#unsavedFrom = this.#last.index + 1
    const unsaved = count === 0 ? nothing : this.#tail.slice(this.#tail.length - count)
    if (this.#tailBytes > this.#limits.tailBytesMax * 2) this.#trim()
    return unsaved
  }

  #trim(): void {
    let surplus = 0
    let bytes = this.#tailBytes
    for (const entry of this.#tail) {
      if (bytes <= this.#limits.tailBytesMax) break
      bytes -= weightOf(entry)
      surplus += 1
    }
    this.#forget(surplus)
  }

  #forget(count: number): void {
    for (const entry of this.#tail.slice(0, count)) this.#tailBytes -= weightOf(entry)
    this.#tail = this.#tail.slice(count)
  }
}

function weightOf({ bytes }: Entry): number {
  return bytes.length + logLimits.bytesBeside
}

const nothing: readonly Entry[] = Object.freeze([])
