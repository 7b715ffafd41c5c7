import { describe, expect, it } from 'vitest'
import { encodeText } from './bytes.ts'
import { toHex } from './hex.ts'
import { hmacSha256 } from './hmac.ts'
import { plainSha256 } from './sha256.ts'

/** RFC 4231, cases 1, 2 and 6. */
const vectors = [
  {
    key: new Uint8Array(20).fill(0x0b),
    text: 'Hi There',
    sum: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  },
  {
    key: encodeText('Jefe'),
    text: 'what do ya want for nothing?',
    sum: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  },
  {
    key: new Uint8Array(131).fill(0xaa),
    text: 'Test Using Larger Than Block-Size Key - Hash Key First',
    sum: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  },
]

describe('hmac', () => {
  it.each(vectors)('of "$text" is what the standard says', ({ key, text, sum }) => {
    expect(toHex(hmacSha256(plainSha256, key, encodeText(text)))).toBe(sum)
  })
})
