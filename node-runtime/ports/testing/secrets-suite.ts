import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { InvariantError } from '#kit/assert'
import { encodeText } from '#kit/bytes'
import { fromHex } from '#kit/hex'
import type { Secrets } from '../secrets.ts'
import { failureOf } from './store-home.ts'

export interface SecretsHome {
  /** The first call begins it; each later one opens it again after the power went. */
  open(): Secrets
  /** The fault full-disk on what was opened last. */
  setFull(isFull: boolean): void
  remove(): void
}

const bytesOf = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array()
const words = encodeText('the words that are signed')

/** RFC 8032, 7.1, test 2. */
const known = {
  secret: bytesOf('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'),
  publicKey: bytesOf('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'),
  bytes: bytesOf('72'),
  signature: bytesOf(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ),
}

/** The order of the group: a signature whose second half has it added is the same sum, and must be refused. */
const order = 2n ** 252n + 27742317777372353535851937790883648493n

/** What every home of the Secrets port promises. */
export function secretsSuite(name: string, openHome: () => SecretsHome): void {
  describe(`${name} secrets`, () => {
    let home: SecretsHome
    let secrets: Secrets

    beforeEach(() => {
      home = openHome()
      secrets = home.open()
    })
    afterEach(() => home.remove())

    it('knows no key that nobody has made', () => {
      expect([secrets.key('log'), secrets.secretOf('log')]).toEqual([null, null])
    })

    it('makes a key once, and keeps it from life to life', () => {
      const made = secrets.makeKey('log')
      expect(secrets.makeKey('log').publicKey).toEqual(made.publicKey)
      const later = home.open()
      expect(later.key('log')?.publicKey).toEqual(made.publicKey)
      expect(later.makeKey('log').publicKey).toEqual(made.publicKey)
      expect(later.key('log')?.sign(words)).toEqual(made.sign(words))
    })

    it('makes another key for another name', () => {
      expect(secrets.makeKey('witness-1').publicKey).not.toEqual(secrets.makeKey('witness-2').publicKey)
    })

    it('signs as the standard says', () => {
      expect(secrets.keepKey('log', known.secret)).toBe(true)
      const key = secrets.key('log')
      expect([key?.publicKey, key?.sign(known.bytes)]).toEqual([known.publicKey, known.signature])
      expect(secrets.verify(known.publicKey, known.bytes, known.signature)).toBe(true)
    })

    it('hands a key over whole, and the fellow who gets it signs with it, for ever', () => {
      secrets.makeKey('witness')
      const { publicKey } = secrets.makeKey('log')
      const secret = secrets.secretOf('log')
      expect(secret).toHaveLength(32)
      expect(secrets.keepKey('witness', secret ?? words)).toBe(true)
      expect(secrets.key('witness')?.publicKey).toEqual(publicKey)
      expect(home.open().key('witness')?.publicKey).toEqual(publicKey)
    })

    it.each([0, 31, 33, 64])('keeps nothing that has %i bytes and so is no key', (length) => {
      const { publicKey } = secrets.makeKey('log')
      expect(secrets.keepKey('log', new Uint8Array(length))).toBe(false)
      expect(home.open().key('log')?.publicKey).toEqual(publicKey)
    })

    it('believes a signature of those words by that key, and no other', () => {
      const { publicKey, sign } = secrets.makeKey('log')
      const signature = sign(words)
      expect(signature).toHaveLength(64)
      expect(secrets.verify(publicKey, words, signature)).toBe(true)
      expect(secrets.verify(publicKey, encodeText('other words'), signature)).toBe(false)
      expect(secrets.verify(secrets.makeKey('other').publicKey, words, signature)).toBe(false)
      for (const place of [0, 31, 32, 63]) {
        expect(secrets.verify(publicKey, words, changed(signature, place))).toBe(false)
      }
      expect(secrets.verify(publicKey, words, twin(signature))).toBe(false)
    })

    it('does not choke on what is neither key nor signature', () => {
      const { publicKey, sign } = secrets.makeKey('log')
      for (const length of [0, 31, 33]) expect(secrets.verify(new Uint8Array(length), words, sign(words))).toBe(false)
      expect(secrets.verify(new Uint8Array(32).fill(255), words, sign(words))).toBe(false)
      for (const length of [0, 63, 65]) expect(secrets.verify(publicKey, words, new Uint8Array(length))).toBe(false)
    })

    it('refuses on a full disk and has changed nothing; what is there still signs', () => {
      const { publicKey } = secrets.makeKey('log')
      home.setFull(true)
      expect(failureOf(() => secrets.makeKey('witness'))).toBe('disk-full')
      expect(failureOf(() => secrets.keepKey('log', known.secret))).toBe('disk-full')
      expect([secrets.key('witness'), secrets.key('log')?.publicKey]).toEqual([null, publicKey])
      expect(secrets.makeKey('log').publicKey).toEqual(publicKey)
      home.setFull(false)
      const later = home.open()
      expect([later.key('witness'), later.key('log')?.publicKey]).toEqual([null, publicKey])
    })

    it.each(['', '../log', 'Log', 'log.key', 'a'.repeat(64)])('has no key that is called "%s"', (wrong) => {
      expect(() => secrets.makeKey(wrong)).toThrow(InvariantError)
      expect(() => secrets.key(wrong)).toThrow(InvariantError)
      expect(() => secrets.keepKey(wrong, known.secret)).toThrow(InvariantError)
    })
  })
}

function changed(bytes: Uint8Array, place: number): Uint8Array {
  return bytes.map((byte, index) => (index === place ? byte ^ 1 : byte))
}

function twin(signature: Uint8Array): Uint8Array {
  const half = signature.slice(32).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + order
  const bytes = Array.from({ length: 32 }, (_, index) => Number((half >> BigInt(8 * index)) & 255n))
  return new Uint8Array([...signature.slice(0, 32), ...bytes])
}
