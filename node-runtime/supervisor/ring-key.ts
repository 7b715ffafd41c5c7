import { hkdfSync, randomInt, scrypt } from 'node:crypto'
import type { KeyPair } from '#contract/worker/protocol'
import { ringLimits } from '#contract/worker/ring'
import { assert } from '#kit/assert'
import { fail, ok, type Result } from '#kit/result'
import { fromZ85, toZ85 } from '#kit/z85'

/**
 * How a phrase becomes a key, the same on every machine: whoever has recorded a ring's talk pays 128 MiB and a good part
 * of a second for each phrase that he tries. Another number here is another ring.
 */
const phraseWork = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const
const phraseSalt = 'colmeia ring phrase 1'
const keyBytes = 32

/** Refuses a phrase that is too short once the space around and within it is set in order. */
export async function keyOfPhrase(phrase: string): Promise<Result<KeyPair>> {
  const plain = phrase.normalize('NFKC').trim().replaceAll(/\s+/g, ' ')
  const { phraseCharsMin } = ringLimits
  if (plain.length < phraseCharsMin) return fail('bad-request', `a phrase has at least ${phraseCharsMin} characters`)
  const key = await new Promise<Uint8Array>((resolve, reject) => {
    scrypt(plain, phraseSalt, keyBytes, phraseWork, (error, derived) => (error ? reject(error) : resolve(derived)))
  })
  return ok(pairOf(key))
}

/** By this people see that they typed the same phrase. Of a key that is worth trying it gives away nothing. */
export function fingerprintOf({ secretKey }: KeyPair): string {
  const digits = Buffer.from(hkdfSync('sha256', ringKeyOf(secretKey), '', 'colmeia ring fingerprint', 4)).toString(
    'hex',
  )
  return `${digits.slice(0, 4)}-${digits.slice(4)}`
}

const consonants = 'bdfgjklmnprstvz'
const vowels = 'aeiou'
const wordsInvented = 6

/** Easy to read out to somebody: six words of four letters, 74 bits. */
export function inventPhrase(): string {
  const letter = (of: string): string => of.charAt(randomInt(of.length))
  const word = (): string => letter(consonants) + letter(vowels) + letter(consonants) + letter(vowels)
  return Array.from({ length: wordsInvented }, word).join('-')
}

/** The 32 bytes that peers of one ring share. */
export function ringKeyOf(secretKey: string): Uint8Array {
  const key = fromZ85(secretKey)
  assert(key !== null && key.length === keyBytes, 'a ring has a key')
  return key
}

/** Kept beside the keys of nodes, so it has their shape. Nobody has use for a public half. */
function pairOf(key: Uint8Array): KeyPair {
  return { publicKey: toZ85(new Uint8Array(keyBytes)), secretKey: toZ85(Uint8Array.from(key)) }
}
