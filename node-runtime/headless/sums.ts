import { createPublicKey, hash, verify } from 'node:crypto'
import type { VerifyEd25519 } from '#kit/ed25519'
import type { Sha256 } from '#kit/sha256'

/**
 * Those of the machine. The plain ones of `kit` are as right, but a process that lives for one check spends more time
 * on getting them up to speed than on everything else.
 */
export const sums: { readonly sha256: Sha256; readonly verify: VerifyEd25519 } = {
  sha256: (bytes) => new Uint8Array(hash('sha256', bytes, 'buffer')),
  verify: (publicKey, bytes, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return false
    const x = Buffer.from(publicKey).toString('base64url')
    return verify(null, bytes, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature)
  },
}
