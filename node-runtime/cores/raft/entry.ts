import { assert } from '#kit/assert'
import { crc32 } from '#kit/crc32'

export type EntryKind = 'no-op' | 'command' | 'members'

export interface EntryFields {
  readonly index: number
  readonly term: number
  readonly kind: EntryKind
  /** Fixed by the leader when it was proposed; never goes back along the log. */
  readonly atMs: number
  readonly lamport: number
  readonly payload: Uint8Array
}

/** One place in the log. Only this file makes one, so that fields and bytes always agree. */
export interface Entry extends EntryFields {
  /** The whole record as it stands on disk and on the wire, its checksum included. */
  readonly bytes: Uint8Array
}

/*
 * record: length of all of it (4), CRC-32 of what follows (4), kind (1), index, term, atMs, lamport (8 each, doubles), payload
 */
const headBytes = 41
const checkedFrom = 8
const kindCodes = { 'no-op': 0, command: 1, members: 2 } as const satisfies Record<EntryKind, number>

/** What one record may weigh; above every limit for commands that a system sets itself. */
export const entryBytesMax = 1024 * 1024
const wholeNumberMax = 2 ** 53 - 1

export function makeEntry(fields: EntryFields): Entry {
  const length = headBytes + fields.payload.length
  assert(length <= entryBytesMax, `an entry of ${length} bytes`)
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, length, true)
  view.setUint8(8, kindCodes[fields.kind])
  view.setFloat64(9, fields.index, true)
  view.setFloat64(17, fields.term, true)
  view.setFloat64(25, fields.atMs, true)
  view.setFloat64(33, fields.lamport, true)
  bytes.set(fields.payload, headBytes)
  view.setUint32(4, crc32(bytes, checkedFrom), true)
  const { index, term, kind, atMs, lamport } = fields
  return { index, term, kind, atMs, lamport, payload: bytes.subarray(headBytes), bytes }
}

/** Many records, one after the other. */
export function joinEntries(entries: readonly Entry[]): Uint8Array {
  let length = 0
  for (const entry of entries) length += entry.bytes.length
  const joined = new Uint8Array(length)
  let offset = 0
  for (const entry of entries) {
    joined.set(entry.bytes, offset)
    offset += entry.bytes.length
  }
  return joined
}

/**
 * Takes records apart again; null if any of it is not as it was written, or the indexes do not follow each other.
 * The entries share the memory of `bytes`.
 */
export function splitEntries(bytes: Uint8Array): readonly Entry[] | null {
  const entries: Entry[] = []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let offset = 0; offset < bytes.length; ) {
    const entry = readEntry(bytes, view, offset)
    if (entry === null) return null
    const before = entries.at(-1)
    if (before !== undefined && (entry.index !== before.index + 1 || entry.term < before.term)) return null
    entries.push(entry)
    offset += entry.bytes.length
  }
  return entries
}

function readEntry(bytes: Uint8Array, view: DataView, offset: number): Entry | null {
  if (offset + headBytes > bytes.length) return null
  const length = view.getUint32(offset, true)
  if (length < headBytes || length > entryBytesMax || offset + length > bytes.length) return null
  const record = bytes.subarray(offset, offset + length)
  if (crc32(record, checkedFrom) !== view.getUint32(offset + 4, true)) return null
  const kind = kindOf(view.getUint8(offset + 8))
  const index = view.getFloat64(offset + 9, true)
  const term = view.getFloat64(offset + 17, true)
  const atMs = view.getFloat64(offset + 25, true)
  const lamport = view.getFloat64(offset + 33, true)
  if (kind === null || !isPlace(index) || !isPlace(term) || !Number.isFinite(atMs) || !isCount(lamport)) return null
  return { index, term, kind, atMs, lamport, payload: record.subarray(headBytes), bytes: record }
}

function kindOf(code: number): EntryKind | null {
  switch (code) {
    case kindCodes['no-op']:
      return 'no-op'
    case kindCodes.command:
      return 'command'
    case kindCodes.members:
      return 'members'
    default:
      return null
  }
}

function isPlace(value: number): boolean {
  return isCount(value) && value >= 1
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= wholeNumberMax
}
