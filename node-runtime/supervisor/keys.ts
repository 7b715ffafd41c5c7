import { generateKeyPairSync } from 'node:crypto'
import type { KeyPair } from '#contract/worker/protocol'
import { assert } from '#kit/assert'
import { toZ85 } from '#kit/z85'

/** A CURVE key is an X25519 key, so that no native module has to be loaded to make one. */
export function makeKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('x25519')
  return {
    publicKey: toZ85(rawKey(publicKey.export({ format: 'jwk' }).x)),
    secretKey: toZ85(rawKey(privateKey.export({ format: 'jwk' }).d)),
  }
}

function rawKey(base64url: string | undefined): Uint8Array {
  const bytes = Buffer.from(base64url ?? '', 'base64url')
  assert(bytes.length === 32, 'an X25519 key has 32 bytes')
  return bytes
}
