import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase64, toBase64 } from './base64.ts'

describe('base64', () => {
  it('is what everybody else writes, and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = toBase64(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64'))
        expect(fromBase64(text)).toEqual(bytes)
      }),
    )
  })

  it('has one text for the same bytes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[AQgw+/=]{0,12}$/), (text) => {
        const bytes = fromBase64(text)
        if (bytes !== null) expect(toBase64(bytes)).toBe(text)
      }),
    )
  })

  it.each(['A', 'AA', 'AAA', 'AB==', 'AAB=', '====', 'AA=A', 'AA==\n', ' AAAA', 'AA-_', 'A==='])(
    'takes %j for none',
    (text) => expect(fromBase64(text)).toBeNull(),
  )
})
