import { encodeRecord, withoutText } from '#cores/notary/record-codec'
import { perPage, rowKey, spaces } from '#cores/notary/rows'
import { recordsIn, StoredRecords } from '#cores/notary/stored-records'
import { ByteWriter } from '#kit/bytes'
import type { StateTx } from '#kit/state-machine'

/**
 * The lesson: changes the title of one record, as somebody would who has this peer's file, knows its form, and makes its
 * checksums right again. False: there is no such record.
 */
export function tamperWith(state: StateTx, index: number): boolean {
  const record = new StoredRecords(state).record(index)
  const key = rowKey(Math.floor(index / perPage))
  const row = state.get(spaces.records, key)
  if (record === undefined || record === null || row === null) return false
  const forged = { ...record, title: `${record.title}*` }
  const whole = encodeRecord(forged)
  const written = withoutText(forged, whole)?.head ?? whole
  const writer = new ByteWriter(row.length + 8)
  for (const [place, bytes] of recordsIn(row).entries()) writer.bytes(place === index % perPage ? written : bytes)
  state.put(spaces.records, key, writer.done())
  return true
}
