import { assert } from '#kit/assert'
import { ByteReader, ByteWriter } from '#kit/bytes'
import type { StateTx, StateView } from '#kit/state-machine'
import { readId, readList, writeId, writeList } from './codec-parts.ts'
import type { TokenKey } from './messages.ts'
import { spaces, tokenKeysKey } from './rows.ts'

/** Oldest first. */
export function readTokenKeys(state: StateView): readonly TokenKey[] {
  const row = state.get(spaces.secrets, tokenKeysKey)
  if (row === null) return []
  const reader = new ByteReader(row)
  const keys = readList(reader, readTokenKey)
  assert(reader.isDone, 'keys for tokens can be read')
  return keys
}

export function writeTokenKeys(state: StateTx, keys: readonly TokenKey[]): void {
  const writer = writeList(new ByteWriter(64 * keys.length + 4), keys, writeTokenKey)
  state.put(spaces.secrets, tokenKeysKey, writer.done())
}

export function writeTokenKey(writer: ByteWriter, { id, key, fromMs }: TokenKey): ByteWriter {
  return writeId(writer, id).bytes(key).number(fromMs)
}

export function readTokenKey(reader: ByteReader): TokenKey {
  return { id: readId(reader), key: reader.bytes(), fromMs: reader.count() }
}
