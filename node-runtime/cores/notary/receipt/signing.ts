import { encodeText } from '#kit/bytes'
import type { VerifyEd25519 } from '#kit/ed25519'
import type { Sha256 } from '#kit/sha256'
import { isBy, type NoteSignature, type SignedNote } from './signed-note.ts'
import type { VerifierKey } from './verifier-key.ts'

/** The sums that judging needs, as a node's Secrets have them. */
export interface Sums {
  readonly sha256: Sha256
  readonly verify: VerifyEd25519
}

/** Signs bytes with the secret half of a key. */
export type Sign = (bytes: Uint8Array) => Uint8Array

/** The log's own signature, over the text alone. */
export function signAsLog(key: VerifierKey, sign: Sign, text: string): NoteSignature {
  return { name: key.name, keyId: key.id, bytes: sign(encodeText(text)) }
}

export interface Cosigning {
  readonly key: VerifierKey
  readonly sign: Sign
  readonly text: string
  /** Unix seconds. */
  readonly atSeconds: number
}

/** "This is the newest I know of this log, and it goes on from all that I knew before", with the time. */
export function cosign({ key, sign, text, atSeconds }: Cosigning): NoteSignature {
  const signature = sign(cosignedBytes(text, atSeconds))
  return { name: key.name, keyId: key.id, bytes: Uint8Array.of(...bigEndian(atSeconds), ...signature) }
}

/** When a good signature was made, in Unix seconds; a log's has no time. */
export interface GoodSignature {
  readonly key: VerifierKey
  readonly atSeconds: number | null
}

/** null: not this key's signature of this text. */
export function judgeSignature(
  { text, signature }: { readonly text: string; readonly signature: NoteSignature },
  key: VerifierKey,
  { verify }: Sums,
): GoodSignature | null {
  const { bytes } = signature
  if (!isBy(signature, key)) return null
  if (key.use === 'log') return verify(key.publicKey, encodeText(text), bytes) ? { key, atSeconds: null } : null
  const atSeconds = bytes.length === timeBytes + 64 ? fromBigEndian(bytes.subarray(0, timeBytes)) : null
  if (atSeconds === null) return null
  const isGood = verify(key.publicKey, cosignedBytes(text, atSeconds), bytes.subarray(timeBytes))
  return isGood ? { key, atSeconds } : null
}

/** `unknown`: nobody here knows their keys, so they say nothing. */
export type OpenedNote =
  | { readonly kind: 'open'; readonly good: readonly GoodSignature[]; readonly unknown: readonly NoteSignature[] }
  /** A signature that a known key did not make spoils the whole note. */
  | { readonly kind: 'spoilt'; readonly key: VerifierKey }

export function openNote({ text, signatures }: SignedNote, keys: readonly VerifierKey[], sums: Sums): OpenedNote {
  const good: GoodSignature[] = []
  const unknown: NoteSignature[] = []
  for (const signature of signatures) {
    const candidates = keys.filter((key) => isBy(signature, key))
    const [first] = candidates
    if (first === undefined) {
      unknown.push(signature)
      continue
    }
    const judged = candidates.map((key) => judgeSignature({ text, signature }, key, sums)).find((one) => one !== null)
    if (judged === undefined || judged === null) return { kind: 'spoilt', key: first }
    good.push(judged)
  }
  return { kind: 'open', good, unknown }
}

const timeBytes = 8

function cosignedBytes(text: string, atSeconds: number): Uint8Array {
  return encodeText(`cosignature/v1\ntime ${atSeconds}\n${text}`)
}

function bigEndian(seconds: number): Uint8Array {
  const bytes = new Uint8Array(timeBytes)
  let rest = seconds
  for (let at = timeBytes - 1; at >= 0; at -= 1) {
    bytes[at] = rest % 256
    rest = Math.floor(rest / 256)
  }
  return bytes
}

/** null: later than can be counted. */
function fromBigEndian(bytes: Uint8Array): number | null {
  const seconds = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  return Number.isSafeInteger(seconds) ? seconds : null
}
