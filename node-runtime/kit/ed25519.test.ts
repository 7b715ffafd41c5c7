import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainSigningKey, plainVerifyEd25519 } from './ed25519.ts'
import { fromHex, toHex } from './hex.ts'

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const pkcs8 = (secret: Uint8Array) => Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret])

/** The same by the means of the operating system. */
function nodeKey(secret: Uint8Array) {
  const key = createPrivateKey({ key: pkcs8(secret), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return {
    publicKey: new Uint8Array(spki.subarray(-32)),
    sign: (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, key)),
    verify: (bytes: Uint8Array, signature: Uint8Array) => verify(null, bytes, createPublicKey(key), signature),
  }
}

describe('plain Ed25519', () => {
  it('knows the second vector of RFC 8032', () => {
    const key = plainSigningKey(fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')!)
    expect(toHex(key.publicKey)).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
    expect(toHex(key.sign(Uint8Array.of(0x72)))).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    )
  })

  it('agrees with another implementation, both ways', () => {
    fc.assert(
      fc.property(bytes32, fc.uint8Array({ maxLength: 200 }), (secret, bytes) => {
        const [ours, theirs] = [plainSigningKey(secret), nodeKey(secret)]
        expect(ours.publicKey).toEqual(theirs.publicKey)
        expect(ours.sign(bytes)).toEqual(theirs.sign(bytes))
        expect(plainVerifyEd25519(theirs.publicKey, bytes, theirs.sign(bytes))).toBe(true)
        expect(theirs.verify(bytes, ours.sign(bytes))).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it('refuses a changed bit anywhere', () => {
    const key = plainSigningKey(new Uint8Array(32).fill(7))
    const bytes = Uint8Array.of(1, 2, 3)
    const signature = key.sign(bytes)
    for (let bit = 0; bit < 512; bit += 7) {
      const wrong = signature.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      expect(plainVerifyEd25519(key.publicKey, bytes, wrong), `bit ${bit}`).toBe(false)
    }
    expect(plainVerifyEd25519(key.publicKey, Uint8Array.of(1, 2, 2), signature)).toBe(false)
  })

  it('takes anything for a key or a signature, and says no', () => {
    const any = fc.uint8Array({ maxLength: 70 })
    const fitting = fc.uint8Array({ minLength: 64, maxLength: 64 })
    fc.assert(fc.property(any, any, any, (key, bytes, signature) => !plainVerifyEd25519(key, bytes, signature)))
    fc.assert(fc.property(bytes32, any, fitting, (key, bytes, signature) => !plainVerifyEd25519(key, bytes, signature)))
  })
})
