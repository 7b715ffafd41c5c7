import { assert } from '#kit/assert'
import { encodeText } from '#kit/bytes'
import { plainSigningKey, plainVerifyEd25519 } from '#kit/ed25519'
import { toHex } from '#kit/hex'
import { fail, ok } from '#kit/result'
import { plainSha256 } from '#kit/sha256'
import { type Passwords, passwordLimits } from '#ports/passwords'
import { keyNamePattern, type Secrets, type SigningKey } from '#ports/secrets'
import { StoreFailure } from '#ports/store'

const secretBytes = 32

/** Keys that outlive what runs on a virtual disk. The same seed and the same names give the same keys. */
export class VirtualSecrets implements Secrets {
  readonly sha256 = plainSha256
  readonly verify = plainVerifyEd25519
  readonly passwords: Passwords
  readonly #seed: string
  readonly #isFull: () => boolean
  readonly #secrets = new Map<string, Uint8Array>()

  constructor(seed: string, isFull: () => boolean = () => false) {
    this.#seed = seed
    this.#isFull = isFull
    this.passwords = virtualPasswords(seed)
  }

  key(name: string): SigningKey | null {
    const secret = this.secretOf(name)
    return secret === null ? null : plainSigningKey(secret)
  }

  makeKey(name: string): SigningKey {
    const secret = this.secretOf(name) ?? plainSha256(encodeText(`${this.#seed} ${name}`))
    if (!this.#secrets.has(name)) this.#keep(name, secret)
    return plainSigningKey(secret)
  }

  secretOf(name: string): Uint8Array | null {
    assert(keyNamePattern.test(name), `key name: ${name}`)
    return this.#secrets.get(name) ?? null
  }

  keepKey(name: string, secret: Uint8Array): boolean {
    if (secret.length !== secretBytes) return false
    this.#keep(name, secret.slice())
    return true
  }

  #keep(name: string, secret: Uint8Array): void {
    assert(keyNamePattern.test(name), `key name: ${name}`)
    if (this.#isFull()) throw new StoreFailure('disk-full', 'the virtual disk is full')
    this.#secrets.set(name, secret)
  }
}

/** Fast, and worth nothing as a secret: one sum, at once. */
export function virtualPasswords(seed: string): Passwords {
  const sumOf = (password: string): string => `$virtual$${toHex(plainSha256(encodeText(password)))}`
  let drawn = 0
  return {
    hash: (password, done) => done(isLong(password) ? tooLong : ok(sumOf(password))),
    check: (phc, password, done) => done(isLong(password) ? tooLong : ok(phc === sumOf(password))),
    freshKey: () => {
      drawn += 1
      return plainSha256(encodeText(`${seed} fresh ${drawn}`))
    },
  }
}

function isLong(password: string): boolean {
  return password.length > passwordLimits.passwordCharsMax
}

const tooLong = fail('too-large', 'too long for a password')
