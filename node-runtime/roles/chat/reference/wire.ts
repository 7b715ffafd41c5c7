import { ByteReader, ByteWriter } from '#kit/bytes'

/** Our own servers ask the reference over the lab's wire, in the words that programs of the course use on its socket. */
export const referenceWire = { ask: 'reference-ask', answer: 'reference-answer' } as const

/** Either way. `ref` is the asker's number, and comes back. */
interface ReferenceMessage {
  readonly ref: number
  /** One frame of the course's dialect. Shares the memory of what it was read from. */
  readonly frame: Uint8Array
}

export function encodeReference({ ref, frame }: ReferenceMessage): Uint8Array {
  return new ByteWriter(8 + frame.length).number(ref).rest(frame).done()
}

/** null: no such message. */
export function decodeReference(bytes: Uint8Array): ReferenceMessage | null {
  const reader = new ByteReader(bytes)
  const ref = reader.count()
  return reader.isSound ? { ref, frame: reader.rest() } : null
}
