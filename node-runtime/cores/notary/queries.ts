import { unreachable } from '#kit/assert'
import { encodeText } from '#kit/bytes'
import type { Sha256 } from '#kit/sha256'
import type { StateView } from '#kit/state-machine'
import { readFounding, witnessesAt } from './charter.ts'
import { examine } from './examine.ts'
import { type FingerMemo, type Fingers, fingerOf } from './fingers.ts'
import { againKey } from './growing-chain.ts'
import { Listing } from './listing.ts'
import { type NotaryQuery, type NotaryStatus, notaryLimits } from './messages.ts'
import { Peaks } from './peaks.ts'
import { consistencyHashes, inclusionHashes } from './proofs.ts'
import { encodeAnswer, type RawAnswers } from './query-answers.ts'
import { encodeLeaf } from './receipt/leaf.ts'
import { hashBytes, isSame, leafHash } from './receipt/merkle.ts'
import { encodeRecord } from './record-codec.ts'
import { type Head, perTile, rowKey, spaces } from './rows.ts'
import { search } from './search.ts'
import type { SearchMemo } from './search-memo.ts'
import { StoredRecords } from './stored-records.ts'
import type { TileNodes } from './tile-nodes.ts'
import { StoredTree } from './tiles.ts'

interface QueryParts {
  readonly view: StateView
  readonly head: Head
  readonly sha256: Sha256
  readonly memo: FingerMemo
  readonly searched: SearchMemo
  readonly nodes: TileNodes
}

type Asked<Kind extends NotaryQuery['kind']> = Extract<NotaryQuery, { kind: Kind }>

/** What can be asked of one state. */
export class Queries {
  readonly #parts: QueryParts
  readonly #stored: StoredRecords
  readonly #tree: StoredTree

  constructor(parts: QueryParts) {
    this.#parts = parts
    this.#stored = new StoredRecords(parts.view)
    this.#tree = new StoredTree(parts.sha256, parts.view, parts.nodes)
  }

  answer(query: NotaryQuery): Uint8Array {
    const { view, head } = this.#parts
    const { kind } = query
    switch (kind) {
      case 'status':
        return encodeAnswer(kind, this.#status())
      case 'records':
        return encodeAnswer(kind, this.#records(query))
      case 'by-hash':
        return encodeAnswer(kind, this.#byHash(query))
      case 'by-id':
        return encodeAnswer(kind, this.#byId(query))
      case 'search':
        return encodeAnswer(kind, this.#search(query))
      case 'inclusion':
        return encodeAnswer(kind, this.#inclusion(query))
      case 'consistency':
        return encodeAnswer(kind, this.#consistency(query))
      case 'root':
        return encodeAnswer(kind, { root: query.size > head.size ? null : this.#tree.range(0, query.size) })
      case 'tile':
        return encodeAnswer(kind, this.#tile(query))
      case 'witnesses':
        return encodeAnswer(kind, witnessesAt(view, head, query.size))
      case 'examine':
        return encodeAnswer(kind, examine(this.#parts, query.after, query.limit))
      default:
        return unreachable(kind)
    }
  }

  #status(): NotaryStatus {
    const { view, head, sha256 } = this.#parts
    const { origin = null, logKey = null } = readFounding(view) ?? {}
    const root = new Peaks(sha256, head.size, head.peaks).root()
    return { origin, logKey, size: head.size, root, head: head.hash, ...witnessesAt(view, head, head.size + 1) }
  }

  #records({ from, limit, order }: Asked<'records'>): RawAnswers['records'] {
    const { size } = this.#parts.head
    const list = new Listing(limit)
    const step = order === 'up' ? 1 : -1
    // Downwards from beyond the last one is from the last one.
    for (let index = step < 0 ? Math.min(from, size - 1) : from; index >= 0 && index < size; index += step) {
      const bytes = this.#stored.bytes(index)
      if (list.isFull || bytes === null || !list.add(bytes)) break
    }
    return { records: list.records, size }
  }

  /** The first one, then the later ones in order. */
  #byHash({ sha256, limit, from = 0 }: Asked<'by-hash'>): RawAnswers['by-hash'] {
    const { view } = this.#parts
    const list = new Listing(limit)
    const first = sha256.length === hashBytes ? this.#firstOf(sha256) : null
    if (first === null || list.isFull) return { records: [], next: null }
    const [begin, end] = [againKey(first, from), againKey(first + 1, 0)]
    // One more than is given tells whether there is one.
    const later = view.scan(spaces.again, { from: begin, limit: Math.min(limit, notaryLimits.recordsPerAnswerMax) + 1 })
    const indexes = later.filter(({ key }) => key < end).map(({ key }) => Number(key.slice(rowKey(first).length + 1)))
    for (const index of from > first ? indexes : [first, ...indexes]) {
      const bytes = list.isFull ? null : this.#stored.bytes(index)
      if (bytes === null || !list.add(bytes)) return { records: list.records, next: index }
    }
    return { records: list.records, next: null }
  }

  #firstOf(sha256: Uint8Array): number | null {
    const isMeant = (index: number) => isSame(this.#stored.record(index)?.sha256 ?? nothing, sha256)
    return this.#fingers()?.hashes.find(fingerOf(this.#parts.sha256, sha256), isMeant) ?? null
  }

  #byId({ id }: Asked<'by-id'>): RawAnswers['by-id'] {
    const finger = fingerOf(this.#parts.sha256, encodeText(id))
    const index = this.#fingers()?.ids.find(finger, (at) => this.#stored.record(at)?.id === id) ?? null
    return { record: index === null ? null : this.#stored.bytes(index) }
  }

  #search({ text, before, limit }: Asked<'search'>): RawAnswers['search'] {
    const { view, head, searched } = this.#parts
    const list = new Listing(limit)
    if (text.length > notaryLimits.searchTextBytesMax) return { records: [], next: null }
    const from = Math.min(before ?? head.size, head.size)
    searched.follow(head, this.#stored)
    const next = search({ state: view, stored: this.#stored, memo: searched, text, before: from }, list)
    return { records: list.records, next }
  }

  /** What is not the leaf that the tree knows is not served as if it were. */
  #inclusion({ index, size }: Asked<'inclusion'>): RawAnswers['inclusion'] {
    const { head, sha256 } = this.#parts
    const record = size > head.size || index >= size ? undefined : this.#stored.record(index)
    if (record === undefined || record === null) return { proof: null }
    const leaf = encodeLeaf(record)
    if (!isSame(leafHash(sha256, leaf), this.#tree.leaf(index) ?? nothing)) return { proof: null }
    const hashes = inclusionHashes(this.#tree, index, size)
    return { proof: hashes === null ? null : { record: encodeRecord(record), leaf, hashes } }
  }

  #consistency({ from, to }: Asked<'consistency'>): RawAnswers['consistency'] {
    if (from > to || to > this.#parts.head.size) return { hashes: null }
    return { hashes: consistencyHashes(this.#tree, from, to) }
  }

  #tile({ level, tile, width }: Asked<'tile'>): RawAnswers['tile'] {
    if (width < 1 || width > perTile || level > levelMax) return { hashes: null }
    const row = this.#tree.row(level, tile)
    return { hashes: row === null || row.length < width * hashBytes ? null : row.subarray(0, width * hashBytes) }
  }

  #fingers(): Fingers | null {
    return this.#parts.memo.at(this.#parts.view, this.#parts.head)
  }
}

const nothing = new Uint8Array(0)
/** No tree is higher. */
const levelMax = 7
