import { decodeText, encodeText } from '#kit/bytes'
import { ok, type Result } from '#kit/result'
import type { Store } from '#ports/store'
import { durably } from '../durable.ts'
import type { Known } from './rows.ts'

const space = 'chat-read-marks'

export const readMarkLimits = {
  /** Conversations of one user. What comes past that counts as new after each start. */
  marksMax: 20_000,
  perTransaction: 500,
} as const

export interface ReadMark {
  readonly readPlace: string | null
  readonly readOrdinal: number
  readonly mentions: number
}

/**
 * How far one user has read, where everyone answers: there nobody but this desk keeps it. The disk hears of it with a tick;
 * who dies before that has read a little less.
 */
export class ReadMarks {
  /** This user is here for the first time. */
  readonly isFirst: boolean
  readonly #store: Store
  readonly #session: string
  readonly #marks = new Map<string, ReadMark>()
  readonly #unwritten = new Set<string>()

  constructor(store: Store, session: string) {
    this.#store = store
    this.#session = session
    const rows = store.view().scan(space, { from: this.#key(''), before: `${session}0` })
    for (const { key, value } of rows) {
      this.#marks.set(key.slice(this.#key('').length), JSON.parse(decodeText(value) ?? '') as ReadMark) // written below, under a checksum
    }
    this.isFirst = rows.length === 0
  }

  find(conversation: string): ReadMark | null {
    return this.#marks.get(conversation) ?? null
  }

  note({ conversation: { id }, readPlace, readOrdinal, mentions }: Known): void {
    const before = this.find(id)
    if (before === null && this.#marks.size >= readMarkLimits.marksMax) return
    const isSame = before?.readPlace === readPlace && before.readOrdinal === readOrdinal && before.mentions === mentions
    if (isSame) return
    this.#marks.set(id, { readPlace, readOrdinal, mentions })
    this.#unwritten.add(id)
  }

  /** It is tried again when it cannot be written. */
  flush(): void {
    if (this.#unwritten.size === 0) return
    const ids = [...this.#unwritten].slice(0, readMarkLimits.perTransaction)
    const written = durably(this.#store, (tx) => {
      for (const id of ids) tx.put(space, this.#key(id), encodeText(JSON.stringify(this.#marks.get(id))))
    })
    if (written.ok) for (const id of ids) this.#unwritten.delete(id)
  }

  clear(): Result<null> {
    const written = durably(this.#store, (tx) => {
      for (const id of this.#marks.keys()) tx.delete(space, this.#key(id))
    })
    if (!written.ok) return written
    this.#marks.clear()
    this.#unwritten.clear()
    return ok(null)
  }

  #key(conversation: string): string {
    return `${this.#session}/${conversation}`
  }
}
