import type { Sha256 } from '#kit/sha256'
import type { Passwords } from './passwords.ts'

/** An Ed25519 key whose secret half stays behind this door. */
export interface SigningKey {
  readonly publicKey: Uint8Array
  sign(bytes: Uint8Array): Uint8Array
}

/**
 * Keys of a node, each in a file of its own that only this user can read, and the sums that go with them. What cannot be
 * written or read throws StoreFailure, as a store does, and has changed nothing.
 */
export interface Secrets {
  /** null: there is none of this name. A file that holds no key is put aside, as if there were none. */
  key(name: string): SigningKey | null
  /** On the disk when it returns. An earlier one of that name is kept and returned. */
  makeKey(name: string): SigningKey
  /** To be handed to a fellow over a wire that nobody else can read; null: there is none of this name. */
  secretOf(name: string): Uint8Array | null
  /** What a fellow handed over, on the disk when it returns. false: it is no key. An earlier one of that name is replaced. */
  keepKey(name: string, secret: Uint8Array): boolean
  verify(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean
  readonly sha256: Sha256
  readonly passwords: Passwords
}

/** Ours to keep. */
export const keyNamePattern = /^[a-z][a-z0-9-]{0,62}$/
