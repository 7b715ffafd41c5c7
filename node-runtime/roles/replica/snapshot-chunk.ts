import { crc32 } from '#kit/crc32'
import { spacePattern } from '#ports/store'
import { stateSpace } from './generations.ts'
import { isCount, isText } from './records.ts'
import { stateLimits } from './state-cache.ts'

/** One row of the state on its way to a peer. */
export interface ChunkRow {
  readonly space: string
  readonly key: string
  readonly value: Uint8Array
}

/*
 * chunk: CRC-32 of what follows (4), length of the list (4), list of rows as JSON [space, key, bytes of the value], values
 */
const headBytes = 8
const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function encodeChunk(rows: readonly ChunkRow[]): Uint8Array {
  // JSON keeps every key as it is, lone surrogates too.
  const list = encoder.encode(JSON.stringify(rows.map(({ space, key, value }) => [space, key, value.length])))
  let length = headBytes + list.length
  for (const { value } of rows) length += value.length
  const bytes = new Uint8Array(length)
  bytes.set(list, headBytes)
  let offset = headBytes + list.length
  for (const { value } of rows) {
    bytes.set(value, offset)
    offset += value.length
  }
  const view = new DataView(bytes.buffer)
  view.setUint32(4, list.length, true)
  view.setUint32(0, crc32(bytes.subarray(4)), true)
  return bytes
}

/** null: not as it was made. The values share the memory of `bytes`. */
export function decodeChunk(bytes: Uint8Array): readonly ChunkRow[] | null {
  if (bytes.length < headBytes) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0, true) !== crc32(bytes.subarray(4))) return null
  const listEnd = headBytes + view.getUint32(4, true)
  const list = listEnd > bytes.length ? null : parseList(decoder.decode(bytes.subarray(headBytes, listEnd)))
  return list === null ? null : withValues(list, bytes.subarray(listEnd))
}

function withValues(list: readonly unknown[], values: Uint8Array): readonly ChunkRow[] | null {
  const rows: ChunkRow[] = []
  let offset = 0
  for (const item of list) {
    const [space, key, length]: readonly unknown[] = Array.isArray(item) ? item : []
    if (!isText(space) || !isText(key) || !isCount(length)) return null
    if (!spacePattern.test(stateSpace('a', space)) || key.length > stateLimits.keyCharsMax) return null
    rows.push({ space, key, value: values.subarray(offset, offset + length) })
    offset += length
  }
  return offset === values.length ? rows : null
}

function parseList(text: string): readonly unknown[] | null {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list : null
  } catch {
    return null // the caller refuses the whole chunk
  }
}
