import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { readWitnesses, writeWitnesses } from './command-codec.ts'
import type { BrokenCheck, Examined, InclusionProof, NotaryAnswers, NotaryQuery, NotaryRecord } from './messages.ts'
import { readOptionalNumber, readSoFar, writeOptionalNumber, writeSoFar } from './query-codec.ts'
import { hashBytes, pathHashesMax } from './receipt/merkle.ts'
import { decodeRecord, readOptionalText, writeOptionalText } from './record-codec.ts'

/** Answers as the machine gives them: records are bytes already, as they stand in the state. */
export interface RawAnswers {
  readonly status: NotaryAnswers['status']
  readonly records: { readonly records: readonly Uint8Array[]; readonly size: number }
  readonly 'by-hash': { readonly records: readonly Uint8Array[]; readonly next: number | null }
  readonly 'by-id': { readonly record: Uint8Array | null }
  readonly search: { readonly records: readonly Uint8Array[]; readonly next: number | null }
  readonly inclusion: { readonly proof: RawInclusion | null }
  readonly consistency: NotaryAnswers['consistency']
  readonly root: NotaryAnswers['root']
  readonly tile: NotaryAnswers['tile']
  readonly witnesses: NotaryAnswers['witnesses']
  readonly examine: Examined
}

interface RawInclusion extends Omit<InclusionProof, 'record'> {
  readonly record: Uint8Array
}

type Kind = NotaryQuery['kind']
type Writers = { readonly [K in Kind]: (writer: ByteWriter, answer: RawAnswers[K]) => void }
type Readers = { readonly [K in Kind]: (reader: ByteReader) => NotaryAnswers[K] | null }

/** Before every answer; what is no query of ours gets the other one. */
const answered = 1
const notAnswered = 0
const examinedKinds = ['sound-so-far', 'sound', 'broken'] as const satisfies readonly Examined['kind'][]
const checks = [
  'missing',
  'unreadable',
  'document-hash',
  'chain',
  'block-hash',
  'tree',
  'hash-index',
  'id-index',
] as const satisfies readonly BrokenCheck[]

export const noQuery = Uint8Array.of(notAnswered)

/** What was asked was no query, whatever lies in the state. */
export function isNoQuery(answer: Uint8Array): boolean {
  return answer.length === noQuery.length && answer[0] === notAnswered
}

export function encodeAnswer<K extends Kind>(kind: K, answer: RawAnswers[K]): Uint8Array {
  const writer = new ByteWriter(256).byte(answered)
  const write: Writers[K] = writers[kind]
  write(writer, answer)
  return writer.done()
}

/** null: no answer to a query of this kind. */
export function decodeNotaryQueryAnswer<K extends Kind>(kind: K, bytes: Uint8Array): NotaryAnswers[K] | null {
  const reader = new ByteReader(bytes)
  if (reader.byte() !== answered) return null
  const read: Readers[K] = readers[kind]
  const answer = read(reader)
  return reader.isDone ? answer : null
}

const writers: Writers = {
  status: (writer, status) => {
    const { origin, logKey, size, root, head } = status
    writeOptionalText(writeOptionalText(writer, origin), logKey).number(size).bytes(root).text(head)
    writeWitnesses(writer, status)
  },
  records: (writer, { records, size }) => writeList(writer.number(size), records),
  'by-hash': (writer, { records, next }) => writeList(writeOptionalNumber(writer, next), records),
  'by-id': (writer, { record }) => writeOptional(writer, record),
  search: (writer, { records, next }) => writeList(writeOptionalNumber(writer, next), records),
  inclusion: (writer, { proof }) => {
    if (proof === null) return writer.byte(0)
    return writeList(writer.byte(1).bytes(proof.record).bytes(proof.leaf), proof.hashes)
  },
  consistency: (writer, { hashes }) => (hashes === null ? writer.byte(0) : writeList(writer.byte(1), hashes)),
  root: (writer, { root }) => writeOptional(writer, root),
  tile: (writer, { hashes }) => writeOptional(writer, hashes),
  witnesses: writeWitnesses,
  examine: writeExamined,
}

const readers: Readers = {
  status: (reader) => {
    const origin = readOptionalText(reader)
    const logKey = readOptionalText(reader)
    const size = reader.count()
    const root = reader.bytes()
    const head = reader.text()
    const list = readWitnesses(reader)
    return list === null ? null : { origin, logKey, size, root, head, ...list }
  },
  records: (reader) => {
    const size = reader.count()
    const records = readRecords(reader)
    return records === null ? null : { records, size }
  },
  'by-hash': (reader) => {
    const next = readOptionalNumber(reader)
    const records = readRecords(reader)
    return records === null ? null : { records, next }
  },
  'by-id': (reader) => {
    if (!reader.boolean()) return { record: null }
    const record = decodeRecord(reader.bytes())
    return record === null ? null : { record }
  },
  search: (reader) => {
    const next = readOptionalNumber(reader)
    const records = readRecords(reader)
    return records === null ? null : { records, next }
  },
  inclusion: readInclusion,
  consistency: (reader) => {
    if (!reader.boolean()) return { hashes: null }
    const hashes = readHashes(reader)
    return hashes === null ? null : { hashes }
  },
  root: (reader) => ({ root: readOptional(reader) }),
  tile: (reader) => ({ hashes: readOptional(reader) }),
  witnesses: readWitnesses,
  examine: readExamined,
}

function writeExamined(writer: ByteWriter, examined: Examined): void {
  writer.byte(examinedKinds.indexOf(examined.kind))
  switch (examined.kind) {
    case 'sound-so-far':
      writeSoFar(writer, examined.soFar)
      return
    case 'sound':
      writer.number(examined.size).text(examined.head).bytes(examined.root)
      return
    case 'broken':
      writer.number(examined.index).byte(checks.indexOf(examined.check))
      return
    default:
      return unreachable(examined)
  }
}

function readExamined(reader: ByteReader): Examined | null {
  const kind = examinedKinds[reader.byte()]
  switch (kind) {
    case 'sound-so-far': {
      const soFar = readSoFar(reader)
      return soFar === null || soFar === undefined ? null : { kind, soFar }
    }
    case 'sound':
      return { kind, size: reader.count(), head: reader.text(), root: reader.bytes() }
    case 'broken': {
      const index = reader.count()
      const check = checks[reader.byte()]
      return check === undefined ? null : { kind, index, check }
    }
    case undefined:
      return null
    default:
      return unreachable(kind)
  }
}

function readInclusion(reader: ByteReader): NotaryAnswers['inclusion'] | null {
  if (!reader.boolean()) return { proof: null }
  const record = decodeRecord(reader.bytes())
  const leaf = reader.bytes()
  const hashes = readHashes(reader)
  return record === null || hashes === null ? null : { proof: { record, leaf, hashes } }
}

function readRecords(reader: ByteReader): readonly NotaryRecord[] | null {
  const count = reader.uint32()
  const records: NotaryRecord[] = []
  while (records.length < count) {
    const record = decodeRecord(reader.bytes())
    if (record === null) return null
    records.push(record)
  }
  return records
}

function readHashes(reader: ByteReader): readonly Uint8Array[] | null {
  const count = reader.uint32()
  // A proof of consistency may name one node more than a path.
  if (count > pathHashesMax + 1) return null
  const hashes = Array.from({ length: count }, () => reader.bytes())
  return hashes.every(({ length }) => length === hashBytes) ? hashes : null
}

function writeList(writer: ByteWriter, items: readonly Uint8Array[]): ByteWriter {
  writer.uint32(items.length)
  for (const item of items) writer.bytes(item)
  return writer
}

function writeOptional(writer: ByteWriter, value: Uint8Array | null): ByteWriter {
  return value === null ? writer.byte(0) : writer.byte(1).bytes(value)
}

function readOptional(reader: ByteReader): Uint8Array | null {
  return reader.boolean() ? reader.bytes() : null
}
