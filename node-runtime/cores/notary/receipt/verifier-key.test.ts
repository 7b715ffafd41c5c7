import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainSha256 as sha256 } from '#kit/sha256'
import { madeKey } from './testing/made-notary.ts'
import { formatVerifierKey, isKeyName, isSameKey, makeVerifierKey, parseVerifierKey } from './verifier-key.ts'

const known = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'

describe('RC20 verifier keys', () => {
  it('are read and written as C2SP has them', () => {
    const key = parseVerifierKey(known, sha256)
    expect(key).toMatchObject({ name: 'example.com/foo', use: 'log', id: '530d903a' })
    expect(formatVerifierKey(key!)).toBe(known)
    expect(key?.fingerprint).toMatch(/^530d903a[0-9a-f]{24}$/)
  })

  it.each(['log', 'witness'] as const)('of a %s go there and back', (use) => {
    const { key } = madeKey('a.example/b', use, 1)
    const again = parseVerifierKey(formatVerifierKey(key), sha256)
    expect(again).toEqual(key)
    expect(isSameKey(again!, key)).toBe(true)
  })

  it('are others under another name or for another use', () => {
    const key = madeKey('a', 'log', 1).key
    for (const other of [{ name: 'b' }, { use: 'witness' as const }]) {
      const made = makeVerifierKey({ ...key, ...other }, sha256)!
      expect(made.id).not.toBe(key.id)
      expect(isSameKey(made, key)).toBe(false)
    }
  })

  it.each([
    '',
    known.slice(0, -4),
    known.replace('530d', '530e'),
    known.replace('+AekyeR', '+BekyeR'),
    `${known}\n`,
    'a+b',
  ])('are not %j', (text) => expect(parseVerifierKey(text, sha256)).toBeNull())

  it.each(['', 'a b', 'a+b', 'a\nb', 'a\u00a0b', 'a\u2003b', '\ud800', 'a\u0000', 'x'.repeat(257)])(
    'are never named %j',
    (name) => expect(isKeyName(name)).toBe(false),
  )

  it('are read from anything', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseVerifierKey(text, sha256) === null))
  })
})
