/** CRC-32 as in zlib and PNG, of what stands from `from` on. Finds accidents, not malice. */
export function crc32(bytes: Uint8Array, from = 0): number {
  let crc = -1
  let index = from
  // This runs over every byte of every log entry: four at a time, each in a table of how it goes on from its place.
  for (const end = bytes.length - 3; index < end; index += 4) {
    crc ^=
      (bytes[index] ?? 0) |
      ((bytes[index + 1] ?? 0) << 8) |
      ((bytes[index + 2] ?? 0) << 16) |
      ((bytes[index + 3] ?? 0) << 24)
    crc =
      (tables[768 + (crc & 0xff)] ?? 0) ^
      (tables[512 + ((crc >>> 8) & 0xff)] ?? 0) ^
      (tables[256 + ((crc >>> 16) & 0xff)] ?? 0) ^
      (tables[crc >>> 24] ?? 0)
  }
  for (; index < bytes.length; index += 1) {
    crc = (crc >>> 8) ^ (tables[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0)
  }
  return ~crc >>> 0
}

/** Four tables, one after the other: a byte, and a byte with one, two and three zeros after it. */
const tables = makeTables()

function makeTables(): Int32Array {
  const made = new Int32Array(4 * 256)
  for (let byte = 0; byte < 256; byte += 1) {
    let value = byte
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    made[byte] = value
  }
  for (let place = 256; place < made.length; place += 1) {
    const before = made[place - 256] ?? 0
    made[place] = (before >>> 8) ^ (made[before & 0xff] ?? 0)
  }
  return made
}
