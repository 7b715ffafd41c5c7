import { hashBytes } from '#cores/notary/receipt/merkle'
import { formatSignature, type NoteSignature, parseSignature } from '#cores/notary/receipt/signed-note'
import { ByteReader, ByteWriter } from '#kit/bytes'
import type { TreePoint } from './witness.ts'

/** What peers say to each other about checkpoints. `checkpoint`: sign this; `wanted`: what do you have? */
export const cosigningKinds = {
  checkpoint: 'checkpoint',
  cosignatures: 'cosignatures',
  wanted: 'checkpoint-wanted',
} as const

export const cosigningCodecLimits = { signaturesMax: 32, lineCharsMax: 600 } as const

export interface CosignedPoint {
  readonly point: TreePoint
  readonly signatures: readonly NoteSignature[]
}

/** A checkpoint to be signed is one that nobody has signed yet. */
export function encodeCosigned({ point, signatures }: CosignedPoint): Uint8Array {
  const writer = new ByteWriter(256).number(point.size).bytes(point.root).byte(signatures.length)
  for (const signature of signatures) writer.text(formatSignature(signature))
  return writer.done()
}

/** null: nothing of the kind. */
export function decodeCosigned(bytes: Uint8Array): CosignedPoint | null {
  const reader = new ByteReader(bytes)
  const size = reader.count()
  const root = reader.bytes().slice()
  const count = reader.byte()
  if (root.length !== hashBytes || count > cosigningCodecLimits.signaturesMax) return null
  const signatures: NoteSignature[] = []
  while (signatures.length < count) {
    const line = reader.text()
    const signature = line.length > cosigningCodecLimits.lineCharsMax ? null : parseSignature(line)
    if (signature === null) return null
    signatures.push({ ...signature, bytes: signature.bytes.slice() })
  }
  return reader.isDone ? { point: { size, root }, signatures } : null
}
