import { crc32 as reference } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { crc32 } from './crc32.ts'

it('is the checksum that everybody knows by this name', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => crc32(bytes) === reference(bytes)))
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
})
