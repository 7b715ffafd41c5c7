import { ByteReader, ByteWriter } from '#kit/bytes'
import type { Applied } from '#ports/replicated-log'

export interface KeptAnswer extends Applied {
  readonly number: number
  readonly bytes: Uint8Array
}

/** What is known of one client's commands. */
export interface Session {
  /** No number up to here is executed any more. */
  readonly highest: number
  /** When and where in the log it was last heard of. */
  readonly usedAtMs: number
  readonly usedIndex: number
  /** To its last few numbers, in order. */
  readonly answers: readonly KeptAnswer[]
}

const headBytes = 24
const answerHeadBytes = 36

export function encodeSession({ highest, usedAtMs, usedIndex, answers }: Session): Uint8Array {
  let length = headBytes
  for (const { bytes } of answers) length += answerHeadBytes + bytes.length
  const writer = new ByteWriter(length).number(highest).number(usedAtMs).number(usedIndex)
  for (const { number, index, atMs, lamport, bytes } of answers) {
    writer.number(number).number(index).number(atMs).number(lamport).bytes(bytes)
  }
  return writer.done()
}

/** null: no session. */
export function decodeSession(row: Uint8Array): Session | null {
  const reader = new ByteReader(row)
  const head = { highest: reader.count(), usedAtMs: reader.number(), usedIndex: reader.count() }
  const answers: KeptAnswer[] = []
  while (reader.isSound && !reader.isDone) {
    const number = reader.count()
    const applied = { index: reader.count(), atMs: reader.number(), lamport: reader.count() }
    answers.push({ number, ...applied, bytes: reader.bytes() })
  }
  return reader.isDone ? { ...head, answers } : null
}
