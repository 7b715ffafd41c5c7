import type { Chunk, LogBase, SnapshotId } from '#cores/raft/messages'
import { assert } from '#kit/assert'
import type { StoreTx, StoreView } from '#ports/store'
import {
  freeGeneration,
  type Generation,
  isGeneration,
  readSpaces,
  saveInForce,
  saveSpaces,
  stateSpace,
} from './generations.ts'
import { baseRecord, isCount, type Place, parseBase, readRecord, type SavedRecord, saveRecord } from './records.ts'
import { decodeChunk } from './snapshot-chunk.ts'

const incomingPlace: Place = { space: 'raft', key: 'incoming' }

interface Incoming {
  readonly snapshot: SnapshotId
  readonly generation: Generation
  /** The number of the chunk that comes next. */
  readonly wanted: number
}

/**
 * A snapshot on its way in. Its rows go to a generation of their own; the state in force is not touched until the
 * transaction with the last chunk puts the other in its place.
 */
export class SnapshotSink {
  #incoming: Incoming | null
  #spaces: ReadonlySet<string>

  constructor(view: StoreView) {
    this.#incoming = readRecord(view, incomingPlace, parseIncoming)
    this.#spaces = new Set(this.#incoming === null ? [] : readSpaces(view, this.#incoming.generation))
  }

  get incoming(): Incoming | null {
    return this.#incoming
  }

  drop(tx: StoreTx): void {
    this.#incoming = null
    tx.delete(incomingPlace.space, incomingPlace.key)
  }

  /** The base of the state that is in force now, if this was the last chunk. */
  take(
    tx: StoreTx,
    { snapshot, chunk }: { readonly snapshot: SnapshotId; readonly chunk: Chunk },
    inForce: Generation,
  ): LogBase | null {
    const incoming = chunk.number === 0 ? this.#begin(tx, snapshot, inForce) : this.#incoming
    assert(incoming?.snapshot.transfer === snapshot.transfer, `transfer ${snapshot.transfer} is on its way in`)
    assert(incoming.wanted === chunk.number, `chunk ${chunk.number}, where ${incoming.wanted} is next`)
    const { generation } = incoming
    this.#putRows(tx, generation, chunk.bytes)
    if (!chunk.isLast) {
      this.#save(tx, { ...incoming, wanted: chunk.number + 1 })
      return null
    }
    this.drop(tx)
    const { transfer: _, ...base } = snapshot
    saveInForce(tx, { generation, base })
    return base
  }

  #begin(tx: StoreTx, snapshot: SnapshotId, inForce: Generation): Incoming {
    const generation = freeGeneration(tx, inForce)
    this.#spaces = new Set()
    saveSpaces(tx, generation, this.#spaces)
    return { snapshot, generation, wanted: 0 }
  }

  #putRows(tx: StoreTx, generation: Generation, bytes: Uint8Array): void {
    const rows = decodeChunk(bytes)
    assert(rows !== null, 'a chunk is looked at before the core hears of it')
    const spaces = new Set(this.#spaces)
    for (const { space, key, value } of rows) {
      spaces.add(space)
      tx.put(stateSpace(generation, space), key, value)
    }
    if (spaces.size > this.#spaces.size) saveSpaces(tx, generation, spaces)
    this.#spaces = spaces
  }

  #save(tx: StoreTx, incoming: Incoming): void {
    this.#incoming = incoming
    const { snapshot, generation, wanted } = incoming
    saveRecord(tx, incomingPlace, { generation, wanted, transfer: snapshot.transfer, ...baseRecord(snapshot) })
  }
}

function parseIncoming(record: SavedRecord): Incoming | null {
  const { generation, wanted, transfer } = record
  const base = parseBase(record)
  if (base === null || !isGeneration(generation) || !isCount(wanted) || !isCount(transfer)) return null
  return { snapshot: { ...base, transfer }, generation, wanted }
}
