import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from './hex.ts'

describe('hex', () => {
  it('goes there and back for every byte', () => {
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    expect(toHex(all)).toBe(Buffer.from(all).toString('hex'))
    expect(fromHex(toHex(all))).toEqual(all)
  })

  it.each(['a', 'AB', '0g', ' 00', '00\n'])('takes %j for no hex', (text) => {
    expect(fromHex(text)).toBeNull()
  })
})
