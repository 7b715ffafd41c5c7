import type { Entry } from '#cores/raft/entry'
import { decodeMembership, type Membership } from '#cores/raft/membership'
import type { HardState, LogBase, LogEnd, Persist, Restored } from '#cores/raft/messages'

export interface Since {
  readonly index: number
  readonly membership: Membership
}

export interface Kept {
  /** What the new entries stand on. */
  readonly before: LogEnd | Entry
  readonly members: Since
  readonly cut: { readonly from: number; readonly upTo: number } | null
}

/** What is on one node's disk, in one life of it, by what the node said when it was there. */
export class KnownLog {
  readonly incarnation: number
  #hard: HardState
  #base: LogBase
  /** By index; there is nothing up to the base. */
  readonly #entries: (Entry | undefined)[] = []
  #last: LogEnd
  #members: Since[]

  constructor(incarnation: number, { hard, base, entries }: Restored) {
    this.incarnation = incarnation
    this.#hard = hard
    this.#base = base
    this.#last = base.end
    this.#members = [{ index: base.end.index, membership: base.membership }]
    for (const entry of entries) this.#append(entry)
  }

  get hard(): HardState {
    return this.#hard
  }

  get base(): LogBase {
    return this.#base
  }

  get last(): LogEnd {
    return this.#last
  }

  /** In force, and since which entry. */
  get members(): Since {
    return this.#members.at(-1) ?? { index: 0, membership: [] }
  }

  /** In force when this entry was the last, and at any time since. */
  membersSince(index: number): readonly Membership[] {
    const first = this.#members.findLastIndex((since) => since.index <= index)
    return this.#members.slice(Math.max(0, first)).map(({ membership }) => membership)
  }

  entry(index: number): Entry | undefined {
    return this.#entries[index]
  }

  /** null: before the base, or not there. */
  termAt(index: number): number | null {
    if (index === this.#base.end.index) return this.#base.end.term
    return this.#entries[index]?.term ?? null
  }

  /** It stands there, or a snapshot holds what it led to. */
  holds({ index, term }: LogEnd): boolean {
    return index < this.#base.end.index || this.termAt(index) === term
  }

  /** Gives back what the log was where it was changed, and what was cut away there. */
  keep({ hard, chunks, entries, base }: Persist): Kept {
    this.#hard = hard ?? this.#hard
    const installed = chunks.findLast(({ chunk }) => chunk.isLast)
    if (installed !== undefined) this.#resetTo(installed.snapshot)
    const cut = this.#cut(entries[0]?.index ?? this.#last.index + 1)
    const kept = { cut, before: this.#last, members: this.members }
    for (const entry of entries) this.#append(entry)
    if (base !== null) this.#compact(base)
    return kept
  }

  #cut(from: number): Kept['cut'] {
    const upTo = this.#last.index
    if (from > upTo) return null
    this.#entries.length = from
    this.#last = this.#entries[from - 1] ?? this.#base.end
    this.#members = this.#members.filter(({ index }) => index < from || index === this.#base.end.index)
    return { from, upTo }
  }

  #append(entry: Entry): void {
    this.#entries[entry.index] = entry
    this.#last = entry
    const membership = entry.kind === 'members' ? decodeMembership(entry.payload) : null
    if (membership !== null) this.#members.push({ index: entry.index, membership })
  }

  #compact(base: LogBase): void {
    for (let index = this.#base.end.index; index <= base.end.index; index += 1) this.#entries[index] = undefined
    this.#base = base
    const later = this.#members.filter(({ index }) => index > base.end.index)
    this.#members = [{ index: base.end.index, membership: base.membership }, ...later]
  }

  #resetTo(base: LogBase): void {
    this.#entries.length = 0
    this.#base = base
    this.#last = base.end
    this.#members = [{ index: base.end.index, membership: base.membership }]
  }
}
