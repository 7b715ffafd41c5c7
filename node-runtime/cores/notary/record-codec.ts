import { ByteReader, ByteWriter, decodeText, encodeText } from '#kit/bytes'
import { fromHex, toHex } from '#kit/hex'
import { idPattern, nodeId } from '#kit/ids'
import type { Document, NotaryRecord, Proposer } from './messages.ts'
import { hashBytes } from './receipt/merkle.ts'

/*
 * record: kind of document (1), index, SHA-256 of the document, block hash, hash before it, time, lamport, proposer,
 * title, registrant, id, then the document: a file's bytes if they are known, or a text to the end.
 */
const codes = { file: 0, fileOfKnownBytes: 1, text: 2, textApart: 3 } as const
/** About what a record takes beside its texts. */
const recordBytes = 224
const noHash = new Uint8Array(0)

/** What a record says beside its place in the chain. */
export type RecordFacts = Omit<NotaryRecord, 'index' | 'previousHash' | 'hash'>

/** Where a record stands, with hashes as bytes. Before record 0 there is nothing. */
export interface RecordPlace {
  readonly index: number
  readonly hash: Uint8Array
  readonly previous: Uint8Array
}

/** As it stands in answers, and in the state where its text is short enough. */
export function encodeRecord(record: NotaryRecord): Uint8Array {
  const { index, title, registrant } = record
  const place = { index, hash: fromHex(record.hash) ?? noHash, previous: fromHex(record.previousHash) ?? noHash }
  return writeRecord(new ByteWriter(recordBytes + title.length + registrant.length), record, place).done()
}

export function writeRecord(writer: ByteWriter, facts: RecordFacts, place: RecordPlace): ByteWriter {
  const { document, title, registrant, id } = facts
  writer.byte(codeOf(document)).number(place.index).bytes(facts.sha256).bytes(place.hash).bytes(place.previous)
  writeProposer(writer.number(facts.atMs).number(facts.lamport), facts.by)
  writeOptionalText(writer.text(title).text(registrant), id)
  if (document.kind === 'text') return writer.rest(encodeText(document.text))
  return document.bytes === null ? writer : writer.number(document.bytes)
}

/** null: no record. Takes anything. */
export function decodeRecord(bytes: Uint8Array): NotaryRecord | null {
  const reader = new ByteReader(bytes)
  const code = reader.byte()
  const index = reader.count()
  const sha256 = reader.bytes()
  const hash = reader.bytes()
  const previous = reader.bytes()
  const atMs = reader.count()
  const lamport = reader.count()
  const by = readProposer(reader)
  const title = reader.text()
  const registrant = reader.text()
  const id = readOptionalText(reader)
  const document = readDocument(reader, code, sha256)
  if (!reader.isDone || by === null || document === null || sha256.length !== hashBytes) return null
  if (hash.length !== hashBytes || previous.length !== (index === 0 ? 0 : hashBytes)) return null
  const previousHash = index === 0 ? beforeGenesis : toHex(previous)
  return { index, document, sha256, title, registrant, id, atMs, lamport, by, previousHash, hash: toHex(hash) }
}

/** What the chain writes where nothing stands before. */
export const beforeGenesis = '0'

export function writeProposer(writer: ByteWriter, { leader, term, errorMs }: Proposer): ByteWriter {
  writer.text(leader).number(term)
  return errorMs === null ? writer.byte(0) : writer.byte(1).number(Math.ceil(errorMs))
}

/** null: no name of a node. */
export function readProposer(reader: ByteReader): Proposer | null {
  const leader = reader.text()
  const term = reader.count()
  const errorMs = reader.boolean() ? reader.count() : null
  return idPattern.test(leader) ? { leader: nodeId(leader), term, errorMs } : null
}

export function writeOptionalText(writer: ByteWriter, value: string | null): ByteWriter {
  return value === null ? writer.byte(0) : writer.byte(1).text(value)
}

export function readOptionalText(reader: ByteReader): string | null {
  return reader.boolean() ? reader.text() : null
}

/** What is searched of a record, as bytes that share its memory. null: no record. Much is left out that is not asked for. */
export function searchedIn(bytes: Uint8Array): SearchedBytes | null {
  const reader = new ByteReader(bytes)
  const isText = reader.byte() === codes.text
  reader.count()
  reader.skip().skip().skip().count()
  reader.count()
  reader.skip().count()
  if (reader.boolean()) reader.count()
  const title = reader.bytes()
  const registrant = reader.bytes()
  if (reader.boolean()) reader.skip()
  const rest = reader.rest()
  return reader.isSound ? { title, registrant, text: isText ? rest : noHash } : null
}

interface SearchedBytes {
  readonly title: Uint8Array
  readonly registrant: Uint8Array
  /** Nothing of a file. */
  readonly text: Uint8Array
}

/** The record without its text, which stands elsewhere. null: it is short enough to stay, or no text. */
export function withoutText(
  record: Pick<NotaryRecord, 'document'>,
  bytes: Uint8Array,
): { head: Uint8Array; text: Uint8Array } | null {
  if (record.document.kind === 'file' || record.document.text.length <= textCharsInPlaceMax) return null
  const text = encodeText(record.document.text)
  const head = bytes.slice(0, bytes.length - text.length)
  head[0] = codes.textApart
  return { head, text }
}

export function isWithoutText(bytes: Uint8Array): boolean {
  return bytes[0] === codes.textApart
}

export function withText(head: Uint8Array, text: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + text.length)
  bytes.set(head)
  bytes.set(text, head.length)
  bytes[0] = codes.text
  return bytes
}

/** A longer text has a row of its own, so that a row of many records stays light. */
const textCharsInPlaceMax = 300

function codeOf(document: Document): number {
  if (document.kind === 'text') return codes.text
  return document.bytes === null ? codes.file : codes.fileOfKnownBytes
}

function readDocument(reader: ByteReader, code: number, sha256: Uint8Array): Document | null {
  switch (code) {
    case codes.file:
      return { kind: 'file', sha256, bytes: null }
    case codes.fileOfKnownBytes:
      return { kind: 'file', sha256, bytes: reader.count() }
    case codes.text: {
      const text = decodeText(reader.rest())
      return text === null ? null : { kind: 'text', text }
    }
    default:
      return null
  }
}
