/** CRC-32 as in zlib and PNG. Finds accidents, not malice. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1
  // By index and without a helper: this runs over every byte of every log entry.
  for (let index = 0; index < bytes.length; index += 1) {
    crc = (crc >>> 8) ^ (table[(crc ^ (bytes[index] ?? 0)) & 0xff] ?? 0)
  }
  return ~crc >>> 0
}

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})
