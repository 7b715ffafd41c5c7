import { crc32 } from 'node:zlib'

/** Covers where a row stands as well as what it says, so that a value under a wrong key is damage too. */
export function rowChecksum(space: string, keyText: string, value: Uint8Array): number {
  return crc32(value, crc32(`${space}\0${keyText}\0`))
}
