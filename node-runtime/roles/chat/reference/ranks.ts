import { isName } from '#cores/chat/index'
import type { RankedServer } from '#dialects/chat/index'

export const rankLimits = {
  /** Whoever is not heard of for so long is not available. */
  silentMs: 15_000,
  /** Names of foreign servers. A rank is for good, so that a flood of names cannot drive others out. */
  foreignMax: 1_000,
} as const

/** What is known of a server for good. `isHere`: as far as was known when this was kept. */
export interface RankRow extends RankedServer {
  readonly isHere: boolean
}

interface Known {
  row: RankRow
  heardMs: number
}

type Place =
  | { readonly kind: 'known'; readonly row: RankRow }
  /** To be kept before anybody is told. */
  | { readonly kind: 'new'; readonly row: RankRow }
  | { readonly kind: 'refused'; readonly why: 'name-not-allowed' | 'too-many' }

/**
 * Who is which: a rank by name, the same for ever, smallest first. Time is handed in: `nowMs` goes forward only, `wallMs`
 * is what people read.
 */
export class Ranks {
  readonly #own: ReadonlySet<string>
  readonly #known = new Map<string, Known>()
  #lastRank = 0
  #foreign = 0

  /** Those who were here when the rows were kept are given their time to be heard of again. */
  constructor(own: readonly string[], rows: readonly RankRow[], nowMs: number) {
    this.#own = new Set(own)
    for (const row of rows) this.keep(row, row.isHere ? nowMs : Number.NEGATIVE_INFINITY)
  }

  /** All that there are, smallest rank first. */
  get all(): readonly RankRow[] {
    return [...this.#known.values()].map(({ row }) => row).toSorted((one, other) => one.rank - other.rank)
  }

  available(): readonly RankRow[] {
    return this.all.filter(({ isHere }) => isHere)
  }

  /** The rank that this name has or would get. */
  place(name: string, wallMs: number): Place {
    const known = this.#known.get(name)
    if (known !== undefined) return { kind: 'known', row: known.row }
    if (!isName(name)) return { kind: 'refused', why: 'name-not-allowed' }
    if (!this.#own.has(name) && this.#foreign >= rankLimits.foreignMax) return { kind: 'refused', why: 'too-many' }
    return { kind: 'new', row: { name, rank: this.#lastRank + 1, lastBeatMs: wallMs, isHere: true } }
  }

  keep(row: RankRow, heardMs: number): void {
    if (!this.#known.has(row.name) && !this.#own.has(row.name)) this.#foreign += 1
    this.#known.set(row.name, { row, heardMs })
    this.#lastRank = Math.max(this.#lastRank, row.rank)
  }

  /** Somebody known is heard of. Gives back the row if it has become another one for good: it is here again. */
  heard(name: string, nowMs: number, wallMs: number): RankRow | null {
    const known = this.#known.get(name)
    if (known === undefined) return null
    const wasHere = known.row.isHere
    known.row = { ...known.row, lastBeatMs: wallMs, isHere: true }
    known.heardMs = nowMs
    return wasHere ? null : known.row
  }

  /** Nobody could be heard until now, so that nobody was silent. */
  begin(nowMs: number): void {
    for (const known of this.#known.values()) if (known.row.isHere) known.heardMs = nowMs
  }

  /** Who has been silent for too long, from now on not here. */
  look(nowMs: number): readonly RankRow[] {
    const gone: RankRow[] = []
    for (const known of this.#known.values()) {
      if (!known.row.isHere || nowMs - known.heardMs < rankLimits.silentMs) continue
      known.row = { ...known.row, isHere: false }
      gone.push(known.row)
    }
    return gone
  }
}
