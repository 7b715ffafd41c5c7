import { ByteReader } from '#kit/bytes'
import type { StateView } from '#kit/state-machine'
import type { NotaryRecord } from './messages.ts'
import { decodeRecord, isWithoutText, withText } from './record-codec.ts'
import { perPage, rowKey, spaces } from './rows.ts'

/** Records as they stand in the state, a page at a time. The last page is remembered for as long as this object lives. */
export class StoredRecords {
  readonly #state: StateView
  #page = -1
  #records: readonly Uint8Array[] | null = null

  constructor(state: StateView) {
    this.#state = state
  }

  /** With its text. null: it is not there. */
  bytes(index: number): Uint8Array | null {
    const head = this.#head(index)
    if (head === null || !isWithoutText(head)) return head
    const text = this.#state.get(spaces.texts, rowKey(index))
    return text === null ? null : withText(head, text)
  }

  /** undefined: it is not there. null: it is there, and cannot be read. */
  record(index: number): NotaryRecord | null | undefined {
    const bytes = this.bytes(index)
    return bytes === null ? undefined : decodeRecord(bytes)
  }

  #head(index: number): Uint8Array | null {
    const page = Math.floor(index / perPage)
    if (page !== this.#page) {
      const row = this.#state.get(spaces.records, rowKey(page))
      this.#records = row === null ? null : recordsIn(row)
      this.#page = page
    }
    return this.#records?.[index % perPage] ?? null
  }
}

/** Of a row that is damaged, as many as can be told apart. */
export function recordsIn(row: Uint8Array): readonly Uint8Array[] {
  const reader = new ByteReader(row)
  const records: Uint8Array[] = []
  while (!reader.isDone && reader.isSound) records.push(reader.bytes())
  return reader.isSound ? records : records.slice(0, -1)
}
