import { assert } from '#kit/assert'
import { ByteWriter } from '#kit/bytes'
import { fromHex, toHex } from '#kit/hex'
import type { Sha256 } from '#kit/sha256'
import type { StateTx } from '#kit/state-machine'
import { blockTimestamp, writeBlock } from './block.ts'
import { type Fingers, writeFinger } from './fingers.ts'
import { Peaks } from './peaks.ts'
import { writeLeaf } from './receipt/leaf.ts'
import { leafMark } from './receipt/merkle.ts'
import { type RecordFacts, type RecordPlace, withoutText, writeRecord } from './record-codec.ts'
import { type Head, perFingerRow, perPage, rowKey, spaces, writeHead } from './rows.ts'
import { TailRow } from './tail-row.ts'
import { GrowingTree } from './tiles.ts'

/** How it is going to be found. */
export interface FreshFingers {
  readonly document: number
  /** null: it has no id. */
  readonly id: number | null
}

/** A record before it has its place. */
export interface NewRecord extends RecordFacts {
  /** The record that had this document first; null: this one does. */
  readonly first: number | null
  readonly fingers: FreshFingers
}

/** Chain and tree over the same records, growing at their ends. What was added stands in the state after `finish`. */
export class GrowingChain {
  readonly #state: StateTx
  readonly #sha256: Sha256
  readonly #from: Head
  readonly #pages: TailRow
  readonly #hashes: TailRow
  readonly #ids: TailRow
  readonly #tree: GrowingTree
  /** Record, block and leaf are written here, one after the other: memory for each of them costs more than its hash. */
  readonly #scratch = new ByteWriter(1_024)
  #hash: Uint8Array
  #timestamp = { atMs: -1, text: '' }

  constructor(state: StateTx, sha256: Sha256, head: Head) {
    this.#state = state
    this.#sha256 = sha256
    this.#from = head
    this.#pages = new TailRow({ state, space: spaces.records, perRow: perPage, count: head.size })
    this.#hashes = new TailRow({ state, space: spaces.hashes, perRow: perFingerRow, count: head.hashes })
    this.#ids = new TailRow({ state, space: spaces.ids, perRow: perFingerRow, count: head.ids })
    this.#tree = new GrowingTree(state, new Peaks(sha256, head.size, head.peaks))
    this.#hash = head.size === 0 ? nothing : (fromHex(head.hash) ?? nothing)
  }

  get size(): number {
    return this.#pages.count
  }

  /** Gives back the bytes of the record, which hold until the next one is added. */
  add(fresh: NewRecord, tables: Fingers): Uint8Array {
    const index = this.size
    const previous = this.#hash
    const { first, fingers } = fresh
    assert(index < indexMax, 'a notary has no more records than its fingers can name')
    this.#addLeaf(fresh, { index, previous })
    this.#hash = this.#blockHash(fresh, { index, previous })
    if (first === null) {
      writeFinger(this.#hashes.writer, { finger: fingers.document, index })
      this.#hashes.added()
      tables.hashes.add(fingers.document, index)
    } else this.#state.put(spaces.again, againKey(first, index), mark)
    if (fingers.id !== null) {
      writeFinger(this.#ids.writer, { finger: fingers.id, index })
      this.#ids.added()
      tables.ids.add(fingers.id, index)
    }
    return this.#keep(fresh, { index, hash: this.#hash, previous })
  }

  finish(): Head {
    for (const tail of [this.#pages, this.#hashes, this.#ids, this.#tree]) tail.finish()
    const head: Head = {
      size: this.size,
      hash: toHex(this.#hash),
      peaks: this.#tree.peaks,
      hashes: this.#hashes.count,
      ids: this.#ids.count,
      witnessLists: this.#from.witnessLists,
    }
    writeHead(this.#state, head)
    return head
  }

  #addLeaf(fresh: NewRecord, place: Omit<RecordPlace, 'hash'>): void {
    const leaf = writeLeaf(this.#scratch.clear().byte(leafMark), fresh, place)
    this.#tree.add(this.#sha256(leaf.written()))
  }

  #blockHash(fresh: NewRecord, place: Omit<RecordPlace, 'hash'>): Uint8Array {
    // Those of one command have one time.
    if (this.#timestamp.atMs !== fresh.atMs) {
      this.#timestamp = { atMs: fresh.atMs, text: blockTimestamp(place.index, fresh.atMs) }
    }
    const block = writeBlock(this.#scratch.clear(), fresh, { ...place, timestamp: this.#timestamp.text })
    return this.#sha256(block.written())
  }

  #keep(fresh: NewRecord, place: RecordPlace): Uint8Array {
    const bytes = writeRecord(this.#scratch.clear(), fresh, place).written()
    const apart = withoutText(fresh, bytes)
    if (apart !== null) this.#state.put(spaces.texts, rowKey(place.index), apart.text)
    this.#pages.writer.bytes(apart?.head ?? bytes)
    this.#pages.added()
    return bytes
  }
}

/** A row of its own for each record of a document that stands there already, so that no row grows with them. */
export function againKey(first: number, index: number): string {
  return `${rowKey(first)}/${rowKey(index)}`
}

const nothing = new Uint8Array(0)
const mark = Uint8Array.of(1)
/** Fingers name a record with four bytes, and the tables use one value for nothing. */
const indexMax = 2 ** 32 - 1
