import { describe, expect, it } from 'vitest'
import { encodeText } from '#kit/bytes'
import { plainSha256 as sha256 } from '#kit/sha256'
import { readToken, signToken } from './tokens.ts'

const key = { id: 'ab', key: new Uint8Array(32).fill(7) }
const other = { id: 'cd', key: new Uint8Array(32).fill(8) }
const claims = { user: 'joão "x"', issuedMs: 1_795_225_120_123, endsMs: 1_795_253_920_123 }
const urlText = (text: string) => Buffer.from(text).toString('base64url')

describe('a token', () => {
  it('is believed by whoever has its key, to the millisecond', () => {
    const token = signToken(claims, key, sha256)
    expect(readToken(token, [other, key], sha256)).toEqual(claims)
    expect(readToken(token, [other], sha256)).toBeNull()
    expect(readToken(token, [{ ...other, id: 'ab' }], sha256)).toBeNull()
  })

  it('is none with a letter changed anywhere', () => {
    const token = signToken(claims, key, sha256)
    for (let place = 0; place < token.length; place += 1) {
      const letter = token[place] === 'A' ? 'B' : 'A'
      const forged = token.slice(0, place) + letter + token.slice(place + 1)
      expect(readToken(forged, [key], sha256)).toBeNull()
    }
  })

  it.each(['none', 'None', 'HS512', 'RS256', ''])('of the algorithm "%s" is none', (alg) => {
    const claimsPart = signToken(claims, key, sha256).split('.')[1]
    const head = urlText(JSON.stringify({ alg, typ: 'JWT', kid: 'ab' }))
    expect(readToken(`${head}.${claimsPart}.`, [key], sha256)).toBeNull()
    const emptySum = urlText('')
    expect(readToken(`${head}.${claimsPart}.${emptySum}`, [key], sha256)).toBeNull()
  })

  it.each(['', '.', '..', 'a.b', 'a.b.c', '....', 'x'.repeat(5_000), `${urlText('null')}.${urlText('null')}.AA`])(
    'is not "%s"',
    (text) => expect(readToken(text, [key], sha256)).toBeNull(),
  )

  it('needs a user and times that are what they should be', () => {
    const head = urlText(JSON.stringify({ alg: 'HS256', kid: 'ab' }))
    const token = signToken({ ...claims, user: 'ana' }, key, sha256)
    expect(readToken(token, [key], sha256)?.user).toBe('ana')
    expect(readToken(`${head}.${urlText('{"user":1}')}.AAAA`, [key], sha256)).toBeNull()
    expect(encodeText(token).length).toBe(token.length)
  })
})
