import { requestsPerLife } from '../../wire-calls.ts'
import type { Asked } from './giving.ts'

/** Past any of these whoever asks is told at once that it is too much: nothing happened. */
export const brokerLimits = {
  openMax: 4_000,
  /** Of all programs together, so that a flood of theirs leaves room for desks. */
  openForeignMax: 2_000,
  openBytesMax: 32 * 1024 * 1024,
  /** Of one program's connection; one of the course has one. All but the first few wait for those. */
  underWayPerProgramMax: 4,
  openPerProgramMax: 64,
  /** Of one desk, behind which there are many people. */
  openPerDeskMax: 2_000,
} as const

interface Entry<Asker> {
  readonly ref: number
  readonly asked: Asked<Asker>
}

/** What is open, by a number of its own, within its bounds. */
export class RequestTable<Asker, Kept extends Entry<Asker>> {
  readonly #entries = new Map<number, Kept>()
  readonly #perKey = new Map<string, number>()
  #bytes = 0
  #foreign = 0
  /** What a server says to a number of an earlier life must not be given to whoever asks now. */
  #lastRef: number

  constructor(life: number) {
    this.#lastRef = life * requestsPerLife
  }

  get size(): number {
    return this.#entries.size
  }

  get all(): readonly Kept[] {
    return [...this.#entries.values()]
  }

  /** null: it is too much. */
  add(asked: Asked<Asker>, entryOf: (ref: number) => Kept): Kept | null {
    const { openMax, openForeignMax, openBytesMax, openPerDeskMax, openPerProgramMax } = brokerLimits
    const ofKey = this.#perKey.get(asked.key) ?? 0
    const perKeyMax = asked.isForeign ? openPerProgramMax : openPerDeskMax
    const bytes = this.#bytes + asked.body.length
    if (this.#entries.size >= openMax || bytes > openBytesMax || ofKey >= perKeyMax) return null
    if (asked.isForeign && this.#foreign >= openForeignMax) return null
    this.#lastRef += 1
    const entry = entryOf(this.#lastRef)
    this.#entries.set(entry.ref, entry)
    this.#perKey.set(asked.key, ofKey + 1)
    this.#bytes = bytes
    if (asked.isForeign) this.#foreign += 1
    return entry
  }

  get(ref: number): Kept | null {
    return this.#entries.get(ref) ?? null
  }

  /** False: it was settled already. */
  remove({ ref, asked }: Kept): boolean {
    if (!this.#entries.delete(ref)) return false
    this.#bytes -= asked.body.length
    if (asked.isForeign) this.#foreign -= 1
    const left = (this.#perKey.get(asked.key) ?? 1) - 1
    if (left > 0) this.#perKey.set(asked.key, left)
    else this.#perKey.delete(asked.key)
    return true
  }
}
