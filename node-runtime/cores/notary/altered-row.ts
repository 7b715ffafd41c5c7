import { ByteWriter } from '#kit/bytes'
import type { StateView } from '#kit/state-machine'
import { decodeRecord, encodeRecord, isWithoutText, withText } from './record-codec.ts'
import { perPage, rowKey, spaces } from './rows.ts'
import { recordsIn } from './stored-records.ts'

/** A row of the state, with where it belongs. */
export interface AlteredRow {
  readonly space: string
  readonly key: string
  readonly value: Uint8Array
}

/**
 * For the lesson of the forged copy: the row that holds this record, with one letter of its title changed (or added),
 * and all else as it was. null: there is no such record.
 */
export function alteredRow(state: StateView, index: number): AlteredRow | null {
  const key = rowKey(Math.floor(index / perPage))
  const row = state.get(spaces.records, key)
  const records = row === null ? [] : recordsIn(row)
  const altered = withOtherTitle(records[index % perPage])
  if (altered === null) return null
  const writer = new ByteWriter(row?.length ?? 0)
  for (const [place, record] of records.entries()) writer.bytes(place === index % perPage ? altered : record)
  return { space: spaces.records, key, value: writer.done() }
}

function withOtherTitle(bytes: Uint8Array | undefined): Uint8Array | null {
  // The text of a long one stands elsewhere, and its title is no less forged for that.
  const record = bytes === undefined ? null : decodeRecord(isWithoutText(bytes) ? withText(bytes, noText) : bytes)
  if (record === null || bytes === undefined) return null
  const title = record.title === '' ? 'x' : `${record.title.slice(0, -1)}${record.title.endsWith('x') ? 'y' : 'x'}`
  const altered = encodeRecord({ ...record, title })
  if (isWithoutText(bytes)) altered[0] = bytes[0] ?? 0
  return altered
}

const noText = new Uint8Array(0)
