import { majorityOf } from './policy.ts'
import { formatNote, isBy, type NoteSignature } from './signed-note.ts'
import type { VerifierKey } from './verifier-key.ts'

export interface Cosigned {
  /** Of the checkpoint. */
  readonly text: string
  readonly log: NoteSignature
  /** As they came in, each one judged before. */
  readonly cosignatures: readonly NoteSignature[]
  /** The list in force at this size. */
  readonly witnesses: readonly VerifierKey[]
  /** So many it is a list of. */
  readonly members: number
}

/** The note for receipts: no more cosignatures than a majority, so that they stay short. null: not enough yet. */
export function witnessedNote({ text, log, cosignatures, witnesses, members }: Cosigned): string | null {
  const lines = witnesses.flatMap((key) => cosignatures.find((line) => isBy(line, key)) ?? [])
  const enough = majorityOf(members)
  return lines.length < enough ? null : formatNote({ text, signatures: [log, ...lines.slice(0, enough)] })
}
