import { ByteReader, ByteWriter, encodeText } from '#kit/bytes'
import { fromHex, toHex } from '#kit/hex'
import { type NotaryRecord, notaryLimits } from '../messages.ts'
import { hashBytes } from './merkle.ts'

/** What a leaf of the tree is made of (RC1). Everything but the document's SHA-256 travels in a receipt's `extra`. */
export interface LeafFacts {
  readonly index: number
  readonly kind: 'text' | 'file'
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

/** Whoever rebuilds a leaf reads these bytes first: another form of leaf has another line. */
const tag = encodeText('colmeia.notary/leaf/v1\n')
const kinds = ['text', 'file'] as const
/** A node id is no longer. */
const leaderBytesMax = 31
/** Longer is no extra of ours: the tag, two texts at their limits, a name, and what has a fixed length. */
export const extraBytesMax =
  tag.length + notaryLimits.titleBytesMax + notaryLimits.registrantBytesMax + leaderBytesMax + 95

/** The bytes that are hashed as this record's leaf. */
export function encodeLeaf(record: NotaryRecord): Uint8Array {
  return leafOf(record.sha256, encodeExtra(factsOf(record)))
}

/** The leaf without the document's SHA-256. */
export function extraOf(record: NotaryRecord): Uint8Array {
  return encodeExtra(factsOf(record))
}

/** null: no extra of this form, or no SHA-256. The leaf holds the very bytes of `extra`, whatever they say. */
export function rebuildLeaf(sha256: Uint8Array, extra: Uint8Array): Uint8Array | null {
  if (sha256.length !== hashBytes || !hasTag(extra)) return null
  return leafOf(sha256, extra)
}

/** null: nothing of ours. Takes anything. */
export function decodeExtra(extra: Uint8Array): LeafFacts | null {
  if (extra.length > extraBytesMax || !hasTag(extra)) return null
  const reader = new ByteReader(extra.subarray(tag.length))
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
  return { index, kind, bytes, title, registrant, atMs, errorMs, leader, term, lamport, previousHash }
}

function factsOf({ document, by, ...record }: NotaryRecord): LeafFacts {
  const bytes = document.kind === 'text' ? encodeText(document.text).length : document.bytes
  return { ...record, kind: document.kind, bytes, errorMs: by.errorMs, leader: by.leader, term: by.term }
}

function encodeExtra(facts: LeafFacts): Uint8Array {
  const writer = new ByteWriter(512).rest(tag).number(facts.index).byte(kinds.indexOf(facts.kind))
  writeOptionalNumber(writer, facts.bytes).text(facts.title).text(facts.registrant).number(facts.atMs)
  writeOptionalNumber(writer, facts.errorMs).text(facts.leader).number(facts.term).number(facts.lamport)
  return writer.rest(fromHex(facts.previousHash) ?? new Uint8Array(0)).done()
}

function writeOptionalNumber(writer: ByteWriter, value: number | null): ByteWriter {
  return value === null ? writer.byte(0) : writer.byte(1).number(value)
}

function leafOf(sha256: Uint8Array, extra: Uint8Array): Uint8Array {
  const leaf = new Uint8Array(extra.length + hashBytes)
  leaf.set(tag)
  leaf.set(sha256, tag.length)
  leaf.set(extra.subarray(tag.length), tag.length + hashBytes)
  return leaf
}

function hasTag(bytes: Uint8Array): boolean {
  return bytes.length >= tag.length && tag.every((byte, index) => byte === bytes[index])
}
