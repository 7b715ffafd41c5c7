import { assert } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { fromHex, toHex } from '#kit/hex'
import type { StateTx, StateView } from '#kit/state-machine'
import { hashBytes } from './receipt/merkle.ts'
import { beforeGenesis } from './record-codec.ts'

/** Where what stands in the replicated state. */
export const spaces = {
  /** The head and the founding, one row each. */
  notary: 'notary',
  /** `perPage` records a row. */
  records: 'records',
  /** Texts that are too long for a page, by index. */
  texts: 'texts',
  /** Hashes of complete subtrees, as tlog-tiles cuts them. */
  tiles: 'tiles',
  /** Fingers: beginnings of hashes, and whose they are. Of documents, and of ids. */
  hashes: 'hashes',
  ids: 'ids',
  /** A row for each record whose document stands in an earlier one, under that one's index. */
  again: 'again',
  /** What can be searched of `perSearchRow` records. */
  search: 'search',
  /** What can be in a row of those at all. */
  grams: 'grams',
  /** One list of witnesses a row, in order. */
  witnesses: 'witnesses',
} as const

export const perPage = 64
export const perTile = 256
export const perFingerRow = 512
export const perSearchRow = 1_024

/** So that rows stand in the order of their numbers. */
export function rowKey(number: number): string {
  return String(number).padStart(12, '0')
}

/** What a command begins from. Everything else that it needs is found from here. */
export interface Head {
  readonly size: number
  /** Block hash of the last record, as hex. */
  readonly hash: string
  /** Roots of the complete subtrees, largest first. */
  readonly peaks: readonly Uint8Array[]
  /** How many fingers there are of documents and of ids. */
  readonly hashes: number
  readonly ids: number
  readonly witnessLists: number
}

export const emptyHead: Head = { size: 0, hash: beforeGenesis, peaks: [], hashes: 0, ids: 0, witnessLists: 0 }

const headKey = 'head'

/** null: nobody has written anything here yet. */
export function readHead(state: StateView): Head | null {
  const row = state.get(spaces.notary, headKey)
  if (row === null) return null
  const reader = new ByteReader(row)
  const size = reader.count()
  const hash = toHex(reader.bytes())
  const hashes = reader.count()
  const ids = reader.count()
  const witnessLists = reader.count()
  const peaks = splitHashes(reader.rest())
  assert(reader.isDone, 'the head of the notary can be read')
  return { size, hash, peaks, hashes, ids, witnessLists }
}

export function writeHead(state: StateTx, head: Head): void {
  const writer = new ByteWriter(64 + head.peaks.length * hashBytes)
  writer.number(head.size).bytes(fromHex(head.hash) ?? new Uint8Array(0))
  writer.number(head.hashes).number(head.ids).number(head.witnessLists)
  for (const peak of head.peaks) writer.rest(peak)
  state.put(spaces.notary, headKey, writer.done())
}

export function splitHashes(row: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: Math.floor(row.length / hashBytes) }, (_, at) => hashAt(row, at))
}

export function hashAt(row: Uint8Array, at: number): Uint8Array {
  return row.subarray(at * hashBytes, (at + 1) * hashBytes)
}
