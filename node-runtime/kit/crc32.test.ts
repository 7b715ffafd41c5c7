import { crc32 as reference } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { crc32 } from './crc32.ts'

it('is the checksum that everybody knows by this name', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => crc32(bytes) === reference(bytes)))
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
})

it('leaves out what stands before the place from which it is asked', () => {
  const place = fc.nat({ max: 20 })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), place, (bytes, from) => {
      expect(crc32(bytes, from)).toBe(reference(bytes.subarray(from)))
    }),
  )
})
