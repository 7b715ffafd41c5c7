import type { RestoredRing, RingRecord } from '#cores/ring/messages'
import { talkLimits } from '#cores/ring/talk/limits'
import { readRecord, writeRecord } from '#cores/ring/wire-parts'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { type Store, StoreFailure, type StoreTx } from '#ports/store'
import { placeText } from './place.ts'

const space = 'ring-record'

export const ringStoreLimits = {
  /** Rows on the disk; the oldest by their place go first, as in the core. */
  recordsMax: talkLimits.recordsMax,
  /** So many more may be there before they go, so that not every write is also a deletion. */
  slackMax: 1_000,
  /** One transaction stops everything else in the node for as long as the disk needs. */
  rowsPerWriteMax: 2_000,
  /** What comes within so many ticks is written together. */
  saveEveryTicks: 20,
} as const

/**
 * What people said, on the disk, a little later than everybody has it: a life stamps under an origin of its own, so a
 * record that this peer forgets is given back by the others and cannot be numbered twice.
 */
export class RingStore {
  readonly #store: Store
  #unsaved: RingRecord[] = []
  #rows = 0
  #ticksUntilSave: number = ringStoreLimits.saveEveryTicks
  #canWrite = true

  constructor(store: Store) {
    this.#store = store
  }

  /** False: what is said here now is forgotten with this process, unless others have it. */
  get canWrite(): boolean {
    return this.#canWrite
  }

  /** The newest of what the disk has and what it has not had yet, oldest first. */
  restore(): RestoredRing {
    const rows = this.#store.view().scan(space, { isBackward: true, limit: ringStoreLimits.recordsMax })
    this.#rows = rows.length
    const records = rows.map(({ key, value }) => decoded(key, value)).reverse()
    return { records: [...records, ...this.#unsaved] }
  }

  add(records: readonly RingRecord[]): void {
    if (records.length === 0) return
    for (const record of records) this.#unsaved.push(record)
    // A disk that takes nothing for days.
    const tooMany = this.#unsaved.length - ringStoreLimits.recordsMax
    if (tooMany > 0) this.#unsaved.splice(0, tooMany)
  }

  /** True: whether the disk takes anything is another than it was. */
  tick(): boolean {
    this.#ticksUntilSave -= 1
    if (this.#ticksUntilSave > 0) return false
    this.#ticksUntilSave = ringStoreLimits.saveEveryTicks
    return this.flush()
  }

  /** Writes what waits, or finds out whether anything can be written. True as for `tick`. */
  flush(): boolean {
    const batch = this.#unsaved.slice(0, ringStoreLimits.rowsPerWriteMax)
    if (batch.length === 0 && this.#canWrite) return false
    const couldWrite = this.#canWrite
    this.#canWrite = this.#write(batch)
    if (this.#canWrite) this.#unsaved.splice(0, batch.length)
    return this.#canWrite !== couldWrite
  }

  /** Whether the disk takes anything, at once. True as for `tick`. */
  probe(): boolean {
    const couldWrite = this.#canWrite
    this.#canWrite = this.#write([])
    return this.#canWrite !== couldWrite
  }

  close(): void {
    while (this.#unsaved.length > 0) {
      const before = this.#unsaved.length
      this.flush()
      if (this.#unsaved.length === before) return
    }
  }

  /** A disk that is full or not ours is weather. Any other trouble ends the process at its boundary. */
  #write(records: readonly RingRecord[]): boolean {
    try {
      const rows = this.#store.transaction((tx) => this.#save(tx, records))
      this.#rows = rows
      return true
    } catch (error) {
      if (error instanceof StoreFailure && (error.code === 'disk-full' || error.code === 'no-permission')) return false
      throw error
    }
  }

  #save(tx: StoreTx, records: readonly RingRecord[]): number {
    if (records.length === 0) tx.put('node', 'probe', new Uint8Array(1))
    for (const record of records) {
      const writer = new ByteWriter(256)
      writeRecord(writer, record)
      tx.put(space, placeText(record), writer.done())
    }
    const rows = this.#rows + records.length
    const { recordsMax, slackMax } = ringStoreLimits
    return rows <= recordsMax + slackMax ? rows : rows - tx.deleteRange(space, { limit: rows - recordsMax })
  }
}

function decoded(key: string, value: Uint8Array): RingRecord {
  const reader = new ByteReader(value)
  const record = readRecord(reader)
  if (record === null || !reader.isDone) throw new StoreFailure('store-damaged', `the message at ${key} is none`)
  return record
}
