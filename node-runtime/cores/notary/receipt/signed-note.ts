import { fromBase64, toBase64 } from '#kit/base64'
import { fromHex, toHex } from '#kit/hex'
import { isKeyName, type VerifierKey } from './verifier-key.ts'

/** A text and who signed it, as C2SP's signed notes have it. Nothing of it counts before its signatures are judged. */
export interface SignedNote {
  /** With the newline at its end. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export interface NoteSignature {
  readonly name: string
  readonly keyId: string
  readonly bytes: Uint8Array
}

/** Others must be able to put sixteen there. */
export const noteLimits = { charsMax: 16 * 1024, signaturesMax: 32 } as const

export function formatNote({ text, signatures }: SignedNote): string {
  return `${text}\n${signatures.map((signature) => `${formatSignature(signature)}\n`).join('')}`
}

/** null: not the one way to write a note. A key signs once. */
export function parseNote(note: string): SignedNote | null {
  if (note.length > noteLimits.charsMax || !isNoteText(note)) return null
  const end = note.lastIndexOf('\n\n')
  if (end === -1) return null
  const signatures: NoteSignature[] = []
  // What stands behind the last newline is no line.
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const signature = parseSignature(line)
    if (signature === null || signatures.some((other) => isOfSameKey(other, signature))) return null
    signatures.push(signature)
    if (signatures.length > noteLimits.signaturesMax) return null
  }
  return { text: note.slice(0, end + 1), signatures }
}

/** One line of a note, without its newline. */
export function formatSignature({ name, keyId, bytes }: NoteSignature): string {
  return `— ${name} ${toBase64(Uint8Array.of(...(fromHex(keyId) ?? []), ...bytes))}`
}

export function parseSignature(line: string): NoteSignature | null {
  const [, name, base64] = /^— ([^ ]+) ([^ ]+)$/u.exec(line) ?? []
  const bytes = fromBase64(base64 ?? '')
  if (name === undefined || !isKeyName(name) || bytes === null || bytes.length < 5) return null
  return { name, keyId: toHex(bytes.subarray(0, 4)), bytes: bytes.subarray(4) }
}

export function isBy({ name, keyId }: NoteSignature, key: VerifierKey): boolean {
  return name === key.name && keyId === key.id
}

function isOfSameKey(one: NoteSignature, other: NoteSignature): boolean {
  return one.name === other.name && one.keyId === other.keyId
}

/** Ends its last line, has no control character but newlines, and can be said in UTF-8. */
function isNoteText(text: string): boolean {
  return text.endsWith('\n') && /^[^\p{Surrogate}]*$/u.test(text) && !hasControls(text)
}

function hasControls(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 0x20 && code !== 0x0a) return true
  }
  return false
}
