import { encodeText } from '#kit/bytes'
import { fromHex, toHex } from '#kit/hex'
import type { Sha256 } from '#kit/sha256'
import type { StateView } from '#kit/state-machine'
import { blockData, blockHash, blockTimestamp } from './block.ts'
import { FingerTrail } from './finger-trail.ts'
import { type FingerMemo, fingerOf } from './fingers.ts'
import { againKey } from './growing-chain.ts'
import { type BrokenCheck, type Examined, type ExaminedSoFar, type NotaryRecord, notaryLimits } from './messages.ts'
import { Peaks, peakCount } from './peaks.ts'
import { encodeLeaf } from './receipt/leaf.ts'
import { isSame, leafHash } from './receipt/merkle.ts'
import { beforeGenesis } from './record-codec.ts'
import { type Head, spaces } from './rows.ts'
import { StoredRecords } from './stored-records.ts'
import { StoredTree } from './tiles.ts'

interface ExaminerParts {
  readonly view: StateView
  readonly sha256: Sha256
  readonly head: Head
  readonly memo: FingerMemo
}

const fromTheBeginning: ExaminedSoFar = { index: 0, previousHash: beforeGenesis, peaks: [] }

/** Believes nothing that it can compute: a slice of records, from where an earlier slice ended. */
export function examine(parts: ExaminerParts, after: ExaminedSoFar | null, limit: number): Examined {
  const { head, sha256 } = parts
  const soFar = after ?? fromTheBeginning
  // Handed in by whoever asks: what does not fit is no place to go on from, and the examination begins anew.
  const from = soFar.index > head.size || soFar.peaks.length !== peakCount(soFar.index) ? fromTheBeginning : soFar
  const to = Math.min(head.size, from.index + Math.max(1, Math.min(limit, notaryLimits.recordsPerAnswerMax)))
  const slice = new Slice(parts, from)
  for (let index = from.index; index < to; index += 1) {
    const check = slice.check(index)
    if (check !== null) return { kind: 'broken', index, check }
  }
  if (to < head.size) return { kind: 'sound-so-far', soFar: slice.soFar }
  return slice.ending(sha256)
}

class Slice {
  readonly #parts: ExaminerParts
  readonly #stored: StoredRecords
  readonly #tree: StoredTree
  readonly #peaks: Peaks
  readonly #hashes: FingerTrail
  readonly #ids: FingerTrail
  #previousHash: string

  constructor(parts: ExaminerParts, from: ExaminedSoFar) {
    const { view, sha256, head } = parts
    this.#parts = parts
    this.#stored = new StoredRecords(view)
    this.#tree = new StoredTree(sha256, view)
    const peaks = from.peaks.map((peak) => fromHex(peak) ?? nothing)
    this.#peaks = new Peaks(sha256, from.index, peaks)
    this.#hashes = new FingerTrail({ view, space: spaces.hashes, count: head.hashes }, from.index)
    this.#ids = new FingerTrail({ view, space: spaces.ids, count: head.ids }, from.index)
    this.#previousHash = from.previousHash
  }

  get soFar(): ExaminedSoFar {
    return { index: this.#peaks.size, previousHash: this.#previousHash, peaks: this.#peaks.all.map(toHex) }
  }

  /** The first check that this record fails; null: it is sound. */
  check(index: number): BrokenCheck | null {
    const record = this.#stored.record(index)
    if (record === undefined) return 'missing'
    if (record === null || record.index !== index) return 'unreadable'
    if (!this.#isDocument(record)) return 'document-hash'
    if (record.previousHash !== this.#previousHash) return 'chain'
    if (record.hash !== this.#blockHash(record)) return 'block-hash'
    this.#previousHash = record.hash
    if (!this.#isInTree(record)) return 'tree'
    if (!this.#isFoundByHash(record)) return 'hash-index'
    return this.#isFoundById(record) ? null : 'id-index'
  }

  /** All records are sound; what is left is whether they are all that there is. */
  ending(sha256: Sha256): Examined {
    const { head } = this.#parts
    const index = head.size - 1
    if (head.hash !== this.#previousHash) return { kind: 'broken', index, check: 'chain' }
    const root = this.#peaks.root()
    const isRoot = isSame(root, new Peaks(sha256, head.size, head.peaks).root())
    if (!isRoot) return { kind: 'broken', index, check: 'tree' }
    if (!this.#hashes.isAtEnd) return { kind: 'broken', index, check: 'hash-index' }
    if (!this.#ids.isAtEnd) return { kind: 'broken', index, check: 'id-index' }
    return { kind: 'sound', size: head.size, head: head.hash, root }
  }

  #isDocument({ document, sha256 }: NotaryRecord): boolean {
    return document.kind === 'file' || isSame(this.#parts.sha256(encodeText(document.text)), sha256)
  }

  #blockHash(record: NotaryRecord): string {
    const { index, atMs, previousHash } = record
    const timestamp = blockTimestamp(index, atMs)
    return blockHash(this.#parts.sha256, { index, timestamp, data: blockData(record), previousHash })
  }

  /** The leaf, and every complete subtree that it ends, stands in the tiles where they keep it. */
  #isInTree(record: NotaryRecord): boolean {
    const { index } = record
    const leaf = leafHash(this.#parts.sha256, encodeLeaf(record))
    let isKept = isSame(this.#tree.leaf(index) ?? nothing, leaf)
    this.#peaks.add(leaf, (height, hash) => {
      const kept = this.#tree.kept(height, (index + 1) / 2 ** height - 1)
      if (kept !== undefined && !isSame(kept ?? nothing, hash)) isKept = false
    })
    return isKept
  }

  /** It is the first of its document, or it is listed under the record that is. */
  #isFoundByHash({ index, sha256 }: NotaryRecord): boolean {
    const finger = fingerOf(this.#parts.sha256, sha256)
    const { view, head, memo } = this.#parts
    if (this.#hashes.take(index)?.finger === finger) return true
    const isSameDocument = (other: number) => isSame(this.#stored.record(other)?.sha256 ?? nothing, sha256)
    const first = memo.at(view, head)?.hashes.find(finger, isSameDocument) ?? null
    return first !== null && first < index && view.get(spaces.again, againKey(first, index)) !== null
  }

  #isFoundById({ index, id }: NotaryRecord): boolean {
    const finger = this.#ids.take(index)?.finger ?? null
    return finger === (id === null ? null : fingerOf(this.#parts.sha256, encodeText(id)))
  }
}

const nothing = new Uint8Array(0)
