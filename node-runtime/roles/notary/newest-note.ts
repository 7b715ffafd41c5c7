import type { Witness } from '#cores/notary/messages'
import { type ByteReader, ByteWriter } from '#kit/bytes'
import type { Store } from '#ports/store'
import type { CosignedPoint } from './cosigning-codec.ts'
import { decodeCosigned, encodeCosigned } from './cosigning-codec.ts'
import { ownSpace, readOwn, written } from './own-space.ts'
import type { WitnessedCheckpoint } from './service.ts'

/** The newest checkpoint that a majority has co-signed, with all signatures that made it so. */
export interface NewestNote extends CosignedPoint {
  readonly checkpoint: WitnessedCheckpoint
}

const noteKey = 'note'

export function readNewestNote(store: Store): NewestNote | null {
  return readOwn(store, noteKey, readNote)
}

/** False: it is not on the disk, and the next one may be. */
export function keepNewestNote(store: Store, note: NewestNote): boolean {
  return written(store, (tx) => tx.put(ownSpace, noteKey, encodeNote(note)))
}

function encodeNote({ checkpoint, ...cosigned }: NewestNote): Uint8Array {
  const { note, witnesses, atMs } = checkpoint
  const writer = new ByteWriter(1_024).bytes(encodeCosigned(cosigned)).text(note).number(atMs).byte(witnesses.length)
  for (const { name, key } of witnesses) writer.text(name).text(key)
  return writer.done()
}

function readNote(reader: ByteReader): NewestNote | null {
  const cosigned = decodeCosigned(reader.bytes())
  const note = reader.text()
  const atMs = reader.count()
  const witnesses = Array.from({ length: reader.byte() }, (): Witness => ({ name: reader.text(), key: reader.text() }))
  return cosigned === null ? null : { ...cosigned, checkpoint: { ...cosigned.point, note, witnesses, atMs } }
}
