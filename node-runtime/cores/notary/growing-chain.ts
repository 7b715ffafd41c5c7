import { assert } from '#kit/assert'
import { ByteWriter } from '#kit/bytes'
import type { Sha256 } from '#kit/sha256'
import type { StateTx } from '#kit/state-machine'
import { blockData, blockHash, blockTimestamp } from './block.ts'
import { encodeFinger, type Fingers } from './fingers.ts'
import type { NotaryRecord } from './messages.ts'
import { Peaks } from './peaks.ts'
import { encodeLeaf } from './receipt/leaf.ts'
import { leafHash } from './receipt/merkle.ts'
import { encodeRecord, withoutText } from './record-codec.ts'
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
export interface NewRecord extends Omit<NotaryRecord, 'index' | 'previousHash' | 'hash'> {
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
  #hash: string

  constructor(state: StateTx, sha256: Sha256, head: Head) {
    this.#state = state
    this.#sha256 = sha256
    this.#from = head
    this.#pages = new TailRow({ state, space: spaces.records, perRow: perPage, count: head.size })
    this.#hashes = new TailRow({ state, space: spaces.hashes, perRow: perFingerRow, count: head.hashes })
    this.#ids = new TailRow({ state, space: spaces.ids, perRow: perFingerRow, count: head.ids })
    this.#tree = new GrowingTree(state, new Peaks(sha256, head.size, head.peaks))
    this.#hash = head.hash
  }

  get size(): number {
    return this.#pages.count
  }

  /** Gives back the record with its place, and its bytes. */
  add(fresh: NewRecord, tables: Fingers): { record: NotaryRecord; bytes: Uint8Array } {
    const index = this.size
    const previousHash = this.#hash
    const { first, fingers } = fresh
    assert(index < indexMax, 'a notary has no more records than its fingers can name')
    const timestamp = blockTimestamp(index, fresh.atMs)
    const hash = blockHash(this.#sha256, { index, timestamp, data: blockData(fresh), previousHash })
    const record = placed(fresh, { index, previousHash, hash })
    const bytes = encodeRecord(record)
    this.#keep(record, bytes)
    this.#tree.add(leafHash(this.#sha256, encodeLeaf(record)))
    if (first === null) {
      this.#hashes.add(encodeFinger({ finger: fingers.document, index }))
      tables.hashes.add(fingers.document, index)
    } else this.#state.put(spaces.again, againKey(first, index), mark)
    if (fingers.id !== null) {
      this.#ids.add(encodeFinger({ finger: fingers.id, index }))
      tables.ids.add(fingers.id, index)
    }
    this.#hash = hash
    return { record, bytes }
  }

  finish(): Head {
    for (const tail of [this.#pages, this.#hashes, this.#ids, this.#tree]) tail.finish()
    const head: Head = {
      size: this.size,
      hash: this.#hash,
      peaks: this.#tree.peaks,
      hashes: this.#hashes.count,
      ids: this.#ids.count,
      witnessLists: this.#from.witnessLists,
    }
    writeHead(this.#state, head)
    return head
  }

  #keep(record: NotaryRecord, bytes: Uint8Array): void {
    const apart = withoutText(record, bytes)
    if (apart !== null) this.#state.put(spaces.texts, rowKey(record.index), apart.text)
    const kept = apart?.head ?? bytes
    this.#pages.add(kept, new ByteWriter(4).uint32(kept.length).done())
  }
}

/** Field by field: this is done for each record, and a spread takes as long as a hash. */
function placed(fresh: NewRecord, place: Pick<NotaryRecord, 'index' | 'previousHash' | 'hash'>): NotaryRecord {
  const { document, sha256, title, registrant, id, atMs, lamport, by } = fresh
  const { index, previousHash, hash } = place
  return { index, document, sha256, title, registrant, id, atMs, lamport, by, previousHash, hash }
}

/** A row of its own for each record of a document that stands there already, so that no row grows with them. */
export function againKey(first: number, index: number): string {
  return `${rowKey(first)}/${rowKey(index)}`
}

const mark = Uint8Array.of(1)
/** Fingers name a record with four bytes, and the tables use one value for nothing. */
const indexMax = 2 ** 32 - 1
