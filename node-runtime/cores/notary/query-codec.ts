import { unreachable } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import { fromHex, toHex } from '#kit/hex'
import type { ExaminedSoFar, NotaryQuery } from './messages.ts'
import { hashBytes, pathHashesMax } from './receipt/merkle.ts'
import { beforeGenesis } from './record-codec.ts'

/** The place in the list is the first byte; only ever added to at the end. */
const kinds = [
  'status',
  'records',
  'by-hash',
  'by-id',
  'search',
  'inclusion',
  'consistency',
  'root',
  'tile',
  'witnesses',
  'examine',
] as const satisfies readonly NotaryQuery['kind'][]

export function encodeNotaryQuery(query: NotaryQuery): Uint8Array {
  const writer = new ByteWriter(64).byte(kinds.indexOf(query.kind))
  switch (query.kind) {
    case 'status':
      return writer.done()
    case 'records':
      return writer
        .number(query.from)
        .number(query.limit)
        .byte(query.order === 'down' ? 1 : 0)
        .done()
    case 'by-hash':
      return writer
        .number(query.limit)
        .number(query.from ?? 0)
        .rest(query.sha256)
        .done()
    case 'by-id':
      return writer.text(query.id).done()
    case 'search':
      return writeOptionalNumber(writer.number(query.limit), query.before).text(query.text).done()
    case 'inclusion':
      return writer.number(query.index).number(query.size).done()
    case 'consistency':
      return writer.number(query.from).number(query.to).done()
    case 'root':
    case 'witnesses':
      return writer.number(query.size).done()
    case 'tile':
      return writer.number(query.level).number(query.tile).number(query.width).done()
    case 'examine':
      return writeSoFar(writer.number(query.limit), query.after).done()
    default:
      return unreachable(query)
  }
}

/** null: no query of ours. Takes anything; whether what it asks for is there, is another matter. */
export function decodeNotaryQuery(bytes: Uint8Array): NotaryQuery | null {
  const reader = new ByteReader(bytes)
  const kind = kinds[reader.byte()]
  const query = kind === undefined ? null : readQuery(reader, kind)
  return reader.isDone ? query : null
}

function readQuery(reader: ByteReader, kind: NotaryQuery['kind']): NotaryQuery | null {
  switch (kind) {
    case 'status':
      return { kind }
    case 'records':
      return { kind, from: reader.count(), limit: reader.count(), order: reader.boolean() ? 'down' : 'up' }
    case 'by-hash':
      return { kind, limit: reader.count(), from: reader.count(), sha256: reader.rest() }
    case 'by-id':
      return { kind, id: reader.text() }
    case 'search':
      return { kind, limit: reader.count(), before: readOptionalNumber(reader), text: reader.text() }
    case 'inclusion':
      return { kind, index: reader.count(), size: reader.count() }
    case 'consistency':
      return { kind, from: reader.count(), to: reader.count() }
    case 'root':
    case 'witnesses':
      return { kind, size: reader.count() }
    case 'tile':
      return { kind, level: reader.count(), tile: reader.count(), width: reader.count() }
    case 'examine':
      return readExamine(reader)
    default:
      return unreachable(kind)
  }
}

function readExamine(reader: ByteReader): NotaryQuery | null {
  const limit = reader.count()
  const after = readSoFar(reader)
  return after === undefined ? null : { kind: 'examine', after, limit }
}

export function writeOptionalNumber(writer: ByteWriter, value: number | null): ByteWriter {
  return value === null ? writer.byte(0) : writer.byte(1).number(value)
}

export function readOptionalNumber(reader: ByteReader): number | null {
  return reader.boolean() ? reader.count() : null
}

export function writeSoFar(writer: ByteWriter, soFar: ExaminedSoFar | null): ByteWriter {
  if (soFar === null) return writer.byte(0)
  writer.byte(1).number(soFar.index).text(soFar.previousHash).byte(soFar.peaks.length)
  for (const peak of soFar.peaks) writer.bytes(fromHex(peak) ?? new Uint8Array(0))
  return writer
}

/** undefined: nothing that an examination hands on. */
export function readSoFar(reader: ByteReader): ExaminedSoFar | null | undefined {
  if (!reader.boolean()) return null
  const index = reader.count()
  const previousHash = reader.text()
  const count = reader.byte()
  if (count > pathHashesMax || !isBlockHash(previousHash)) return undefined
  const peaks = Array.from({ length: count }, () => reader.bytes())
  if (peaks.some(({ length }) => length !== hashBytes)) return undefined
  return { index, previousHash, peaks: peaks.map(toHex) }
}

function isBlockHash(text: string): boolean {
  return text === beforeGenesis || /^[0-9a-f]{64}$/.test(text)
}
