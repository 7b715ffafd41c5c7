import { createPublicKey, generateKeyPairSync, hash, sign, verify } from 'node:crypto'
import { join } from 'node:path'
import { assert } from '#kit/assert'
import type { Sha256 } from '#kit/sha256'
import { keyNamePattern, type Secrets, type SigningKey } from '#ports/secrets'
import { StoreFailure } from '#ports/store'
import { systemFailure } from '../system-failures.ts'
import { halfBytes, publicIn, publicKeyOf, secretIn, secretKeyOf } from './ed25519.ts'
import { type KeyPair, readKeyFile, writeKeyFile } from './key-file.ts'
import { openPasswords } from './open-passwords.ts'

export interface KeyFolder extends Secrets {
  /** The fault full-disk. */
  setFull(isFull: boolean): void
  /** Hears where a file lies that held no key and was put aside. */
  onSetAside(listener: (file: string) => void): void
}

const signatureBytes = 64

/** Keys as `<folder>/<name>.key`. The folder is made with the first of them. */
export function openSecrets({ folder }: { readonly folder: string }): KeyFolder {
  const known = new Map<string, KeyPair>()
  let isFull = false
  let tell: (file: string) => void = () => undefined
  const pathOf = (name: string): string => {
    assert(keyNamePattern.test(name), `key name: ${name}`)
    return join(folder, `${name}.key`)
  }
  const find = (name: string): KeyPair | null => {
    const pair = known.get(name) ?? atFile(pathOf(name), (path) => readKeyFile(path, (file) => tell(file)))
    if (pair !== null) known.set(name, pair)
    return pair
  }
  const keep = (name: string, pair: KeyPair): void => {
    if (isFull) throw new StoreFailure('disk-full', 'the fault full-disk is in force')
    atFile(pathOf(name), (path) => writeKeyFile(path, pair))
    known.set(name, pair)
  }
  return {
    key(name) {
      const pair = find(name)
      return pair === null ? null : signingKey(pair)
    },
    makeKey(name) {
      const earlier = find(name)
      if (earlier !== null) return signingKey(earlier)
      const { privateKey: secretKey, publicKey } = generateKeyPairSync('ed25519')
      keep(name, { secretKey, publicKey })
      return signingKey({ secretKey, publicKey })
    },
    secretOf(name) {
      const pair = find(name)
      return pair === null ? null : secretIn(pair.secretKey)
    },
    keepKey(name, secret) {
      if (secret.length !== halfBytes) return false
      const secretKey = secretKeyOf(secret)
      keep(name, { secretKey, publicKey: createPublicKey(secretKey) })
      return true
    },
    verify: isSigned,
    sha256,
    passwords: openPasswords(),
    setFull(next) {
      isFull = next
    },
    onSetAside(listener) {
      tell = listener
    },
  }
}

function signingKey({ secretKey, publicKey }: KeyPair): SigningKey {
  return { publicKey: publicIn(publicKey), sign: (bytes) => plain(sign(null, bytes, secretKey)) }
}

function isSigned(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== halfBytes || signature.length !== signatureBytes) return false
  return verify(null, bytes, publicKeyOf(publicKey), signature)
}

/** By way of a text: as a Buffer each sum is memory outside the engine's heap, which takes three times as long. */
const sha256: Sha256 = (bytes) => {
  const units = hash('sha256', bytes, 'binary')
  const sum = new Uint8Array(sha256Bytes)
  for (let index = 0; index < sha256Bytes; index += 1) sum[index] = units.charCodeAt(index)
  return sum
}

const sha256Bytes = 32

/** A Buffer's `slice` shares what it was cut from, and nobody who asked for bytes expects that. */
function plain({ buffer, byteOffset, byteLength }: Buffer): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

function atFile<T>(path: string, work: (path: string) => T): T {
  try {
    return work(path)
  } catch (error) {
    const code = systemFailure(error)
    if (code === null) throw error
    throw new StoreFailure(code, `${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
