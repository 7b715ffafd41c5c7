import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

export const halfBytes = 32

/** What RFC 8410 puts before the 32 bytes of either half; there is no way in without it. */
const secretHead = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicHead = Buffer.from('302a300506032b6570032100', 'hex')

export function secretKeyOf(secret: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([secretHead, secret]), format: 'der', type: 'pkcs8' })
}

export function publicKeyOf(bytes: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([publicHead, bytes]), format: 'der', type: 'spki' })
}

export function secretIn(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }).subarray(secretHead.length))
}

export function publicIn(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ format: 'der', type: 'spki' }).subarray(publicHead.length))
}
