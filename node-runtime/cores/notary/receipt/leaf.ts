import { ByteReader, ByteWriter, encodeText } from '#kit/bytes'
import { fromHex, toHex } from '#kit/hex'
import { type NotaryRecord, notaryLimits } from '../messages.ts'
import { hashBytes, isSame } from './merkle.ts'

/** What a leaf of the tree says (RC1). A receipt carries the whole leaf, as its `extra`. */
export interface LeafFacts {
  readonly index: number
  readonly kind: 'text' | 'file'
  /** Of the document: of a text, of its UTF-8 bytes. */
  readonly sha256: Uint8Array
  /** Of the document; null: nobody said. */
  readonly bytes: number | null
  readonly title: string
  readonly registrant: string
  readonly atMs: number
  readonly errorMs: number | null
  readonly leader: string
  readonly term: number
  readonly lamport: number
  /** Hex; `0` before the genesis block, as in the chain. */
  readonly previousHash: string
}

/** Whoever reads a leaf reads these bytes first: another form of leaf has another line. */
const tag = encodeText('colmeia.notary/leaf/v1\n')
const kinds = ['text', 'file'] as const
/** A node id is no longer. */
const leaderBytesMax = 31
/** Longer is no leaf of ours: the tag, two texts at their limits, a name, and what has a fixed length. */
export const leafBytesMax =
  tag.length + notaryLimits.titleBytesMax + notaryLimits.registrantBytesMax + leaderBytesMax + 127

/** The bytes that are hashed as this record's leaf. */
export function encodeLeaf(record: NotaryRecord): Uint8Array {
  const { index, previousHash } = record
  return writeLeaf(new ByteWriter(512), record, { index, previous: fromHex(previousHash) ?? nothing }).done()
}

export function writeLeaf(
  writer: ByteWriter,
  { document, sha256, title, registrant, atMs, lamport, by }: Omit<NotaryRecord, 'index' | 'previousHash' | 'hash'>,
  { index, previous }: { readonly index: number; readonly previous: Uint8Array },
): ByteWriter {
  const bytes = document.kind === 'text' ? encodeText(document.text).length : document.bytes
  writer.rest(tag).rest(sha256).number(index).byte(kinds.indexOf(document.kind))
  writeOptionalNumber(writer, bytes).text(title).text(registrant).number(atMs)
  writeOptionalNumber(writer, by.errorMs).text(by.leader).number(by.term).number(lamport)
  return writer.rest(previous)
}

/** null: no leaf of ours. Takes anything. */
export function decodeLeaf(leaf: Uint8Array): LeafFacts | null {
  const begin = tag.length + hashBytes
  if (leaf.length < begin || leaf.length > leafBytesMax || !isSame(leaf.subarray(0, tag.length), tag)) return null
  const sha256 = leaf.subarray(tag.length, begin)
  const reader = new ByteReader(leaf.subarray(begin))
  const index = reader.count()
  const kind = kinds[reader.byte()]
  const bytes = reader.boolean() ? reader.count() : null
  const title = reader.text()
  const registrant = reader.text()
  const atMs = reader.count()
  const errorMs = reader.boolean() ? reader.count() : null
  const leader = reader.text()
  const term = reader.count()
  const lamport = reader.count()
  const previous = reader.rest()
  // The chain writes one zero where nothing stands before.
  if (!reader.isDone || kind === undefined || previous.length !== (index === 0 ? 0 : hashBytes)) return null
  const previousHash = index === 0 ? '0' : toHex(previous)
  return { index, kind, sha256, bytes, title, registrant, atMs, errorMs, leader, term, lamport, previousHash }
}

const nothing = new Uint8Array(0)

function writeOptionalNumber(writer: ByteWriter, value: number | null): ByteWriter {
  return value === null ? writer.byte(0) : writer.byte(1).number(value)
}
