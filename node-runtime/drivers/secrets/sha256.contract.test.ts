import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import { Random } from '#kit/random'
import { plainSha256 } from '#kit/sha256'
import { openSecrets } from './index.ts'

const { sha256 } = openSecrets({ folder: '/nowhere' })

/** FIPS 180-2, appendix B. */
const known = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
  ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
] as const

describe.each([
  ['the plain one', plainSha256],
  ['the one of workers', sha256],
])('SHA-256, %s', (_, sum) => {
  it.each(known)('of %.12s… is as the standard says', (text, expected) => {
    expect(toHex(sum(encodeText(text)))).toBe(expected)
  })

  it('gives bytes that are nobody else’s', () => {
    const given = sum(encodeText('abc'))
    expect([given.constructor === Uint8Array, given.buffer.byteLength]).toEqual([true, 32])
  })
})

it('both sums are one, whatever is summed', () => {
  const random = new Random('sums')
  const lengths = [...Array.from({ length: 260 }, (_, length) => length), 4_095, 65_537]
  for (const length of lengths) {
    const bytes = Uint8Array.from({ length: length + 3 }, () => random.below(256)).subarray(3)
    expect(sha256(bytes)).toEqual(plainSha256(bytes))
  }
})
