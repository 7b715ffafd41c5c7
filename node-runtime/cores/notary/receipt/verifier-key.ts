import { fromBase64, toBase64 } from '#kit/base64'
import { encodeText } from '#kit/bytes'
import { toHex } from '#kit/hex'
import type { Sha256 } from '#kit/sha256'
import { isSame } from './merkle.ts'

/** Who may sign what: `log` its checkpoints (type 0x01 of C2SP), `witness` cosignatures of them (0x04). */
export interface VerifierKey {
  readonly name: string
  readonly use: KeyUse
  readonly publicKey: Uint8Array
  /** Eight hex letters, as it stands in notes: it names a key and proves nothing. */
  readonly id: string
  /** For eyes to compare; begins with `id`, so that a key that only a note names can be held against it. */
  readonly fingerprint: string
}

export type KeyUse = 'log' | 'witness'

const typeOf: Readonly<Record<KeyUse, number>> = { log: 0x01, witness: 0x04 }
const fingerprintBytes = 16
export const keyLimits = { nameCharsMax: 256, textCharsMax: 400 } as const

/** null: no name for a key, or no key. */
export function makeVerifierKey({ name, use, publicKey }: KeyParts, sha256: Sha256): VerifierKey | null {
  if (!isKeyName(name) || publicKey.length !== 32) return null
  const named = encodeText(`${name}\n`)
  const hashed = new Uint8Array(named.length + 1 + publicKey.length)
  hashed.set(named)
  hashed[named.length] = typeOf[use]
  hashed.set(publicKey, named.length + 1)
  const fingerprint = toHex(sha256(hashed).subarray(0, fingerprintBytes))
  return { name, use, publicKey, id: fingerprint.slice(0, 8), fingerprint }
}

type KeyParts = Pick<VerifierKey, 'name' | 'use' | 'publicKey'>

/** `name+id+key`. */
export function formatVerifierKey({ name, use, publicKey, id }: VerifierKey): string {
  return `${name}+${id}+${toBase64(Uint8Array.of(typeOf[use], ...publicKey))}`
}

/** null: no such text, a type that signs nothing here, or an id that is not this key's. */
export function parseVerifierKey(text: string, sha256: Sha256): VerifierKey | null {
  if (text.length > keyLimits.textCharsMax) return null
  // Base64 has plus signs too; names have none.
  const [name = '', id = '', ...rest] = text.split('+')
  const typed = fromBase64(rest.join('+'))
  if (typed === null) return null
  const use = typed[0] === typeOf.log ? 'log' : typed[0] === typeOf.witness ? 'witness' : null
  const key = use === null ? null : makeVerifierKey({ name, use, publicKey: typed.subarray(1) }, sha256)
  return key?.id === id ? key : null
}

/** An id or a fingerprint may be met by chance or by work; a key is only itself. */
export function isSameKey(one: VerifierKey, other: VerifierKey): boolean {
  return one.name === other.name && one.use === other.use && isSame(one.publicKey, other.publicKey)
}

/** Neither spaces nor plus signs, and nothing that would end a line. */
export function isKeyName(name: string): boolean {
  return name.length <= keyLimits.nameCharsMax && /^[^\p{White_Space}\p{Cc}\p{Surrogate}+]+$/u.test(name)
}
