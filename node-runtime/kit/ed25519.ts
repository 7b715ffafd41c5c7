import { ed25519 } from '@noble/curves/ed25519.js'

/** Handed in, because workers have a faster one. False for whatever is no key or no signature. */
export type VerifyEd25519 = (publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array) => boolean

/** For the simulator and for pages; the same answers as any other. */
export const plainVerifyEd25519: VerifyEd25519 = (publicKey, bytes, signature) => {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  // RFC 8032 to the letter: no encoding of a point but the shortest.
  return ed25519.verify(signature, bytes, publicKey, { zip215: false })
}

/** The key of these 32 secret bytes. For the simulator, which draws them from its seed. */
export function plainSigningKey(secret: Uint8Array): {
  readonly publicKey: Uint8Array
  readonly sign: (bytes: Uint8Array) => Uint8Array
} {
  return { publicKey: ed25519.getPublicKey(secret), sign: (bytes) => ed25519.sign(bytes, secret) }
}
