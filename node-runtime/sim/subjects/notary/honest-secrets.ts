import { encodeText } from '#kit/bytes'
import { plainSha256 } from '#kit/sha256'
import type { Secrets, SigningKey } from '#ports/secrets'
import { StoreFailure } from '#ports/store'
import { virtualPasswords } from '../../virtual-secrets.ts'

const keyBytes = 32

/**
 * Keys for a world without forgers: whoever knows the public half could sign. Real signatures cost more than everything
 * else in a run together, and that they hold is tested elsewhere. The keys lie in the node's files.
 */
export class HonestSecrets implements Secrets {
  readonly sha256 = plainSha256
  readonly passwords = virtualPasswords('honest')
  readonly #name: string
  readonly #files: Map<string, Uint8Array>
  readonly #isFull: () => boolean

  constructor(name: string, files: Map<string, Uint8Array>, isFull: () => boolean) {
    this.#name = name
    this.#files = files
    this.#isFull = isFull
  }

  key(name: string): SigningKey | null {
    const secret = this.secretOf(name)
    return secret === null ? null : keyOf(secret)
  }

  makeKey(name: string): SigningKey {
    const secret = this.secretOf(name) ?? plainSha256(encodeText(`${this.#name} ${name}`))
    if (!this.#files.has(name)) this.#keep(name, secret)
    return keyOf(secret)
  }

  secretOf(name: string): Uint8Array | null {
    return this.#files.get(name) ?? null
  }

  keepKey(name: string, secret: Uint8Array): boolean {
    if (secret.length !== keyBytes) return false
    this.#keep(name, secret.slice())
    return true
  }

  verify(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
    const right = honestSignature(publicKey, bytes)
    return signature.length === right.length && signature.every((byte, at) => byte === right[at])
  }

  #keep(name: string, secret: Uint8Array): void {
    if (this.#isFull()) throw new StoreFailure('disk-full', 'the virtual disk is full')
    this.#files.set(name, secret)
  }
}

export function honestSignature(publicKey: Uint8Array, bytes: Uint8Array): Uint8Array {
  const half = plainSha256(Uint8Array.of(...publicKey, ...plainSha256(bytes)))
  return Uint8Array.of(...half, ...half)
}

function keyOf(secret: Uint8Array): SigningKey {
  const publicKey = plainSha256(secret)
  return { publicKey, sign: (bytes) => honestSignature(publicKey, bytes) }
}
