import { fromBase64, toBase64 } from '#kit/base64'
import { decodeText, encodeText } from '#kit/bytes'
import { hmacSha256 } from '#kit/hmac'
import type { Sha256 } from '#kit/sha256'

/** What a token says. */
export interface Claims {
  readonly user: string
  readonly issuedMs: number
  readonly endsMs: number
}

/** A key and the name under which tokens say that it signed them. */
export interface NamedKey {
  readonly id: string
  readonly key: Uint8Array
}

export const tokenLimits = {
  lastsMs: 8 * 3_600_000,
  charsMax: 1_024,
} as const

/** A JSON web token, HS256. Times are seconds with a fraction, because what was taken back counts in milliseconds. */
export function signToken({ user, issuedMs, endsMs }: Claims, { id: kid, key }: NamedKey, sha256: Sha256): string {
  const head = `${packed({ alg: 'HS256', typ: 'JWT', kid })}.${packed({ user, iat: issuedMs / 1_000, exp: endsMs / 1_000 })}`
  return `${head}.${urlText(hmacSha256(sha256, key, encodeText(head)))}`
}

/**
 * null: not a token that one of these keys signed. Any other algorithm is none, whatever the token says of itself.
 * Whether it has ended, or was taken back, is not looked at.
 */
export function readToken(token: string, keys: readonly NamedKey[], sha256: Sha256): Claims | null {
  if (token.length > tokenLimits.charsMax) return null
  const [head = '', claims = '', signature = '', ...more] = token.split('.')
  const header = unpacked(head)
  if (more.length > 0 || header?.alg !== 'HS256') return null
  const named = keys.find(({ id }) => id === header.kid)
  const given = urlBytes(signature)
  if (named === undefined || given === null) return null
  if (!isSameSum(hmacSha256(sha256, named.key, encodeText(`${head}.${claims}`)), given)) return null
  const said = unpacked(claims)
  const [user, iat, exp] = [said?.user, said?.iat, said?.exp]
  if (typeof user !== 'string' || typeof iat !== 'number' || typeof exp !== 'number') return null
  return { user, issuedMs: Math.round(iat * 1_000), endsMs: Math.round(exp * 1_000) }
}

/** In the same time wherever they differ. */
function isSameSum(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length
  for (const [place, byte] of one.entries()) difference |= byte ^ (other[place] ?? 0)
  return difference === 0
}

function packed(value: object): string {
  return urlText(encodeText(JSON.stringify(value)))
}

type Said = Readonly<Partial<Record<'alg' | 'kid' | 'user' | 'iat' | 'exp', unknown>>>

function unpacked(text: string): Said | null {
  const bytes = urlBytes(text)
  const json = bytes === null ? null : decodeText(bytes)
  if (json === null) return null
  try {
    const value: unknown = JSON.parse(json)
    // Own fields only: what JSON.parse makes has a prototype.
    return typeof value === 'object' && value !== null ? Object.assign(Object.create(null), value) : null
  } catch {
    // The parser has no other way to say that this is no JSON.
    return null
  }
}

function urlText(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** null: no base64url. */
function urlBytes(text: string): Uint8Array | null {
  if (/[+/=]/.test(text)) return null
  const plain = text.replaceAll('-', '+').replaceAll('_', '/')
  return fromBase64(plain.padEnd(Math.ceil(plain.length / 4) * 4, '='))
}
