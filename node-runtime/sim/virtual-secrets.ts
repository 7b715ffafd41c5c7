import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { assert } from '#kit/assert'
import { encodeText } from '#kit/bytes'
import { plainSha256 } from '#kit/sha256'
import { keyNamePattern, type Secrets, type SigningKey } from '#ports/secrets'
import { StoreFailure } from '#ports/store'

/** What RFC 8410 puts before the 32 bytes of either half; Node takes no bare ones. */
const secretHead = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicHead = Buffer.from('302a300506032b6570032100', 'hex')
const halfBytes = 32

/** Keys that outlive what runs on a virtual disk. The same seed and the same names give the same keys. */
export class VirtualSecrets implements Secrets {
  readonly sha256 = plainSha256
  readonly #seed: string
  readonly #isFull: () => boolean
  readonly #secrets = new Map<string, Uint8Array>()

  constructor(seed: string, isFull: () => boolean = () => false) {
    this.#seed = seed
    this.#isFull = isFull
  }

  key(name: string): SigningKey | null {
    const secret = this.secretOf(name)
    return secret === null ? null : signingKey(secret)
  }

  makeKey(name: string): SigningKey {
    const secret = this.secretOf(name) ?? plainSha256(encodeText(`${this.#seed} ${name}`))
    if (!this.#secrets.has(name)) this.#keep(name, secret)
    return signingKey(secret)
  }

  secretOf(name: string): Uint8Array | null {
    assert(keyNamePattern.test(name), `key name: ${name}`)
    return this.#secrets.get(name) ?? null
  }

  keepKey(name: string, secret: Uint8Array): boolean {
    if (secret.length !== halfBytes) return false
    this.#keep(name, secret.slice())
    return true
  }

  verify(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
    if (publicKey.length !== halfBytes) return false
    const key = Buffer.concat([publicHead, publicKey])
    return verify(null, bytes, createPublicKey({ key, format: 'der', type: 'spki' }), signature)
  }

  #keep(name: string, secret: Uint8Array): void {
    assert(keyNamePattern.test(name), `key name: ${name}`)
    if (this.#isFull()) throw new StoreFailure('disk-full', 'the virtual disk is full')
    this.#secrets.set(name, secret)
  }
}

function signingKey(secret: Uint8Array): SigningKey {
  const key = createPrivateKey({ key: Buffer.concat([secretHead, secret]), format: 'der', type: 'pkcs8' })
  return { publicKey: publicOf(key), sign: (bytes) => new Uint8Array(sign(null, bytes, key)) }
}

function publicOf(key: KeyObject): Uint8Array {
  const text = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return new Uint8Array(text.subarray(publicHead.length))
}
