import { createPrivateKey, createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fromZ85 } from '#kit/z85'
import { makeKeyPair } from './keys.ts'

describe('keys', () => {
  it('are X25519 in the form of ZeroMQ: 40 digits, and the public one follows from the secret one', () => {
    const { publicKey, secretKey } = makeKeyPair()
    expect([publicKey.length, secretKey.length]).toEqual([40, 40])
    const head = Buffer.from('302e020100300506032b656e04220420', 'hex') // PKCS #8 before the 32 bytes of an X25519 key
    const secret = createPrivateKey({ key: Buffer.concat([head, fromZ85(secretKey)!]), format: 'der', type: 'pkcs8' })
    const { x } = createPublicKey(secret).export({ format: 'jwk' })
    expect(Buffer.from(fromZ85(publicKey)!).toString('base64url')).toBe(x)
  })

  it('are new each time', () => {
    expect(makeKeyPair().secretKey).not.toBe(makeKeyPair().secretKey)
  })
})
